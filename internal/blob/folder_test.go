package blob_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

func open(t *testing.T) (*blob.Folder, string) {
	t.Helper()
	dir := t.TempDir()
	f, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func TestBytesComeBackUnderTheirName(t *testing.T) {
	t.Parallel()
	f, _ := open(t)
	contents := [][]byte{[]byte("une bague"), {}, bytes.Repeat([]byte("x"), 1<<20), []byte("une bague")}
	hashes, err := f.Put(t.Context(), contents...)
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range hashes {
		got, err := blob.ReadAll(t.Context(), f, h)
		if err != nil || !bytes.Equal(got, contents[i]) || h != blob.Of(contents[i]) {
			t.Errorf("content %d: %v", i, err)
		}
	}
	if hashes[0] != hashes[3] {
		t.Error("the same bytes have two names")
	}
}

func TestAnUnknownOrCraftedNameIsNotThere(t *testing.T) {
	t.Parallel()
	f, _ := open(t)
	for _, h := range []blob.Hash{"", "../../etc/passwd", blob.Of([]byte("never put"))} {
		if _, err := f.Open(t.Context(), h); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("open %q: %v", h, err)
		}
	}
}

func TestTheSweepSparesWhatIsYoungOrKept(t *testing.T) {
	t.Parallel()
	f, dir := open(t)
	hashes, err := f.Put(t.Context(), []byte("old"), []byte("old but kept"), []byte("old, put again"), []byte("young"))
	if err != nil {
		t.Fatal(err)
	}
	twoDaysAgo := time.Now().Add(-48 * time.Hour)
	for _, h := range hashes[:3] {
		if err := os.Chtimes(filepath.Join(dir, string(h[:2]), string(h[2:])), twoDaysAgo, twoDaysAgo); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Put(t.Context(), []byte("old, put again")); err != nil {
		t.Fatal(err)
	}
	n, err := f.Sweep(t.Context(), time.Now().Add(-24*time.Hour), func(h blob.Hash) (bool, error) { return h == hashes[1], nil })
	if err != nil || n != 1 {
		t.Fatalf("swept %d, %v; want 1", n, err)
	}
	if _, err := f.Open(t.Context(), hashes[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old one is still there")
	}
	for _, h := range hashes[1:] {
		if _, err := blob.ReadAll(t.Context(), f, h); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatAnInterruptedPutLeftIsCleared(t *testing.T) {
	t.Parallel()
	_, dir := open(t)
	left := filepath.Join(dir, "tmp", "put-half")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(dir, "tmp", "put-now") // another process's, still writing
	if err := os.WriteFile(fresh, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("what another process is putting is gone")
	}
}
