package sanitise_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
)

// forbidden elements never leave the sanitiser, whatever comes in.
var forbidden = []string{
	"script", "style", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "select", "textarea", "meta", "base", "link",
	"svg", "math", "video", "audio", "source", "track", "template", "noscript", "portal", "body", "head", "html",
}

// mustBeSafe parses the fragment as a browser does and looks at every element.
func mustBeSafe(t *testing.T, fragment string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"})
	if err != nil {
		t.Fatalf("%v: %q", err, fragment)
	}
	for _, top := range nodes {
		checkNode(t, top, fragment)
		for n := range top.Descendants() {
			checkNode(t, n, fragment)
		}
	}
}

func checkNode(t *testing.T, n *html.Node, fragment string) {
	t.Helper()
	if n.Type != html.ElementNode {
		return
	}
	if slices.Contains(forbidden, n.Data) || n.Namespace != "" {
		t.Errorf("<%s> in %q", n.Data, fragment)
	}
	for _, a := range n.Attr {
		val := strings.ToLower(a.Val)
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "id", a.Key == "name", a.Key == "srcdoc", a.Key == "srcset", a.Key == "background", a.Key == "action":
			t.Errorf("attribute %s in %q", a.Key, fragment)
		case a.Key == "src" && !strings.HasPrefix(val, "cid:") && !strings.HasPrefix(val, "data:image/"):
			t.Errorf("src %q in %q", a.Val, fragment)
		case a.Key == "style" && (strings.Contains(val, "url") && strings.Contains(val, "(") || strings.Contains(val, "position:") && !strings.Contains(val, "background-position:") || strings.ContainsAny(val, `\@`)):
			t.Errorf("style %q in %q", a.Val, fragment)
		case a.Key == "href" && !slices.ContainsFunc([]string{"http://", "https://", "mailto:", "tel:"}, func(p string) bool { return strings.HasPrefix(val, p) }):
			t.Errorf("href %q in %q", a.Val, fragment)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		`<p onclick=x style="color:red;background:url(//e)">a<script>x</script><img src=https://e srcset="//e 2x">`,
		`<svg><foreignObject><form><math><mtext><style><img src=x onerror=x>`,
		`<a href="java&Tab;script:x">a</a><table background=//e><td>x<p><table></p>`,
		`<body bgcolor=red text=blue background=//e><noscript><a title="</noscript><img src=x onerror=x>">`,
		`<a><table><a></table></a><b><p></b></p><pre>` + "\r\n\n" + `x</pre>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, mail string) {
		got := sanitise.HTML(mail, sanitise.Options{})
		mustBeSafe(t, got.HTML)
		if again := sanitise.HTML(got.HTML, sanitise.Options{}); again.HTML != got.HTML {
			t.Errorf("a second pass changes it\nfrom %q\n  to %q", got.HTML, again.HTML)
		}
		fragment := sanitise.Fragment(mail)
		mustBeSafe(t, fragment)
		if again := sanitise.Fragment(fragment); again != fragment {
			t.Errorf("a second pass changes the fragment\nfrom %q\n  to %q", fragment, again)
		}
	})
}
