package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

// Restored is what a restore brought back.
type Restored struct {
	Manifest

	Held  int64  // mails that wait for a person, since they may have left before
	Aside string // folder to which it moved what was there before, "" for nothing
}

// ErrOccupied says that the place is not empty.
var ErrOccupied = errors.New("there is a desk already")

// Restore brings the archive at path back to p, which no desk may be working on.
// It refuses a place that isn't empty unless force says otherwise: then what a
// data folder holds is moved aside, and what a PostgreSQL database holds is
// deleted. The archive is verified first; an error means that nothing changed.
func Restore(ctx context.Context, path string, p Place, force bool, now time.Time) (Restored, error) {
	var r Restored
	if !force {
		if err := empty(ctx, p); err != nil {
			return r, err
		}
	}
	if err := os.MkdirAll(p.Data, 0o750); err != nil {
		return r, err
	}
	dir, err := os.MkdirTemp(p.Data, ".restore-*")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // what is left in it was not moved to its place
	u := &unpacked{dir: dir}
	if u.blobs, err = blob.OpenFolder(filepath.Join(dir, "blobs")); err != nil {
		return r, err
	}
	if err := u.unpack(ctx, path); err != nil {
		return r, err
	}
	r.Manifest = u.manifest
	if err := fits(ctx, u.manifest, p); err != nil {
		return r, err
	}
	put := &placing{from: dir, to: p, aside: filepath.Join(p.Data, "before-restore-"+now.UTC().Format("20060102T150405Z"))}
	if p.postgres() {
		r.Held, err = u.restorePostgres(ctx, p, now, put)
	} else {
		r.Held, err = u.restoreSQLite(ctx, now, put)
	}
	if put.movedAside {
		r.Aside = put.aside
	}
	return r, err
}

// fits tells whether this program can read the archive into this store.
func fits(ctx context.Context, m Manifest, p Place) error {
	switch {
	case m.Store == "sqlite" && p.postgres():
		return errors.New("the backup is one of SQLite: restore it without a PostgreSQL address")
	case m.Store == "postgres" && !p.postgres():
		return errors.New("the backup is one of PostgreSQL: give the address of an empty database (--database)")
	}
	latest, err := LatestSchema(ctx)
	switch {
	case err != nil:
		return err
	case m.Schema > latest:
		return fmt.Errorf("the backup was written by Comptoir %s, which is newer than this program: restore it with that version", m.Program)
	case m.Schema < latest && p.postgres():
		return fmt.Errorf("the backup was written by Comptoir %s, whose tables are older than this program's: restore it with that version, then start this one", m.Program)
	}
	return nil
}

var blobSubfolder = pattern.Of(`^[0-9a-f]{2}$`)

// empty is ErrOccupied when a desk's things are at p.
func empty(ctx context.Context, p Place) error {
	if p.postgres() {
		if err := emptyPostgres(ctx, p.Store); err != nil {
			return err
		}
	} else if there(p.Store) {
		return fmt.Errorf("%w: %s", ErrOccupied, p.Store)
	}
	if key := filepath.Join(p.Data, keyPart); !p.ConfiguredKey && there(key) {
		return fmt.Errorf("%w: %s", ErrOccupied, key)
	}
	if holdsBlobs(p.Blobs) {
		return fmt.Errorf("%w: %s", ErrOccupied, p.Blobs)
	}
	return nil
}

func holdsBlobs(dir string) bool {
	entries, _ := os.ReadDir(dir) // absent: it holds none
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return blobSubfolder.MatchString(e.Name()) })
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// placing moves what was unpacked and verified to its place, by renaming alone.
// Each step is known, so that a failure half-way is taken back.
type placing struct {
	from       string // the unpacked things
	to         Place
	aside      string
	movedAside bool
	done       [][2]string
}

func (p *placing) all() (err error) {
	defer func() {
		if err != nil {
			p.back()
		}
	}()
	key := filepath.Join(p.to.Data, keyPart)
	if !p.to.postgres() {
		for _, path := range []string{p.to.Store, p.to.Store + "-wal", p.to.Store + "-shm"} {
			if err := p.clear(path); err != nil {
				return err
			}
		}
	}
	if err := p.blobs(); err != nil {
		return err
	}
	if newKey := filepath.Join(p.from, keyPart); !p.to.ConfiguredKey {
		if err := p.clear(key); err != nil {
			return err
		}
		if there(newKey) {
			if err := p.move(newKey, key); err != nil {
				return err
			}
		}
	}
	// The database comes last: with it the desk is there.
	if !p.to.postgres() {
		if err := p.move(filepath.Join(p.from, databasePart), p.to.Store); err != nil {
			return err
		}
		if err := blob.SyncFolder(filepath.Dir(p.to.Store)); err != nil {
			return err
		}
	}
	return blob.SyncFolder(p.to.Data)
}

func (p *placing) blobs() (err error) {
	switch {
	case holdsBlobs(p.to.Blobs):
		err = p.clear(p.to.Blobs)
	case there(p.to.Blobs): // made by a start, never used: it goes with the unpacking folder
		err = p.move(p.to.Blobs, filepath.Join(p.from, "unused"))
	}
	if err != nil {
		return err
	}
	return p.move(filepath.Join(p.from, "blobs"), p.to.Blobs)
}

// clear moves aside what stands in a place.
func (p *placing) clear(path string) error {
	if !there(path) {
		return nil
	}
	if err := os.MkdirAll(p.aside, 0o750); err != nil {
		return err
	}
	p.movedAside = true
	return p.move(path, filepath.Join(p.aside, filepath.Base(path)))
}

func (p *placing) move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	p.done = append(p.done, [2]string{from, to})
	return nil
}

// back takes the moves back, last first.
func (p *placing) back() {
	for i := len(p.done) - 1; i >= 0; i-- {
		_ = os.Rename(p.done[i][1], p.done[i][0])
	}
	p.done = nil
	_ = os.Remove(p.aside)
	p.movedAside = false
}
