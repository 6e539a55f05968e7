package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// configFile is the configuration file: JSON, its keys the flags' names. A key
// that is no flag is an error, since a setting that is silently left out may be
// one that protects something.
type configFile struct {
	kong.Resolver

	keys []string
}

// readConfig reads it. kong's own reader knows keys with underscores alone.
func readConfig(r io.Reader) (kong.Resolver, error) {
	var given map[string]json.RawMessage
	if err := json.NewDecoder(r).Decode(&given); err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	c, plain := configFile{}, map[string]json.RawMessage{}
	for key, value := range given {
		c.keys = append(c.keys, key)
		plain[strings.ReplaceAll(key, "-", "_")] = value
	}
	raw, err := json.Marshal(plain)
	if err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	c.Resolver, err = kong.JSON(bytes.NewReader(raw))
	return c, err
}

// Validate refuses keys that are no flags of the program.
func (c configFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, node := range append(app.Leaves(false), app.Node) {
		for _, group := range node.AllFlags(false) {
			for _, flag := range group {
				known[flag.Name] = true
			}
		}
	}
	for _, key := range c.keys {
		if !known[strings.ReplaceAll(key, "_", "-")] {
			return fmt.Errorf("configuration file: %q is no setting; comptoir serve --help lists them", key)
		}
	}
	return nil
}
