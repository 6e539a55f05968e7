package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

// snapshot is the database as it was at one instant.
type snapshot interface {
	querier
	// live answers of the desk as it is now, which works on.
	live() querier
	// addTo writes the snapshot's parts and describes them.
	addTo(ctx context.Context, t *tarFile, m *Manifest) error
	close()
}

// Write copies the desk at p into the file at path while it works. The program's
// version is noted. What the manifest lists as missing was not there to be
// copied; the archive is complete but for it.
func Write(ctx context.Context, p Place, path, program string, now time.Time) (Manifest, error) {
	m := Manifest{Format: format, Store: p.store(), Program: program, CreatedAt: now.UTC().Truncate(time.Second)}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return m, fmt.Errorf("%s is a folder: name a file in it, such as comptoir.tar.gz", path)
	}
	t, err := createTar(path, now)
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	defer t.drop()
	if err := m.write(ctx, p, t); err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	return m, nil
}

func (m *Manifest) write(ctx context.Context, p Place, t *tarFile) error {
	s, err := takeSnapshot(ctx, p, filepath.Dir(t.path))
	if err != nil {
		return err
	}
	defer s.close()
	if m.Schema, err = schemaOf(ctx, s); err != nil {
		return err
	}
	if m.Counts, err = count(ctx, s); err != nil {
		return err
	}
	blobs, err := referenced(ctx, s, m.Store)
	if err != nil {
		return err
	}
	if err := s.addTo(ctx, t, m); err != nil {
		return err
	}
	for _, h := range blobs {
		if err := m.addBlob(ctx, p, t, s.live(), h); err != nil {
			return err
		}
	}
	if err := m.addKey(p, t); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	if err := t.add(manifestPart, int64(len(raw)), bytes.NewReader(raw)); err != nil {
		return err
	}
	return t.finish()
}

func takeSnapshot(ctx context.Context, p Place, dir string) (snapshot, error) {
	if p.postgres() {
		return snapshotPostgres(ctx, p.Store, dir)
	}
	return snapshotSQLite(ctx, p.Store, dir)
}

// addBlob copies a stored file. One that the desk stopped referring to since the
// snapshot may have been swept meanwhile; any other that is absent, or whose
// bytes aren't what its name says, is missing.
func (m *Manifest) addBlob(ctx context.Context, p Place, t *tarFile, live querier, h blob.Hash) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// The file is read by its path: blob.OpenFolder would clear the temporary
	// files of the desk that is working on the folder.
	content, err := os.ReadFile(filepath.Join(p.Blobs, string(h[:2]), string(h[2:])))
	if err == nil && blob.Of(content) == h {
		m.Blobs++
		return t.add(blobPart(h), int64(len(content)), bytes.NewReader(content))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	still, err := stillReferenced(ctx, live, m.Store, h)
	if err != nil {
		return err
	}
	if still {
		m.Missing = append(m.Missing, h)
	} else {
		m.Gone = append(m.Gone, h)
	}
	return nil
}

func blobPart(h blob.Hash) string { return blobFolder + string(h[:2]) + "/" + string(h[2:]) }

func (m *Manifest) addKey(p Place, t *tarFile) error {
	if p.ConfiguredKey {
		return nil
	}
	path := filepath.Join(p.Data, keyPart)
	err := t.addFile(keyPart, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	m.Key = err == nil
	return err
}
