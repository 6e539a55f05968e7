package api_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
)

// cabinet is a desk with files in it: those of Maison Lila and those of the
// other shop.
type cabinet struct {
	*place

	rows         *desk.Desk
	ours, theirs id.Conversation
}

var insertConversation = store.SQL(`
	insert into conversation (shop_id, channel, last_message_at, created_at) values ($1, 'mail', $2, $2) returning id`)

func openCabinet(t *testing.T, db *store.DB) *cabinet {
	t.Helper()
	d := open(t, db)
	c := &cabinet{place: d, rows: &desk.Desk{DB: db, Clock: d.clock, Log: d.events}}
	parts := d.parts()
	parts.Desk = c.rows
	d.handler = api.New(parts)
	c.write(func(tx *store.Tx) (err error) {
		if c.ours, err = store.One[id.Conversation](tx, insertConversation, d.lila, d.clock.Now()); err != nil {
			return err
		}
		c.theirs, err = store.One[id.Conversation](tx, insertConversation, d.other, d.clock.Now())
		return err
	})
	return c
}

func (c *cabinet) write(fn func(tx *store.Tx) error) {
	c.t.Helper()
	if err := c.db.InTx(c.t.Context(), fn); err != nil {
		c.t.Fatal(err)
	}
}

func (c *cabinet) put(content []byte) blob.Hash {
	c.t.Helper()
	hashes, err := c.blobs.Put(c.t.Context(), content)
	if err != nil {
		c.t.Fatal(err)
	}
	return hashes[0]
}

// said adds a message; what a test leaves out is as in a customer's mail.
func (c *cabinet) said(m desk.Message) id.Message {
	c.t.Helper()
	m.Shop, m.Direction, m.Kind, m.Channel, m.Recipients, m.ArrivedAt = c.lila, desk.In, desk.KindCustomer, "mail", "{}", c.clock.Now()
	if m.Conversation == 0 {
		m.Conversation = c.ours
	}
	if m.Conversation == c.theirs {
		m.Shop = c.other
	}
	c.write(func(tx *store.Tx) (err error) {
		m, err = c.rows.Append(tx, m)
		return err
	})
	return m.ID
}

// attached hangs a file on a message of Maison Lila and gives its path.
func (c *cabinet) attached(m id.Message, name, kind string, content []byte) string {
	c.t.Helper()
	return c.hung(c.lila, m, desk.File{Name: name, Type: kind, Size: int64(len(content)), Blob: c.put(content)})
}

func (c *cabinet) hung(sh id.Shop, m id.Message, f desk.File) (path string) {
	c.t.Helper()
	c.write(func(tx *store.Tx) error {
		a, err := c.rows.Attach(tx, sh, m, 0, f)
		path = "/attachments/" + a.String()
		return err
	})
	return path
}

// fetched is an answer with its header.
type fetched struct {
	answer

	head http.Header
}

func (b *browser) fetch(method, path string, body io.Reader, head ...string) fetched {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, "http://"+b.host+"/api/v1"+path, body)
	r.RemoteAddr, r.Host = b.remote, b.host
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return fetched{answer{t: b.t, status: w.Code, raw: w.Body.String(), kind: w.Header().Get("Content-Type")}, w.Header()}
}

func (b *browser) get(path string, head ...string) fetched {
	b.t.Helper()
	return b.fetch("GET", path, nil, head...)
}

// send uploads a file in a form.
func (b *browser) send(path, name string, content []byte) fetched {
	b.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.WriteField("note", "a field that nobody asked for"); err != nil {
		b.t.Fatal(err)
	}
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		b.t.Fatal(err)
	}
	w.Close()
	return b.fetch("POST", path, &form, "Content-Type", w.FormDataContentType())
}

func (f fetched) has(name, want string) {
	f.t.Helper()
	if got := f.head.Get(name); got != want {
		f.t.Errorf("%s: %q, want %q", name, got, want)
	}
}

// savedAs is the name under which a browser saves a download, "" for none.
func (f fetched) savedAs() string {
	f.t.Helper()
	kind, params, err := mime.ParseMediaType(f.head.Get("Content-Disposition"))
	if err != nil {
		f.t.Fatalf("%v: %q", err, f.head.Get("Content-Disposition"))
	}
	if kind != "attachment" {
		return ""
	}
	return params["filename"]
}

