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
	"time"

	"golang.org/x/sync/errgroup"
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
type Folder struct{ root string }

// OpenFolder makes the folder with its subfolders if need be and clears what an interrupted Put
// left behind.
func OpenFolder(root string) (*Folder, error) {
	if err := os.MkdirAll(filepath.Join(root, "tmp"), 0o750); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	if err := clearTemp(filepath.Join(root, "tmp")); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	for i := range 256 {
		if err := os.Mkdir(filepath.Join(root, hex.EncodeToString([]byte{byte(i)})), 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("blob folder: %w", err)
		}
	}
	if err := SyncFolder(root); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	return &Folder{root}, nil
}

// putters bounds how many files are written side by side. The disk syncs many
// files at once nearly as fast as one.
const putters = 16

// clearTemp removes what an interrupted Put left behind; only what is a day
// old, since another process may be putting right now.
func clearTemp(dir string) error {
	left, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	yesterday := time.Now().Add(-24 * time.Hour) //nolint:forbidigo // compared with the file system's own times only
	for _, e := range left {
		if info, err := e.Info(); err == nil && info.ModTime().Before(yesterday) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}

// Put writes each content to a temporary file, syncs it, moves it to its name
// and syncs the folders once for all of them.
func (f *Folder) Put(_ context.Context, contents ...[]byte) ([]Hash, error) {
	hashes := make([]Hash, len(contents))
	var putting errgroup.Group
	putting.SetLimit(putters)
	for i, c := range contents {
		putting.Go(func() error {
			hashes[i] = Of(c)
			return f.putOne(hashes[i], c)
		})
	}
	if err := putting.Wait(); err != nil {
		return nil, fmt.Errorf("put blob: %w", err)
	}
	folders := map[string]bool{}
	for _, h := range hashes {
		folders[f.folderOf(h)] = true
	}
	var syncing errgroup.Group
	syncing.SetLimit(putters)
	for dir := range folders {
		syncing.Go(func() error { return SyncFolder(dir) })
	}
	if err := syncing.Wait(); err != nil {
		return nil, fmt.Errorf("sync blob folder: %w", err)
	}
	return hashes, nil
}

// putOne leaves the synced bytes under their name; the name itself is durable
// once its folder is synced.
func (f *Folder) putOne(h Hash, content []byte) error {
	if f.renew(h) {
		return nil
	}
	t, err := os.CreateTemp(filepath.Join(f.root, "tmp"), "put-*")
	if err != nil {
		return err
	}
	_, err = t.Write(content)
	if err == nil {
		err = t.Sync()
	}
	_ = t.Close() // synced already, or given up
	if err == nil {
		err = os.Rename(t.Name(), f.path(h))
	}
	if err != nil {
		_ = os.Remove(t.Name())
	}
	return err
}

// renew marks a blob that is already there as put now. Its file was synced
// before it was renamed to its name; the folder is synced by Put again, since
// another process may not have come that far.
func (f *Folder) renew(h Hash) bool {
	now := time.Now() //nolint:forbidigo // compared with the file system's own times only
	return os.Chtimes(f.path(h), now, now) == nil
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
		return os.Remove(path) //nolint:gosec // the folder is ours alone
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

// SyncFolder makes the names in a folder durable.
func SyncFolder(dir string) error {
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
	size, err := r.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, fmt.Errorf("blob %.12s: %w", h, err)
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(r, content); err != nil {
		return nil, fmt.Errorf("blob %.12s: %w", h, err)
	}
	return content, nil
}
