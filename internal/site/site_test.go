package site_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/site"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

const token = "the-secret-part-of-a-link-with-forty-three-c"

// questions is one question behind one link; it keeps what it is told.
type questions struct {
	page    ask.Page
	file    desk.Attachment
	answers []string
	keys    []string
	files   []ask.Upload
	fail    error
}

func (q *questions) Look(_ context.Context, asked string) (ask.Page, error) {
	if asked != token {
		return ask.Page{}, fault.Missing("link")
	}
	return q.page, nil
}

func (q *questions) File(_ context.Context, asked string, file id.Attachment) (desk.Attachment, error) {
	if asked != token || file != q.file.ID {
		return desk.Attachment{}, fault.Missing("file")
	}
	return q.file, nil
}

func (q *questions) Answer(_ context.Context, _, key, text string, files []ask.Upload) error {
	if q.fail != nil {
		return q.fail
	}
	q.answers, q.keys, q.files = append(q.answers, text), append(q.keys, key), append(q.files, files...)
	return nil
}

type visit struct {
	t       *testing.T
	asks    *questions
	clock   *clock.Set
	blobs   *blob.Folder
	handler http.Handler
}

func newVisit(t *testing.T) *visit {
	t.Helper()
	box, err := secret.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	v := &visit{t: t, clock: clock.At(monday), blobs: blobs, asks: &questions{page: ask.Page{
		Name: "Entrepôt", Shop: "Maison Lila", Asker: "Véronica", Language: "fr", Question: "Reste-t-il <b>une</b> bague ?", Open: true, DueAt: monday,
	}}}
	v.handler = site.New(site.Parts{
		Asks: v.asks, Blobs: blobs, Clock: v.clock, Log: slog.New(slog.DiscardHandler), MAC: box.MAC,
		Remote: func(r *http.Request) string { return r.Header.Get("X-Test-Remote") },
	})
	return v
}

func (v *visit) do(r *http.Request) *httptest.ResponseRecorder {
	v.t.Helper()
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	return w
}

func (v *visit) get(path string) *httptest.ResponseRecorder {
	v.t.Helper()
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

var sealed = regexp.MustCompile(`name="seal" value="([^"]+)"`)

func (v *visit) seal() string {
	v.t.Helper()
	found := sealed.FindStringSubmatch(v.get("/ask/" + token).Body.String())
	if found == nil {
		v.t.Fatal("the page has no form")
	}
	return found[1]
}

type field struct {
	name, file string
	content    []byte
}

func form(fields ...field) *http.Request {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		var part io.Writer
		if f.file != "" {
			part, _ = w.CreateFormFile(f.name, f.file)
		} else {
			part, _ = w.CreateFormField(f.name)
		}
		_, _ = part.Write(f.content)
	}
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, "/ask/"+token, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func text(name, content string) field { return field{name: name, content: []byte(content)} }

// The page works without a script, loads nothing from elsewhere, can't be framed
// and shows words as words.
func TestThePageAsItIsSent(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	w := v.get("/ask/" + token)
	body := w.Body.String()
	if w.Code != http.StatusOK || !strings.Contains(body, "Reste-t-il &lt;b&gt;une&lt;/b&gt; bague ?") || !strings.Contains(body, `lang="fr"`) {
		t.Errorf("%d\n%s", w.Code, body)
	}
	if strings.Contains(body, "<script") || strings.Contains(body, "style=\"") || strings.Contains(body, "http://") || strings.Contains(body, "https://") {
		t.Error("the page has a script, a style of its own or an address from elsewhere")
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer",
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
	} {
		if got := w.Header().Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if len(w.Result().Cookies()) > 0 {
		t.Error("the page sets a cookie")
	}
	v.asks.page.Language = "en"
	if body := v.get("/ask/" + token).Body.String(); !strings.Contains(body, "A question for you") || strings.Contains(body, "Votre") {
		t.Error("the English page isn't English")
	}
	if css := v.get("/site/page.css"); css.Code != http.StatusOK || !strings.HasPrefix(css.Header().Get("Content-Type"), "text/css") {
		t.Errorf("style: %d %s", css.Code, css.Header())
	}
}

// A mail scanner follows the link ten times, HEAD and GET, and presses what it
// finds without the page's own seal: nothing is answered (I7).
func TestAScannerAnswersNothing(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	for range 10 {
		v.get("/ask/" + token)
		v.do(httptest.NewRequest(http.MethodHead, "/ask/"+token, nil))
	}
	for name, r := range map[string]*http.Request{
		"without a seal": form(text("text", "x")),
		"a wrong seal":   form(text("seal", strings.Repeat("A", 60)), text("text", "x")),
		"no form at all": httptest.NewRequest(http.MethodPost, "/ask/"+token, strings.NewReader("text=x")),
	} {
		if w := v.do(r); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	foreign := form(text("seal", v.seal()), text("text", "x"))
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := v.do(foreign); w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
	if len(v.asks.answers) > 0 {
		t.Errorf("answered: %v", v.asks.answers)
	}
}

// The warehouse answers with a photo whose name means harm; the browser is sent
// back to the page, and the same form sent again has the same key.
func TestAnAnswerWithAPhoto(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	seal := v.seal()
	send := func() *httptest.ResponseRecorder {
		return v.do(form(
			text("seal", seal), text("text", "Oui,\r\ndeux."), text("nobody", "asked"),
			field{"files", `../../etc/pass"wd` + "\u202egpj.exe", []byte("\x89PNG\r\n\x1a\n0000")}, field{name: "files", file: "vide.txt"},
		))
	}
	if w := send(); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/ask/"+token {
		t.Fatalf("%d %s", w.Code, w.Header())
	}
	send()
	if len(v.asks.answers) != 2 || v.asks.answers[0] != "Oui,\ndeux." || v.asks.keys[0] != v.asks.keys[1] || v.asks.keys[0] == "" {
		t.Errorf("told %q by %q", v.asks.answers, v.asks.keys)
	}
	if len(v.asks.files) != 2 || v.asks.files[0].Type != "image/png" {
		t.Errorf("files: %+v", v.asks.files)
	}
	v.clock.Advance(8 * 24 * time.Hour)
	if w := send(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Oui,\ndeux.") {
		t.Errorf("an old page: %d, its words are lost", w.Code)
	}
}

// Too much is refused in words, and what was written stands in the form.
func TestWhatIsTooLarge(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	large := make([]byte, ask.MaxFile+1)
	w := v.do(form(text("seal", v.seal()), text("text", "Voici"), field{"files", "film.mp4", large}))
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "trop lourds") || !strings.Contains(w.Body.String(), ">Voici<") {
		t.Errorf("one file: %d", w.Code)
	}
	v.asks.fail = fault.Wrong("text", "The answer is empty.")
	if w := v.do(form(text("seal", v.seal()), text("text", " "))); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "vide") {
		t.Errorf("empty: %d", w.Code)
	}
}

