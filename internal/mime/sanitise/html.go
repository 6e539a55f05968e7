package sanitise

import (
	"html"
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// Options says what a reader allows for one mail.
type Options struct {
	// AllowRemote lets pictures load from http and https addresses. Off, every
	// remote address is removed from what loads by itself.
	AllowRemote bool
	// CIDURL gives the path on our own server ("/…") of an inline part by its
	// content id without "cid:" (RFC 2392). Nil keeps the cid: address; an
	// answer "" drops it.
	CIDURL func(cid string) string
}

// Result is a sanitised mail.
type Result struct {
	// HTML is a fragment, to be put into a <body>.
	HTML string
	// BlockedRemote counts the elements and styles whose remote address was
	// removed; 0 when AllowRemote was set.
	BlockedRemote int
}

// maxRounds bounds how often a document is parsed and written until that
// changes nothing any more. Misnested HTML settles at the second round; what
// does not settle is shown as text, since browsers and we would disagree on it.
const maxRounds = 4

// HTML makes the HTML of a received mail fit for the app's sandboxed frame. An
// element whose remote address was removed keeps its place and carries
// data-blocked="remote".
func HTML(in string, o Options) Result {
	first := cleaner{rules: &mailRules, options: o}
	out, err := first.round(in)
	// From the second round on, addresses are in their final form.
	again := cleaner{rules: &mailRules, options: Options{AllowRemote: o.AllowRemote}, final: o.CIDURL != nil}
	return Result{HTML: settle(&again, in, out, err), BlockedRemote: first.blocked}
}

// Fragment makes what an agent wrote in the composer fit to be sent: text,
// simple marks, lists, quotes, links and inline pictures by cid. No styles, no
// addresses that load by themselves.
func Fragment(author string) string {
	c := cleaner{rules: &authorRules}
	out, err := c.round(author)
	return settle(&c, author, out, err)
}

func settle(c *cleaner, in, out string, err error) string {
	for range maxRounds {
		if err != nil {
			break
		}
		if isStable(out) {
			return out
		}
		out, err = c.round(out)
	}
	return asText(in)
}

// asText shows the mail's source as text: ugly, whole and harmless.
func asText(in string) string {
	in = strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(in, "\ufffd"))
	return "<pre>" + html.EscapeString(strings.TrimLeft(in, "\n")) + "</pre>"
}

// secondWall is bluemonday with the same lists: a mistake in our own pass must
// be made twice to matter.
func secondWall(r *rules) *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid", "data")
	p.AllowRelativeURLs(true)
	for name, attrs := range r.elements {
		p.AllowNoAttrs().OnElements(name)
		p.AllowElements(name)
		if len(attrs) > 0 {
			p.AllowAttrs(attrs...).OnElements(name)
		}
	}
	p.AllowAttrs(r.everywhere...).Globally()
	return p
}
