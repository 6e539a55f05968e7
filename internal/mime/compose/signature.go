package compose

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"strings"
)

// SignatureData is who signs an answer and for which shop (P04). Empty fields
// leave no line.
type SignatureData struct {
	Name, Role, Shop    string
	Phone, Address, URL string // URL with http or https; anything else is left out
	Logo                []byte // a picture, shown 64 px high
	LogoType            string // e.g. "image/png"
}

// A signature is known by its class in HTML and by this line in text (RFC
// 3676, 4.3); TextFromHTML writes the one for the other.
const (
	signatureClass = "signature"
	signatureMark  = "-- "
)

// Signature gives the end of an answer as HTML and as text, and the logo as an
// inline file to put in Message.Files (nil without a logo). No table and no
// float: Outlook and Gmail show it alike.
func Signature(s SignatureData) (htmlPart, text string, logo *File) {
	var h strings.Builder
	lines := []string{signatureMark}
	h.WriteString(`<div class="` + signatureClass + `">`)
	say := func(words, markup string) {
		if words == "" {
			return
		}
		if len(lines) > 1 {
			h.WriteString("<br>")
		}
		h.WriteString(markup)
		lines = append(lines, words)
	}

	name, shop, phone := oneLine(s.Name), oneLine(s.Shop), oneLine(s.Phone)
	say(name, "<strong>"+html.EscapeString(name)+"</strong>")
	role := oneLine(s.Role)
	say(role, html.EscapeString(role))
	say(shop, html.EscapeString(shop))
	say(phone, `<a href="tel:`+dialled(phone)+`">`+html.EscapeString(phone)+`</a>`)
	for line := range strings.SplitSeq(s.Address, "\n") {
		line = oneLine(line)
		say(line, html.EscapeString(line))
	}
	if site := webAddress(s.URL); site != "" {
		shown := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(site, "https://"), "http://"), "/")
		say(site, `<a href="`+html.EscapeString(site)+`">`+html.EscapeString(shown)+`</a>`)
	}
	if logo = logoFile(s); logo != nil {
		if len(lines) > 1 {
			h.WriteString("<br>")
		}
		// alt is empty because the shop's name stands above; Outlook reads the
		// attribute, the others the style.
		h.WriteString(`<img src="cid:` + logo.ContentID + `" alt="" height="64" style="height:64px;width:auto;border:0;margin-top:8px">`)
	}
	h.WriteString("</div>")
	return h.String(), strings.Join(lines, "\n"), logo
}

// logoFile names the picture by its content, so that equal answers stay equal
// bytes.
func logoFile(s SignatureData) *File {
	if len(s.Logo) == 0 {
		return nil
	}
	sum := sha256.Sum256(s.Logo)
	kind := fileType(s.LogoType)[0]
	ending := ""
	if sub, found := strings.CutPrefix(kind, "image/"); found && isAtom(sub) {
		ending = "." + sub
	}
	return &File{
		Name: "logo" + ending, Type: kind, Content: s.Logo, Inline: true,
		ContentID: "logo-" + hex.EncodeToString(sum[:8]) + "@signature",
	}
}

// dialled keeps what a tel: link may hold (RFC 3966).
func dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}

func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
