package secret

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeyFile is the name of the key in the data folder. A backup without it leaves
// mailboxes to be connected anew.
const KeyFile = "secret.key"

// Open makes the box of this installation. fromConfig is the key as hex or
// base64; without it the key is read from the data folder, where the first
// start writes a fresh one that only its owner may read. Several nodes must be
// given the same key.
func Open(dataDir, fromConfig string) (*Box, error) {
	if fromConfig != "" {
		key, err := parse(fromConfig)
		if err != nil {
			return nil, fmt.Errorf("secret key of the configuration: %w", err)
		}
		return New(key)
	}
	path := filepath.Join(dataDir, KeyFile)
	key, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	return New(key)
}

func read(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := parse(string(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// parse reads 32 bytes written as hex or as base64 of either alphabet, padded or
// not: openssl and key stores differ.
func parse(text string) ([]byte, error) {
	text = strings.TrimSpace(text)
	if key, err := hex.DecodeString(text); err == nil && len(key) == keySize {
		return key, nil
	}
	bare := strings.TrimRight(text, "=")
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if key, err := enc.DecodeString(bare); err == nil && len(key) == keySize {
			return key, nil
		}
	}
	return nil, fmt.Errorf("%d bytes expected, as hex or base64", keySize)
}

// create writes a fresh key so that it is there, whole and durable, before
// anything is sealed with it: a key lost in a power cut loses every password.
// Two processes that start at once end with the same key.
func create(path string) ([]byte, error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, KeyFile+".*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // the link below is what stays
	defer f.Close()           //nolint:errcheck // closed again on failure only
	key := random()
	if _, err := f.WriteString(base64.StdEncoding.EncodeToString(key) + "\n"); err != nil {
		return nil, err
	}
	if err := f.Sync(); err != nil {
		return nil, err
	}
	// A link never replaces: whoever comes second takes the first one's key.
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return read(path)
	} else if err != nil {
		return nil, err
	}
	return key, syncFolder(dir)
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	return f.Sync()
}
