package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

type restoreCommand struct {
	File   string `arg:"" help:"File that backup wrote." type:"existingfile"`
	Into   string `help:"Data folder to restore into, instead of --data." placeholder:"DIR" type:"path"`
	Verify bool   `help:"Only check that the file is whole."`
	Force  bool   `help:"Also where there is a desk already: its data folder's contents are moved aside, a PostgreSQL database's are deleted."`
}

// Run brings a backup back, or only checks it.
func (r restoreCommand) Run(ctx context.Context, c Config, io Streams) error {
	if r.Verify {
		m, err := archive.Verify(ctx, r.File)
		if err != nil {
			return err
		}
		fmt.Fprintf(io.Out, "%s is whole: %s, %d stored files; of %s, by Comptoir %s.\n",
			r.File, m.Counts, m.Blobs, m.CreatedAt.Format(time.RFC3339), m.Program)
		return nil
	}
	if r.Into != "" {
		c.Data = r.Into
	}
	release, err := lockData(c)
	if err != nil {
		return err
	}
	defer release()
	done, err := archive.Restore(ctx, r.File, c.archivePlace(), r.Force, clock.System{}.Now())
	if errors.Is(err, archive.ErrOccupied) {
		if c.Database != "" {
			return fmt.Errorf("%w; name an empty database by --database, or replace this one by --force", err)
		}
		return fmt.Errorf("%w; choose another place by --into, or replace it by --force", err)
	}
	if err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	r.tell(done, c, io)
	// Else the next start would serve the demo shop that was looked at here.
	if err := os.Remove(filepath.Join(c.Data, "demo", "SERVED")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return checkKey(ctx, c, io)
}

func (restoreCommand) tell(done archive.Restored, c Config, io Streams) {
	fmt.Fprintf(io.Out, "Restored into %s: %s, %d stored files; as of %s.\n",
		c.Data, done.Counts, done.Blobs, done.CreatedAt.Format(time.RFC3339))
	if done.Aside != "" {
		fmt.Fprintf(io.Out, "What was there before is in %s.\n", done.Aside)
	}
	if done.Held > 0 {
		fmt.Fprintf(io.Out, "Mails that were about to leave when the backup was made, and may have left since: %d. They are held in the outbox for a person to look at.\n", done.Held)
	}
	if n := len(done.Missing); n > 0 {
		fmt.Fprintf(io.Out, "%d stored files were missing already when the backup was made.\n", n)
	}
	fmt.Fprintln(io.Out, "Everybody signs in again. Mail that came in since is fetched from the mailboxes.")
}

// checkKey tries the key on what it sealed: a desk whose key is another one can
// neither read nor send mail.
func checkKey(ctx context.Context, c Config, io Streams) error {
	const advice = "The mailboxes' passwords cannot be read with this key: start the desk with the COMPTOIR_SECRET that it had, or enter the passwords again in the settings."
	if c.Secret == "" {
		if _, err := os.Stat(filepath.Join(c.Data, secret.KeyFile)); err != nil {
			fmt.Fprintln(io.Err, advice)
			return nil
		}
	}
	box, err := secret.Open(c.Data, c.Secret)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, c.shopPlace().store)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing was written
	shops := shop.New(shop.Config{DB: db, Clock: clock.System{}, Box: box})
	return db.Read(ctx, func(tx *store.Tx) error {
		boxes, err := shops.ActiveMailboxes(tx)
		for _, m := range boxes {
			if _, e := shops.Password(m); e != nil {
				fmt.Fprintln(io.Err, advice)
				break
			}
		}
		return err
	})
}
