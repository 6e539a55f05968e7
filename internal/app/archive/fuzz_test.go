package archive_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
)

// FuzzVerify: whatever a file holds, it is verified or named damaged, and no part
// of it lands outside the folder made for it.
func FuzzVerify(f *testing.F) {
	file := filepath.Join(f.TempDir(), "lila.tar.gz")
	f.Add([]byte{})
	f.Add([]byte{0x1f, 0x8b, 8, 0})
	for _, name := range []string{"manifest.json", "../../etc/passwd", "blobs/ab/cd", "tables/shop.copy", "SHA256SUMS"} {
		head := make([]byte, 2048)
		copy(head, name)
		copy(head[257:], "ustar\x0000")
		f.Add(head)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := archive.Verify(t.Context(), file)
		var damage *archive.Damaged
		if err == nil || !errors.As(err, &damage) {
			t.Errorf("verify says %v", err)
		}
	})
}
