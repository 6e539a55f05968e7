package said

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// reasonOf tells which argument of a method of delivery.Post is the reason.
var reasonOf = map[string]int{"setHeld": 2, "hold": 3, "later": 3, "uncertain": 3, "soft": 3, "hard": 3, "end": 3}

// detailsOf reads the reasons that package delivery itself gives, and that of
// a delivery brought back from a backup.
func detailsOf(packages []source) (list []string, err error) {
	for _, p := range packages {
		texts := constants(p)
		if p.name == "app/archive" {
			list = append(list, texts["HeldDetail"])
		}
		if p.name != "delivery" {
			continue
		}
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				s, ok := call.Fun.(*ast.SelectorExpr)
				if at, known := reasonOf[show(call.Fun)[strings.LastIndex(show(call.Fun), ".")+1:]]; ok && known && show(s.X) == "p" && len(call.Args) > at {
					if text := reason(call.Args[at], texts); text != "" {
						list = append(list, text)
					}
				}
				return true
			})
		}
	}
	if len(list) < 5 || slices.Contains(list, "") {
		return nil, fmt.Errorf("the reasons of deliveries are not where they were: %q", list)
	}
	return list, nil
}

// reason is a text, a constant, or the beginning of what goes on with a
// server's words ("expired: "); "" when all of it is somebody else's.
func reason(e ast.Expr, texts map[string]string) string {
	if text, ok := literal(e); ok {
		return text
	}
	switch e := e.(type) {
	case *ast.Ident:
		return texts[e.Name]
	case *ast.BinaryExpr:
		if start, ok := literal(e.X); ok && e.Op == token.ADD {
			return start
		}
	}
	return ""
}

// eventsOf reads which kinds package view tells of in a conversation.
func eventsOf(packages []source) (list []string, err error) {
	kinds, used := map[string]string{}, []string{}
	for _, p := range packages {
		switch p.name {
		case "event":
			kinds = constants(p)
		case "view":
			for _, f := range p.files {
				ast.Inspect(f, func(n ast.Node) bool {
					spec, ok := n.(*ast.ValueSpec)
					if ok && len(spec.Names) == 1 && spec.Names[0].Name == "selectEvents" {
						ast.Inspect(spec, func(n ast.Node) bool {
							if s, ok := n.(*ast.SelectorExpr); ok && show(s.X) == "event" {
								used = append(used, s.Sel.Name)
							}
							return true
						})
					}
					return true
				})
			}
		}
	}
	for _, name := range used {
		list = append(list, kinds[name])
	}
	if len(list) < 5 || slices.Contains(list, "") {
		return nil, fmt.Errorf("the events of a conversation are not where they were: %q", list)
	}
	return list, nil
}

// constants are the package's texts by name.
func constants(p source) map[string]string {
	out := map[string]string{}
	for _, f := range p.files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				spec, ok := s.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for i, name := range spec.Names {
					if i < len(spec.Values) {
						if text, ok := literal(spec.Values[i]); ok {
							out[name.Name] = text
						}
					}
				}
			}
		}
	}
	return out
}
