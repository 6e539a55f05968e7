package knowledge

import (
	"embed"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// The ready answers: a file a language, in front its key, folder, title and
// shortcut, behind it the text in a little Markdown.
//
//go:embed ready/*/*.md
var readyFiles embed.FS

// shelf is a folder that the ready answers lie in.
type shelf struct{ key, fr, en string }

// shelves in the order of a new shop's folders.
var shelves = []shelf{
	{"orders", "Commandes", "Orders"},
	{"delivery", "Livraison", "Delivery"},
	{"returns", "Retours et remboursements", "Returns and refunds"},
	{"guarantee", "Garantie et réparation", "Guarantee and repair"},
	{"products", "Produits", "Products"},
	{"payment", "Paiement et avantages", "Payment and vouchers"},
	{"complaints", "Réclamations", "Complaints"},
	{"data", "Données personnelles", "Personal data"},
	{"follow_up", "Suivi", "Follow-up"},
	{"business", "Professionnels", "Business"},
}

func (s shelf) name(language string) string {
	if language == "en" {
		return s.en
	}
	return s.fr
}

// ReadyAnswer is one of the answers that a new shop begins with, in one
// language.
type ReadyAnswer struct {
	Key, Folder, Title, Shortcut string
	Actions                      []Action
	HTML                         string
}

// Ready are the ready answers in a language, "fr" or "en", by key. The same
// keys are there in both.
func Ready(language string) ([]ReadyAnswer, error) {
	entries, err := readyFiles.ReadDir("ready/" + language)
	if err != nil {
		return nil, fmt.Errorf("ready answers: %w", err)
	}
	out := make([]ReadyAnswer, 0, len(entries))
	for _, e := range entries {
		text, err := readyFiles.ReadFile("ready/" + language + "/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("ready answers: %w", err)
		}
		a, err := readReady(string(text))
		if err != nil {
			return nil, fmt.Errorf("ready answer %s/%s: %w", language, e.Name(), err)
		}
		out = append(out, a)
	}
	return out, nil
}

func readReady(text string) (ReadyAnswer, error) {
	head, body, found := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !found {
		return ReadyAnswer{}, fmt.Errorf("no end of the front matter")
	}
	a := ReadyAnswer{HTML: htmlOf(body)}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "key":
			a.Key = value
		case "folder":
			a.Folder = value
		case "title":
			a.Title = value
		case "shortcut":
			a.Shortcut = value
		case "actions":
			for kind := range strings.SplitSeq(value, ", ") {
				a.Actions = append(a.Actions, Action{Kind: ActionKind(kind)})
			}
		default:
			return a, fmt.Errorf("%q is no part of the front matter", name)
		}
	}
	if !slices.ContainsFunc(shelves, func(s shelf) bool { return s.key == a.Folder }) {
		return a, fmt.Errorf("no folder %q", a.Folder)
	}
	return a, checkActions(a.Actions)
}

var (
	bold   = pattern.Of(`\*\*([^*]+)\*\*`)
	webURL = pattern.Of(`https://[^\s<]+`)
	number = pattern.Of(`^\d+\. `)
)

// htmlOf writes paragraphs, "- " and "1. " lists, **bold** and web addresses as
// the composer does.
func htmlOf(text string) string {
	var b strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		var tag string
		switch {
		case strings.HasPrefix(lines[0], "- "):
			tag = "ul"
		case number.MatchString(lines[0]):
			tag = "ol"
		default:
			b.WriteString("<p>" + inline(strings.Join(lines, " ")) + "</p>")
			continue
		}
		b.WriteString("<" + tag + ">")
		for _, line := range lines {
			line = number.ReplaceAllString(strings.TrimPrefix(line, "- "), "")
			b.WriteString("<li><p>" + inline(line) + "</p></li>")
		}
		b.WriteString("</" + tag + ">")
	}
	return b.String()
}

func inline(s string) string {
	s = html.EscapeString(s)
	s = webURL.ReplaceAllString(s, `<a href="$0">$0</a>`)
	return bold.ReplaceAllString(s, "<strong>$1</strong>")
}