// A link that ended and one that never was are the same page; in the browser's
// language, with a way on.
func TestALinkThatIsNone(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	w := v.get("/ask/autre")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "n’est plus valable") {
		t.Errorf("%d", w.Code)
	}
	r := httptest.NewRequest(http.MethodGet, "/ask/autre", nil)
	r.Header.Set("Accept-Language", "en-GB,en;q=0.8")
	if w := v.do(r); !strings.Contains(w.Body.String(), "no longer valid") {
		t.Error("not in English")
	}
}

// Twenty answers a minute of one network are enough for people; a neighbour is
// not kept waiting by them.
func TestTooManyAtOnce(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	seal := v.seal()
	post := func(remote string) int {
		r := form(text("seal", seal), text("text", "x"))
		r.Header.Set("X-Test-Remote", remote)
		return v.do(r).Code
	}
	last := 0
	for range 30 {
		last = post("203.0.113.9")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the thirtieth: %d", last)
	}
	if code := post("198.51.100.4"); code != http.StatusSeeOther {
		t.Errorf("a neighbour: %d", code)
	}
	if code := post("2001:db8::1"); code != http.StatusSeeOther {
		t.Errorf("an IPv6 neighbour: %d", code)
	}
}

// A picture is shown as one when its bytes say so; a page in disguise is saved.
func TestFilesThatAreShown(t *testing.T) {
	t.Parallel()
	v := newVisit(t)
	for _, c := range []struct{ name, content, kind, disposition string }{
		{"bague.png", "\x89PNG\r\n\x1a\n0000", "image/png", ""},
		{"bague.png", "<html><script>alert(1)</script>", "application/octet-stream", "attachment"},
		{"plan.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "application/octet-stream", "attachment"},
	} {
		hashes, err := v.blobs.Put(t.Context(), []byte(c.content))
		if err != nil {
			t.Fatal(err)
		}
		v.asks.file = desk.Attachment{ID: 7, Name: c.name, Type: "image/png", Size: int64(len(c.content)), Blob: hashes[0]}
		w := v.get("/ask/" + token + "/files/7")
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != c.kind || !strings.HasPrefix(w.Header().Get("Content-Disposition"), c.disposition) || w.Body.String() != c.content {
			t.Errorf("%s: %d %v", c.name, w.Code, w.Header())
		}
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
			t.Error("not sandboxed")
		}
	}
	for _, wrong := range []string{"8", "-1", "x", fmt.Sprint(1 << 62)} {
		if w := v.get("/ask/" + token + "/files/" + wrong); w.Code != http.StatusNotFound {
			t.Errorf("file %s: %d", wrong, w.Code)
		}
	}
}
