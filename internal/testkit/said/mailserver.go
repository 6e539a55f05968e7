package said

import (
	"fmt"
	"go/ast"
	"regexp"
	"strings"
)

// numbered is a verb with its number: "%[1]s".
var numbered = regexp.MustCompile(`%\[(\d)\][sd]`)

// narrow are the spaces that package smtpout puts before these signs.
var narrow = strings.NewReplacer(" :", "\u202f:", " ;", "\u202f;", " ?", "\u202f?", "« ", "«\u202f", " »", "\u202f»", "'", "’")

// mailServerOf reads what package smtpout says of a mail server, in French by
// its English: that is kept with a delivery, and read in the screen's language.
func mailServerOf(packages []source) (map[string]string, error) {
	out := map[string]string{}
	note := func(fr, en ast.Expr) {
		f, ok := literal(fr)
		e, ok2 := literal(en)
		if ok && ok2 {
			out[numbered.ReplaceAllString(e, "{$1}")] = numbered.ReplaceAllString(narrow.Replace(f), "{$1}")
		}
	}
	for _, p := range packages {
		if p.name != "channel/mail/smtpout" {
			continue
		}
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if show(n.Fun) == "say" && len(n.Args) >= 2 {
						note(n.Args[0], n.Args[1])
					}
				case *ast.ValueSpec:
					if n.Names[0].Name == "providers" {
						hints(n, note)
					}
				}
				return true
			})
		}
	}
	if len(out) < 20 {
		return nil, fmt.Errorf("the sentences about mail servers are not where they were: %d found", len(out))
	}
	return out, nil
}

// hints are the providers' own: host, French, English.
func hints(list *ast.ValueSpec, note func(fr, en ast.Expr)) {
	ast.Inspect(list, func(n ast.Node) bool {
		if one, ok := n.(*ast.CompositeLit); ok && len(one.Elts) == 3 {
			note(one.Elts[1], one.Elts[2])
		}
		return true
	})
}
