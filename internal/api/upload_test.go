package api_test

import (
	"bytes"
	"image"
	"net/http"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

func TestInesAttachesFiles(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		c := openCabinet(t, db)
		b := c.agent()
		tests := []struct {
			name    string
			content []byte
			want    view.Attachment
		}{
			{"bon de retour.pdf", []byte("%PDF-1.7\n"), view.Attachment{Name: "bon de retour.pdf", Type: "application/pdf"}},
			{"photo.gif", photo(5, 5), view.Attachment{Name: "photo.gif", Type: "image/png", Thumbnail: true}},
			{`C:\Bureau\..\tarifs.xlsx`, []byte("PK\x03\x04rest"), view.Attachment{Name: "tarifs.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
			{"commandes.csv", []byte("a;b\n1;2"), view.Attachment{Name: "commandes.csv", Type: "text/csv"}},
			{"photo.png", []byte("<html><script>"), view.Attachment{Name: "photo.png", Type: "text/html", Dangerous: true}},
			{"fpj\u202egnp.exe", []byte("MZ\x90\x00"), view.Attachment{Name: "fpjgnp.exe", Type: unknown, Dangerous: true}},
		}
		for _, tt := range tests {
			var got view.Attachment
			sent := b.send("/attachments", tt.name, tt.content)
			sent.ok().read(&got)
			id := got.ID
			got.ID = 0
			tt.want.Size = int64(len(tt.content))
			if got != tt.want || id == 0 {
				t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
			}
			if back := b.get("/attachments/" + id.String()); back.raw != string(tt.content) {
				t.Errorf("%s: came back as %q", tt.name, back.raw)
			}
		}
	})
}

func TestUploadsThatAreRefused(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	b := c.agent()
	b.send("/attachments", "film.mov", make([]byte, 25<<20+1)).want(http.StatusRequestEntityTooLarge, "too_large")
	b.send("/attachments", "film.mov", make([]byte, 27<<20)).want(http.StatusRequestEntityTooLarge, "too_large")
	b.send("/attachments", "rien.txt", nil).wrong("body.file")
	b.fetch("POST", "/attachments", strings.NewReader("{}"), "Content-Type", "application/json").wrong("body.file")
	b.fetch("POST", "/attachments", strings.NewReader("--x\r\n"), "Content-Type", "multipart/form-data; boundary=x").wrong("body.file")
	c.from("203.0.113.9").send("/attachments", "a.txt", []byte("a")).want(http.StatusUnauthorized, "unauthenticated")
	b.fetch("POST", "/attachments", strings.NewReader("x"), "Sec-Fetch-Site", "cross-site").want(http.StatusForbidden, "cross_origin")
}

func TestTheLogoOfANewShopIsDrawnAnew(t *testing.T) {
	t.Parallel()
	d := fresh(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	b := d.at()
	hidden := []byte("<script>alert(1)</script>")
	var got struct{ Token, Type string }
	b.send("/setup/logo", "logo.png", append(photo(700, 350), hidden...)).ok().read(&got)
	kept, err := blob.ReadAll(t.Context(), d.blobs, blob.Hash(got.Token))
	if err != nil {
		t.Fatal(err)
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(kept))
	if err != nil || format != "png" || got.Type != "image/png" || size.Width != 512 || size.Height != 256 || bytes.Contains(kept, hidden) {
		t.Errorf("%s %s of %d×%d: %v", got.Type, format, size.Width, size.Height, err)
	}
	b.send("/setup/logo", "logo.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")).wrong("body.logo")
	b.send("/setup/logo", "logo.png", photo(90, 90)[:70]).wrong("body.logo")
	b.send("/setup/logo", "logo.png", make([]byte, 1<<20+1)).want(http.StatusRequestEntityTooLarge, "too_large")
	d.from("203.0.113.9").send("/setup/logo", "logo.png", photo(9, 9)).want(http.StatusForbidden, "forbidden")
}
