package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

// Damaged says which part of an archive is not what was written.
type Damaged struct{ Part, Reason string }

func (d *Damaged) Error() string {
	if d.Part == "" {
		return "the archive is damaged: " + d.Reason
	}
	return "the archive is damaged: " + d.Part + " " + d.Reason
}

func damaged(part, reason string) error { return &Damaged{part, reason} }

// Sizes beyond which a part is no part of ours.
const (
	mostSmall = 1 << 20
	mostSums  = 1 << 30
	mostBlob  = 2 << 30
)

var (
	blobName  = pattern.Of(`^blobs/[0-9a-f]{2}/[0-9a-f]{62}$`)
	tableName = pattern.Of(`^tables/[a-z][a-z0-9_]{0,62}\.copy$`)
)

// unpacked is an archive being read: its parts but the blobs lie as files in dir,
// the blobs in a store of their own, or nowhere when it is only verified.
type unpacked struct {
	dir      string
	blobs    *blob.Folder
	manifest Manifest
	sums     map[string]string // by part
	lines    map[string]int64  // of the tables
	listed   []byte            // SHA256SUMS
	last     string            // part before the current one

	waiting [][]byte // blobs that will be stored together: a sync of the disk serves many
	size    int
}

// unpack reads the archive at file into u.dir and compares every part with its
// checksum. Errors about the archive itself are *Damaged.
func (u *unpacked) unpack(ctx context.Context, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := plain(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return err
	}
	u.sums, u.lines = map[string]string{}, map[string]int64{}
	t := tar.NewReader(in)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return u.readError(err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := u.part(ctx, h, t); err != nil {
			return err
		}
		u.last = h.Name
	}
	if _, err := io.Copy(io.Discard, in); err != nil { // gzip's own checksum stands at the end
		return u.readError(err)
	}
	if err := u.store(ctx); err != nil {
		return err
	}
	return u.compare()
}

// plain takes the compression off, whatever the file is called.
func plain(r *bufio.Reader) (io.Reader, error) {
	magic, _ := r.Peek(2) // a shorter file is no tar either, and is told so
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return r, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, damaged("", err.Error())
	}
	return z, nil
}

func (u *unpacked) readError(err error) error {
	where := "at its beginning"
	if u.last != "" {
		where = "behind " + u.last
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("", "it ends "+where)
	}
	return damaged("", fmt.Sprintf("it cannot be read %s (%v)", where, err))
}

func (u *unpacked) part(ctx context.Context, h *tar.Header, content io.Reader) error {
	if _, twice := u.sums[h.Name]; twice || u.listed != nil || h.Typeflag != tar.TypeReg {
		return damaged(h.Name, "is not in its place")
	}
	switch {
	case blobName.MatchString(h.Name):
		return u.blob(ctx, h, content)
	case h.Name == sumsPart:
		raw, err := u.small(h, content, mostSums)
		u.listed = append([]byte{}, raw...)
		return err
	case h.Name == manifestPart:
		raw, err := u.small(h, content, mostSmall*16)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(raw)
		u.sums[h.Name] = hex.EncodeToString(sum[:])
		if json.Unmarshal(raw, &u.manifest) != nil {
			return damaged(h.Name, "cannot be read")
		}
		return nil
	case h.Name == databasePart, h.Name == keyPart, tableName.MatchString(h.Name):
		return u.file(h, content)
	default:
		return damaged(h.Name, "is no part of a backup")
	}
}

func (u *unpacked) small(h *tar.Header, content io.Reader, most int64) ([]byte, error) {
	if h.Size > most {
		return nil, damaged(h.Name, "is far too large")
	}
	raw, err := io.ReadAll(content)
	if err != nil {
		return nil, u.readError(err)
	}
	return raw, nil
}

