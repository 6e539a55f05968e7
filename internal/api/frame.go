package api

import (
	"context"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/mime/visible"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// frame shows a message with its own look, as a document for a sandboxed
// <iframe>. ?remote=1 lets it load pictures from elsewhere, ?quote=1 shows the
// quoted history too. X-Blocked-Remote, and <meta name="blocked-remote">, count
// what was kept from loading.
func (s *Server) frame(w http.ResponseWriter, r *http.Request) error {
	m, err := s.message(r)
	if err != nil {
		return err
	}
	remote := r.FormValue("remote") == "1"
	body, err := s.bodyOf(r.Context(), m, r.FormValue("quote") == "1")
	if err != nil {
		return err
	}
	page := body.page(r.Context(), m.Language, remote)

	h := w.Header()
	served{kind: "text/html; charset=utf-8", policy: framePolicy(remote)}.head(h)
	h.Set("X-Blocked-Remote", strconv.Itoa(page.blocked))
	_, _ = io.WriteString(w, page.html)
	return nil
}

// framePolicy is the third wall around a mail, after two sanitisers. The frame
// has an origin of its own: it knows no cookie and reaches nothing of ours, so
// the pictures of the mail lie within the document.
func framePolicy(remote bool) string {
	pictures := "data:"
	if remote {
		pictures += " https: http:"
	}
	return "default-src 'none'; img-src " + pictures + "; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'; " +
		"sandbox allow-popups allow-popups-to-escape-sandbox"
}

// frameBody is what a frame shows: HTML, or text when there is none.
type frameBody struct {
	html, text string
	pictures   func(ctx context.Context, cid string) (content []byte, key blob.Hash)
	server     *Server
}

// bodyOf reads what a message says: what a person here wrote, else the mail as
// it came, else what was noted.
func (s *Server) bodyOf(ctx context.Context, m desk.Message, quote bool) (frameBody, error) {
	out := frameBody{text: m.Body, server: s}
	if quote && m.Quote != "" {
		out.text += "\n\n" + m.Quote
	}
	if m.HTML != "" {
		out.html = sanitise.Fragment(m.HTML)
		files, err := s.inlineOf(ctx, m)
		out.pictures = files
		return out, err
	}
	if m.Raw == "" {
		return out, nil
	}
	raw, err := blob.ReadAll(ctx, s.Blobs, m.Raw)
	if err != nil {
		return out, err
	}
	mail, err := mime.Parse(raw, mime.Options{})
	if err != nil {
		return out, nil //nolint:nilerr // what was read of it when it came is shown
	}
	out.html = mail.HTML
	if out.html != "" && !quote {
		out.html = visible.Split(visible.Input{Text: mail.Text, HTML: mail.HTML}).HTML
	}
	out.pictures = func(_ context.Context, cid string) ([]byte, blob.Hash) {
		for _, a := range mail.Attachments {
			if a.ContentID == cid && cid != "" {
				return a.Content, blob.Hash(a.SHA256)
			}
		}
		return nil, ""
	}
	return out, nil
}

// inlineOf finds the pictures within what a person here wrote.
func (s *Server) inlineOf(ctx context.Context, m desk.Message) (func(context.Context, string) ([]byte, blob.Hash), error) {
	var files []desk.Attachment
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		files, err = desk.AttachmentsOf(tx, m.ID)
		return err
	})
	return func(ctx context.Context, cid string) ([]byte, blob.Hash) {
		for _, f := range files {
			if f.ContentID == cid && cid != "" && f.Size <= maxPicture {
				content, err := blob.ReadAll(ctx, s.Blobs, f.Blob)
				if err == nil {
					return content, f.Blob
				}
			}
		}
		return nil, ""
	}, err
}

type framePage struct {
	html    string
	blocked int
}

func (b frameBody) page(ctx context.Context, language string, remote bool) framePage {
	if language == "" {
		language = "fr"
	}
	if b.html == "" {
		return framePage{html: document(language, "plain", 0, `<div class="text">`+html.EscapeString(b.text)+"</div>")}
	}
	in := inlined{body: b, ctx: ctx}
	clean := sanitise.HTML(b.html, sanitise.Options{AllowRemote: remote, CIDURL: in.address})
	look := "plain"
	if hasColours(clean.HTML) {
		look = "paper"
	}
	return framePage{html: document(language, look, clean.BlockedRemote, in.fill(clean.HTML)), blocked: clean.BlockedRemote}
}

// hasColours: the sender chose colours, for white paper as nearly all mails
// do; on a dark ground half of them could not be read.
func hasColours(fragment string) bool {
	for _, word := range []string{"color:", "color=", "background"} {
		if strings.Contains(fragment, word) {
			return true
		}
	}
	return false
}

func document(language, look string, blocked int, body string) string {
	return `<!DOCTYPE html><html lang="` + html.EscapeString(language) + `" class="` + look + `"><head><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">` +
		`<meta name="blocked-remote" content="` + strconv.Itoa(blocked) + `"><title>Message</title><style>` + frameStyle + `</style></head><body>` +
		body + "</body></html>"
}

const frameStyle = `
html{color-scheme:light dark}
html.paper{color-scheme:light;background:#fff;color:#1a1a1a}
body{margin:0;padding:12px;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
.text{white-space:pre-wrap}
img{max-width:100%;object-fit:contain}
img:not([src]){display:inline-block;min-width:24px;min-height:24px;border:1px dashed #999;color:#666;font-size:12px}
pre{white-space:pre-wrap}
table{max-width:100%}
blockquote{margin:0 0 0 8px;padding:0 0 0 12px;border-left:2px solid #b5b5b5}`

// Pictures up to this size lie within the document, and together at most so
// many bytes; larger ones are drawn smaller.
const (
	maxInline      = 1 << 20
	maxInlineTotal = 5 << 20
	inlineSide     = 1200
)

// inlined collects the pictures that a mail shows within its text.
type inlined struct {
	body  frameBody
	ctx   context.Context //nolint:containedctx // lives for one page
	known map[string]string
	data  []string // pairs for a replacer: our address, the data: address
	total int
}

// address stands for a picture until the sanitiser is done: it lets no data:
// address of this size through, and a relative one only from here.
func (in *inlined) address(cid string) string {
	if at, known := in.known[cid]; known {
		return at
	}
	if in.known == nil {
		in.known = map[string]string{}
	}
	in.known[cid] = ""
	data := in.picture(cid)
	if data == "" {
		return ""
	}
	at := "/inline/" + strconv.Itoa(len(in.data)/2)
	in.known[cid] = at
	in.data = append(in.data, `src="`+at+`"`, `src="`+data+`"`)
	return at
}

// picture is a data: address, "" when there is no such picture or no room.
func (in *inlined) picture(cid string) string {
	content, key := in.body.pictures(in.ctx, cid)
	if content == nil {
		return ""
	}
	kind := http.DetectContentType(content)
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
	default:
		kind = ""
	}
	if kind == "" || len(content) > maxInline {
		p, err := in.body.server.small(in.ctx, picture{hash: key, content: content}, inlineSide)
		if err != nil {
			return ""
		}
		content, kind = p.Content, p.Type
	}
	if in.total += len(content); in.total > maxInlineTotal {
		return ""
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(content)
}

// fill puts the pictures in. A quote in a text or in another attribute is
// escaped, so only an address of ours is met.
func (in *inlined) fill(fragment string) string {
	return strings.NewReplacer(in.data...).Replace(fragment)
}
