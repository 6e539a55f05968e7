package app

import (
	"context"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/store"
)

type migrateCommand struct{}

// Run brings the schema up to date. Starting the desk does the same.
func (migrateCommand) Run(ctx context.Context, c Config, io Streams) error {
	release, err := lockData(c)
	if err != nil {
		return err
	}
	defer release()
	db, err := store.Open(ctx, c.shopPlace().store)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing was written after the migrations
	_, err = fmt.Fprintln(io.Out, "The schema is up to date.")
	return err
}