func (u *unpacked) file(h *tar.Header, content io.Reader) error {
	f, err := os.OpenFile(filepath.Join(u.dir, path.Base(h.Name)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sum, lines := sha256.New(), lineCount(0)
	source := &marked{r: content}
	_, err = io.Copy(io.MultiWriter(f, sum, &lines), source)
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if source.err != nil {
		return u.readError(source.err)
	}
	u.sums[h.Name], u.lines[h.Name] = hex.EncodeToString(sum.Sum(nil)), int64(lines)
	return err
}

// marked remembers that reading failed, to tell it from writing.
type marked struct {
	r   io.Reader
	err error
}

func (m *marked) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		m.err = err
	}
	return n, err
}

// lineCount counts rows: COPY's text format writes a line break inside a value
// as \n.
type lineCount int64

func (l *lineCount) Write(b []byte) (int, error) {
	*l += lineCount(bytes.Count(b, []byte{'\n'}))
	return len(b), nil
}

// blob checks a stored file against its own name at once.
func (u *unpacked) blob(ctx context.Context, h *tar.Header, content io.Reader) error {
	raw, err := u.small(h, content, mostBlob)
	if err != nil {
		return err
	}
	sum := blob.Of(raw)
	if blobPart(sum) != h.Name {
		return damaged(h.Name, "does not match its checksum")
	}
	u.sums[h.Name] = string(sum)
	if u.blobs == nil {
		return nil
	}
	u.waiting = append(u.waiting, raw)
	if u.size += len(raw); u.size > 16<<20 || len(u.waiting) >= 256 {
		return u.store(ctx)
	}
	return nil
}

func (u *unpacked) store(ctx context.Context) error {
	if len(u.waiting) == 0 {
		return nil
	}
	_, err := u.blobs.Put(ctx, u.waiting...)
	u.waiting, u.size = nil, 0
	return err
}

// compare holds what was read against SHA256SUMS and the manifest.
func (u *unpacked) compare() error {
	if u.listed == nil {
		return u.readError(io.ErrUnexpectedEOF)
	}
	told := map[string]bool{}
	for line := range strings.Lines(string(u.listed)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		got, there := u.sums[name]
		switch {
		case !ok || len(sum) != 64:
			return damaged(sumsPart, "cannot be read")
		case !there:
			return damaged(name, "is not in the archive")
		case got != sum:
			return damaged(name, "does not match its checksum")
		}
		told[name] = true
	}
	for name := range u.sums {
		if !told[name] {
			return damaged(sumsPart, "does not name "+name)
		}
	}
	return u.compareManifest()
}

func (u *unpacked) compareManifest() error {
	m := u.manifest
	if m.Format > format {
		return fmt.Errorf("the archive was written by Comptoir %s, in a form that this program doesn't know yet", m.Program)
	}
	parts := []string{manifestPart}
	switch m.Store {
	case "sqlite":
		parts = append(parts, databasePart)
	case "postgres":
		for _, t := range m.Tables {
			parts = append(parts, tablePart(t.Name))
		}
	default:
		return damaged(manifestPart, "names no store")
	}
	if m.Key {
		parts = append(parts, keyPart)
	}
	for _, name := range parts {
		if _, there := u.sums[name]; !there {
			return damaged(name, "is not in the archive")
		}
	}
	for _, t := range m.Tables {
		if part := tablePart(t.Name); u.lines[part] != t.Rows {
			return damaged(part, fmt.Sprintf("holds %d rows, not %d", u.lines[part], t.Rows))
		}
	}
	if n := len(u.sums) - len(parts); n != m.Blobs {
		return damaged("", fmt.Sprintf("it holds %d stored files, not %d", n, m.Blobs))
	}
	return nil
}

func (u *unpacked) has(part string) bool { _, there := u.sums[part]; return there }

// Verify reads the whole archive at path and compares it with its checksums and
// counts. It needs room for the database in the system's temporary folder, and
// changes nothing.
func Verify(ctx context.Context, path string) (Manifest, error) {
	dir, err := os.MkdirTemp("", "comptoir-verify-*")
	if err != nil {
		return Manifest{}, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	u := &unpacked{dir: dir}
	if err := u.unpack(ctx, path); err != nil {
		return Manifest{}, err
	}
	if u.manifest.Store == "sqlite" {
		err = checkSQLite(ctx, dir, u.manifest, u.has)
	}
	return u.manifest, err
}
