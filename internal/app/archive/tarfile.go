package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

// tarFile is an archive being written under a temporary name beside its own.
type tarFile struct {
	path string
	file *os.File
	zip  *gzip.Writer
	tar  *tar.Writer
	at   time.Time
	sums bytes.Buffer
}

func createTar(path string, at time.Time) (*tarFile, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600: it holds everything
	if err != nil {
		return nil, err
	}
	t := &tarFile{path: path, file: f, at: at}
	var out io.Writer = f
	if strings.HasSuffix(path, ".gz") || strings.HasSuffix(path, ".tgz") {
		t.zip = gzip.NewWriter(f)
		out = t.zip
	}
	t.tar = tar.NewWriter(out)
	return t, nil
}

// add writes one part and notes its checksum.
func (t *tarFile) add(name string, size int64, content io.Reader) error {
	sum := sha256.New()
	if err := t.part(name, size, io.TeeReader(content, sum)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	t.note(name, sum)
	return nil
}

func (t *tarFile) part(name string, size int64, content io.Reader) error {
	err := t.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: t.at.Truncate(time.Second), Format: tar.FormatPAX})
	if err != nil {
		return err
	}
	n, err := io.Copy(t.tar, content)
	if err == nil && n != size {
		err = fmt.Errorf("%d bytes instead of %d", n, size)
	}
	return err
}

func (t *tarFile) note(name string, sum hash.Hash) {
	fmt.Fprintf(&t.sums, "%s  %s\n", hex.EncodeToString(sum.Sum(nil)), name)
}

func (t *tarFile) addFile(name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return t.add(name, info.Size(), f)
}

// finish writes the checksums and gives the file its name, once everything is on
// the disk.
func (t *tarFile) finish() error {
	if err := t.part(sumsPart, int64(t.sums.Len()), &t.sums); err != nil {
		return err
	}
	if err := t.tar.Close(); err != nil {
		return err
	}
	if t.zip != nil {
		if err := t.zip.Close(); err != nil {
			return err
		}
	}
	if err := t.file.Sync(); err != nil {
		return err
	}
	if err := t.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(t.file.Name(), t.path); err != nil {
		return err
	}
	return blob.SyncFolder(filepath.Dir(t.path))
}

// drop removes what was not finished; after finish it does nothing.
func (t *tarFile) drop() {
	_ = t.file.Close()
	_ = os.Remove(t.file.Name())
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
