package app

import (
	"context"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/clock"
)

type backupCommand struct {
	File string `arg:"" help:"File to write; compressed when its name ends in .gz or .tgz." type:"path"`
}

// Run writes the shop's desk into one file while it works. The demo shop is told
// anew at will and has no backup.
func (b backupCommand) Run(ctx context.Context, c Config, io Streams) error {
	m, err := archive.Write(ctx, c.archivePlace(), b.File, Version, clock.System{}.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(io.Out, "Written to %s: %s, %d stored files.\n", b.File, m.Counts, m.Blobs)
	switch {
	case m.Key:
		fmt.Fprintln(io.Out, "The file holds every mail and the key to the mailboxes' passwords: keep it where nobody else reads it.")
	case c.Secret != "":
		fmt.Fprintln(io.Out, "The key to the mailboxes' passwords is not in it: keep COMPTOIR_SECRET in another safe place.")
	default:
		fmt.Fprintln(io.Err, "The data folder has no secret.key: with this backup alone the mailboxes' passwords cannot be read.")
	}
	if len(m.Missing) == 0 {
		return nil
	}
	for _, h := range m.Missing {
		fmt.Fprintf(io.Err, "missing or damaged in the data folder: %s\n", h)
	}
	return fmt.Errorf("the backup is complete but for %d stored files that the data folder doesn't have", len(m.Missing))
}

// archivePlace is where the shop's desk keeps its things.
func (c Config) archivePlace() archive.Place {
	p := c.shopPlace()
	return archive.Place{Store: p.store, Data: c.Data, Blobs: p.blobs, ConfiguredKey: c.Secret != ""}
}
