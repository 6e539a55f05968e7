package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Hash is the lower-case hex SHA-256 of the bytes, and their name.
type Hash string

// Of computes the name of the bytes.
func Of(content []byte) Hash {
	sum := sha256.Sum256(content)
	return Hash(hex.EncodeToString(sum[:]))
}

// Store keeps blobs. Folder is the only one so far.
type Store interface {
	// Put keeps all the contents durably and returns their names in order.
	Put(ctx context.Context, contents ...[]byte) ([]Hash, error)
	// Open reads a blob; fs.ErrNotExist when it isn't there.
	Open(ctx context.Context, h Hash) (io.ReadSeekCloser, error)
	// Sweep deletes the blobs last put before the instant for which keep is
	// false, and tells how many.
	Sweep(ctx context.Context, before time.Time, keep func(Hash) (bool, error)) (int, error)
}

// Folder is a Store in a folder: ab/cdef…, one level of 256 subfolders.
type Folder struct {
	root  string
	mu    sync.Mutex
	known map[string]bool // subfolders that exist and whose names are synced
}

// OpenFolder makes the folder if need be and clears what an interrupted Put
// left behind.
func OpenFolder(root string) (*Folder, error) {
	if err := os.MkdirAll(filepath.Join(root, "tmp"), 0o750); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(root, "tmp", "*"))
	if err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	for _, path := range left {
		_ = os.Remove(path)
	}
	if err := syncFolder(root); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	return &Folder{root: root, known: map[string]bool{}}, nil
}

// Put writes each content to a temporary file, syncs it, moves it to its name
// and syncs the folders once for all of them.
func (f *Folder) Put(_ context.Context, contents ...[]byte) ([]Hash, error) {
	hashes := make([]Hash, len(contents))
	folders := map[string]bool{}
	var fresh []*os.File
	defer func() {
		for _, t := range fresh {
			_ = t.Close()
		}
	}()
	names := map[*os.File]Hash{}
	for i, c := range contents {
		hashes[i] = Of(c)
		if f.renew(hashes[i]) {
			folders[f.folderOf(hashes[i])] = true
			continue
		}
		t, err := f.writeTemp(c)
		if err != nil {
			return nil, fmt.Errorf("put blob: %w", err)
		}
		fresh = append(fresh, t)
		names[t] = hashes[i]
	}
	for _, t := range fresh {
		if err := t.Sync(); err != nil {
			return nil, fmt.Errorf("sync blob: %w", err)
		}
		dir, err := f.ensureFolder(names[t])
		if err != nil {
			return nil, fmt.Errorf("put blob: %w", err)
		}
		folders[dir] = true
		if err := os.Rename(t.Name(), f.path(names[t])); err != nil {
			return nil, fmt.Errorf("put blob: %w", err)
		}
	}
	for dir := range folders {
		if err := syncFolder(dir); err != nil {
			return nil, fmt.Errorf("sync blob folder: %w", err)
		}
	}
	return hashes, nil
}

func (f *Folder) writeTemp(content []byte) (*os.File, error) {
	t, err := os.CreateTemp(filepath.Join(f.root, "tmp"), "put-*")
	if err != nil {
		return nil, err
	}
	if _, err := t.Write(content); err != nil {
		_ = t.Close()
		return nil, err
	}
	return t, nil
}

// renew marks a blob that is already there as put now. Its file was synced
// before it was renamed to its name; the folder is synced by Put again, since
// another process may not have come that far.
func (f *Folder) renew(h Hash) bool {
	now := time.Now() //nolint:forbidigo // compared with the file system's own times only
	return os.Chtimes(f.path(h), now, now) == nil
}

func (f *Folder) ensureFolder(h Hash) (string, error) {
	dir := f.folderOf(h)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known[dir] {
		return dir, nil
	}
	if err := os.Mkdir(dir, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if err := syncFolder(f.root); err != nil {
		return "", err
	}
	f.known[dir] = true
	return dir, nil
}

// Open reads a blob.
func (f *Folder) Open(_ context.Context, h Hash) (io.ReadSeekCloser, error) {
	if !wellFormed(h) {
		return nil, fs.ErrNotExist
	}
	return os.Open(f.path(h))
}

// Sweep deletes old blobs that nobody keeps.
func (f *Folder) Sweep(ctx context.Context, before time.Time, keep func(Hash) (bool, error)) (int, error) {
	swept := 0
	err := filepath.WalkDir(f.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		h := Hash(filepath.Base(filepath.Dir(path)) + d.Name())
		info, err := d.Info()
		if err != nil || !wellFormed(h) || !info.ModTime().Before(before) {
			return nil //nolint:nilerr // a file that vanished meanwhile needs no sweeping
		}
		kept, err := keep(h)
		if err != nil || kept {
			return err
		}
		swept++
		return os.Remove(path)
	})
	return swept, err
}

func (f *Folder) folderOf(h Hash) string { return filepath.Join(f.root, string(h[:2])) }
func (f *Folder) path(h Hash) string     { return filepath.Join(f.folderOf(h), string(h[2:])) }

func wellFormed(h Hash) bool {
	if len(h) != 64 {
		return false
	}
	_, err := hex.DecodeString(string(h))
	return err == nil
}

// syncFolder makes the names in a folder durable.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// ReadAll reads a whole blob.
func ReadAll(ctx context.Context, s Store, h Hash) ([]byte, error) {
	r, err := s.Open(ctx, h)
	if err != nil {
		return nil, fmt.Errorf("blob %.12s: %w", h, err)
	}
	defer r.Close()
	return io.ReadAll(r)
}