// photo is as noisy as a real one, so that it doesn't pack well.
func photo(w, h int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	noise := uint32(1)
	for i := range img.Pix {
		noise = noise*1664525 + 1013904223
		img.Pix[i] = byte(noise >> 24)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestACustomersFilesAreShownOrSaved(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	m := c.said(desk.Message{Body: "Voici la photo."})
	pdf := []byte("%PDF-1.7\n1 0 obj\n")
	tests := map[string]struct {
		name, kind string
		content    []byte
		shown      string // the type under which it is shown; "" for never
		saved      string // the type of the download
	}{
		"photo":                      {"bague cassée.png", "image/png", photo(4, 4), "image/png", "image/png"},
		"photo with a wrong type":    {"bague.jpg", unknown, photo(4, 4), "image/png", unknown},
		"invoice":                    {"facture.pdf", "application/pdf", pdf, "application/pdf", "application/pdf"},
		"film":                       {"anneau.mp4", "video/mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), "video/mp4", "video/mp4"},
		"film of a telephone":        {"IMG_0042.MOV", "video/quicktime", []byte("\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "), "video/mp4", "video/quicktime"},
		"film of a browser":          {"anneau.webm", "video/webm", []byte("\x1a\x45\xdf\xa3\x01\x00\x00\x00"), "video/webm", "video/webm"},
		"page that calls itself mp4": {"anneau.mp4", "video/mp4", []byte("<html><script>x</script>"), "", "video/mp4"},
		"text":                       {"notes.txt", "text/plain", []byte("Reçue le 3, cassée."), "text/plain; charset=utf-8", "text/plain"},
		"text of old Windows":        {"notes.txt", "text/plain", []byte("Re\xe7ue le 3, cass\xe9e."), "text/plain; charset=windows-1252", "text/plain"},
		"page that calls itself txt": {"notes.txt", "text/plain", []byte("<html><script>x</script>"), "text/plain; charset=utf-8", "text/plain"},
		"page":                       {"page.html", "text/html", []byte("<html><script>x</script>"), "", unknown},
		"page that calls itself png": {"photo.png", "image/png", []byte("<html><script>x</script>"), "", "image/png"},
		"drawing":                    {"logo.svg", "image/svg+xml", []byte("<svg onload=x()/>"), "", unknown},
		"program":                    {"colissimo.exe", unknown, []byte("MZ\x90\x00"), "", unknown},
		"program called pdf":         {"facture.pdf.exe", "application/pdf", pdf, "", unknown},
		"shortcut":                   {"suivi.lnk", "image/png", photo(2, 2), "", unknown},
		"packed":                     {"photos.zip", "application/zip", []byte("PK\x03\x04"), "", "application/zip"},
		"odd type":                   {"a.bin", "text/html; charset=x", []byte("<b>"), "", unknown},
	}
	b := c.agent()
	for name, tt := range tests {
		path := c.attached(m, tt.name, tt.kind, tt.content)
		saved := b.get(path)
		if saved.ok(); saved.savedAs() != tt.name || saved.head.Get("Content-Type") != tt.saved || saved.raw != string(tt.content) {
			t.Errorf("%s: saved as %q, %s", name, saved.savedAs(), saved.head.Get("Content-Type"))
		}
		shown := b.get(path + "/view")
		shown.ok()
		inPlace := ""
		if shown.savedAs() == "" {
			inPlace = shown.head.Get("Content-Type")
		}
		if inPlace != tt.shown {
			t.Errorf("%s: shown as %q, want %q", name, inPlace, tt.shown)
		}
		for _, got := range []fetched{saved, shown} {
			got.has("X-Content-Type-Options", "nosniff")
			sandboxed := strings.Contains(got.head.Get("Content-Security-Policy"), "sandbox")
			if sandboxed == (got.head.Get("Content-Type") == "application/pdf" && got.savedAs() == "") {
				t.Errorf("%s: policy %q", name, got.head.Get("Content-Security-Policy"))
			}
		}
	}
}

const unknown = "application/octet-stream"

func TestPartsOfAFileAndOneThatIsKnown(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	path := c.attached(c.said(desk.Message{}), "film.mp4", "video/mp4", []byte("0123456789"))
	b := c.agent()
	part := b.get(path, "Range", "bytes=2-4")
	part.want(http.StatusPartialContent, "")
	if part.raw != "234" {
		t.Errorf("part %q", part.raw)
	}
	part.has("Content-Range", "bytes 2-4/10")
	film := c.attached(c.said(desk.Message{}), "anneau.mp4", "video/mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"))
	part = b.get(film+"/view", "Range", "bytes=4-7")
	if part.want(http.StatusPartialContent, ""); part.raw != "ftyp" || part.head.Get("Content-Type") != "video/mp4" {
		t.Errorf("part of a film %q, %s", part.raw, part.head.Get("Content-Type"))
	}
	known := b.get(path, "If-None-Match", b.get(path).head.Get("ETag"))
	known.want(http.StatusNotModified, "")
}

func TestNamesThatHeadersCannotHold(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	m := c.said(desk.Message{})
	b := c.agent()
	for _, name := range []string{"été à Noël (1).pdf", `a"b;c=d.txt`, "l'écrin 💍, 100%.jpg", "a\\b.png", "x*'y'.doc"} {
		if got := b.get(c.attached(m, name, unknown, []byte("x"))); got.savedAs() != name {
			t.Errorf("saved as %q, want %q: %s", got.savedAs(), name, got.head.Get("Content-Disposition"))
		}
	}
}

func TestThumbnailsAreDrawnWhenAskedFor(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		c := openCabinet(t, db)
		m := c.said(desk.Message{})
		path := c.attached(m, "bague.png", "image/png", photo(640, 320))
		b := c.agent()
		first := b.get(path + "/thumbnail")
		first.ok()
		got, _, err := image.DecodeConfig(strings.NewReader(first.raw))
		if err != nil || got.Width != thumbnail.Side || got.Height != thumbnail.Side/2 {
			t.Errorf("%d×%d: %v", got.Width, got.Height, err)
		}
		if again := b.get(path + "/thumbnail"); again.raw != first.raw {
			t.Error("the second one differs")
		}
		b.get(path+"/thumbnail", "If-None-Match", first.head.Get("ETag")).want(http.StatusNotModified, "")
		for name, content := range map[string][]byte{"page": []byte("<html>"), "half a photo": photo(64, 64)[:60], "nothing": {}} {
			broken := c.attached(m, "photo.png", "image/png", content) + "/thumbnail"
			for range 2 { // the second time it is known
				if got := b.get(broken); got.status != http.StatusNotFound || !strings.Contains(got.raw, "no_thumbnail") {
					t.Errorf("%s: %d %s", name, got.status, got.raw)
				}
			}
		}
	})
}
