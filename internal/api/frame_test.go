package api_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// letter is a mail with HTML and pictures within it, by content id.
func letter(html string, pictures map[string][]byte) []byte {
	var b strings.Builder
	b.WriteString("From: Camille Renaud <camille@example.net>\r\nTo: bonjour@maison-lila.fr\r\nSubject: Ma bague\r\nMessage-ID: <1@example.net>\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"lila\"\r\n\r\n--lila\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n")
	for cid, content := range pictures {
		b.WriteString("--lila\r\nContent-Type: image/png\r\nContent-ID: <" + cid + ">\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n")
		for line := base64.StdEncoding.EncodeToString(content); line != ""; {
			n := min(76, len(line))
			b.WriteString(line[:n] + "\r\n")
			line = line[n:]
		}
	}
	b.WriteString("--lila--\r\n")
	return []byte(b.String())
}

func (c *cabinet) mail(html string, pictures map[string][]byte) string {
	c.t.Helper()
	return framePath(c.said(desk.Message{Body: "Bonjour", HasHTML: true, Language: "fr", Raw: c.put(letter(html, pictures))}))
}

func framePath(m id.Message) string { return "/messages/" + m.String() + "/frame" }

func (f fetched) shows(words ...string) {
	f.t.Helper()
	f.ok()
	for _, w := range words {
		without, hidden := strings.CutPrefix(w, "!")
		if strings.Contains(f.raw, without) == hidden {
			f.t.Errorf("shown %v: %q in %.3000s", !hidden, without, f.raw)
		}
	}
}

func TestAMailInItsFrame(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	b := c.agent()
	small, large := photo(8, 8), photo(900, 700)
	if len(large) < 1<<20 {
		t.Fatalf("the large photo has %d bytes only", len(large))
	}
	path := c.mail(`<p style="color:#b5006b">Bonjour,</p><script>alert(1)</script><img src="https://shop.example/pixel.gif">`+
		`<img src="cid:bague"><img src="cid:large"><img src="cid:page"><img src="/inline/0"><p>src="/inline/0"</p>`+
		`<div class="gmail_quote">Le lun. 2 nov. 2026 à 10:00, Maison Lila &lt;bonjour@maison-lila.fr&gt; a écrit :<blockquote>Votre colis est parti.</blockquote></div>`,
		map[string][]byte{"bague": small, "large": large, "page": []byte("<script>x</script>")})

	got := b.get(path)
	shown := `<img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(small) + `"/>`
	got.shows("Bonjour,", shown, `<html lang="fr" class="paper">`, `<meta name="blocked-remote" content="1">`,
		`src="data:image/jpeg;base64,`, "!pixel.gif", "!<script", "!Votre colis est parti", "!src=\"/inline", "!/api/v1/", "src=&#34;/inline/0&#34;")
	if n := strings.Count(got.raw, "data:image/png"); n != 1 {
		t.Errorf("%d pictures as they came, want 1: only content ids name them", n)
	}
	got.has("X-Blocked-Remote", "1")
	got.has("Content-Type", "text/html; charset=utf-8")
	got.has("Referrer-Policy", "no-referrer")
	got.has("X-Content-Type-Options", "nosniff")
	got.has("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox")

	b.get(path+"?quote=1").shows("Bonjour,", "Votre colis est parti")
	remote := b.get(path + "?remote=1")
	remote.shows(`src="https://shop.example/pixel.gif"`, `content="0"`)
	remote.has("X-Blocked-Remote", "0")
	if !strings.Contains(remote.head.Get("Content-Security-Policy"), "img-src data: https: http:;") {
		t.Error(remote.head.Get("Content-Security-Policy"))
	}
}

func TestManyPicturesHaveTheirLimit(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	var html strings.Builder
	pictures := map[string][]byte{}
	for _, cid := range strings.Split("a b c d e f g h", " ") {
		html.WriteString(`<img alt="photo ` + cid + `" src="cid:` + cid + `">`)
		// Not in the picture, but carried along with it.
		pictures[cid] = append(photo(8, 8), make([]byte, 900<<10)...)
	}
	got := c.agent().get(c.mail(html.String(), pictures))
	got.shows(`alt="photo a"`, `alt="photo h"`)
	if n := strings.Count(got.raw, "data:image/png"); n != 5 {
		t.Errorf("%d pictures, want the 5 that fit", n)
	}
}

func TestWhatWeWroteAndWhatHasNoHTML(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	b := c.agent()
	answer := c.said(desk.Message{Body: "Bonjour Camille", HTML: `<p onclick="x()">Bonjour <b>Camille</b><img src="cid:bon"></p>`})
	c.hung(c.lila, answer, desk.File{Name: "bon.png", Type: "image/png", Blob: c.put(photo(4, 4)), Inline: true, ContentID: "bon"})
	b.get(framePath(answer)).shows("<p>Bonjour <b>Camille</b>", "data:image/png;base64,", "!onclick", `class="plain"`)

	call := c.said(desk.Message{Body: "Appelée à 10 h <3", Quote: "avant"})
	b.get(framePath(call)).shows("Appelée à 10 h &lt;3", "!avant")
	b.get(framePath(call) + "?quote=1").shows("avant")

	broken := c.said(desk.Message{Body: "ce qui en fut lu", Raw: c.put([]byte("\x00\x01 no mail at all"))})
	b.get(framePath(broken)).shows("ce qui en fut lu")
}

func TestWhoMayReadWhat(t *testing.T) {
	t.Parallel()
	c := openCabinet(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"))
	foreign := c.said(desk.Message{Conversation: c.theirs, Body: "leur cliente", Raw: c.put(letter("<p>a</p>", nil))})
	file := c.hung(c.other, foreign, desk.File{Name: "a.png", Type: "image/png", Size: 1, Blob: c.put(photo(3, 3))})
	b, stranger := c.owner(), c.from("203.0.113.9")
	for _, path := range []string{
		framePath(foreign), "/messages/" + foreign.String() + "/raw", file, file + "/view", file + "/thumbnail",
		"/attachments/999999", "/attachments/x/view", "/messages/-1/raw", "/messages/0/frame", "/quarantine/77/raw", "/outbox/77/raw",
	} {
		b.get(path).want(http.StatusNotFound, "not_found")
		stranger.get(path).want(http.StatusUnauthorized, "unauthenticated")
	}
}
