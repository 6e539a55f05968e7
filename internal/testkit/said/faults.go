package said

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// taker is a function that makes a fault of one of its arguments.
type taker struct {
	argument int
	suffix   string
}

// built are the constructors of package fault.
var built = map[string]taker{"fault.New": {2, ""}, "fault.Wrong": {1, ""}, "fault.Missing": {0, " not found"}}

// passed on is what comes from another sentence that is listed already, by
// package and expression.
var passedOn = []string{
	"api f.Detail", "api message", // errors.go: a fault's own sentence; huma's, listed in elsewhere
	"shop err.Error()", "shop why", // hours.go: the calendar's, listed in elsewhere
}

type faultReader struct {
	p      source
	takers map[string]taker // by name: constructors, and functions of the package that pass an argument on
	found  []string
	lost   []string
}

func faultsOf(packages []source) (all []string, err error) {
	for _, p := range packages {
		// The constructors themselves; and package mime, which refuses what only a
		// mistake of ours could ask for.
		if p.name == "fault" || p.name == "mime" || strings.HasPrefix(p.name, "mime/") {
			continue
		}
		r := faultReader{p: p, takers: map[string]taker{}}
		for name, t := range built {
			r.takers[name] = t
		}
		for known := 0; known != len(r.takers); { // until no further function is seen to pass one on
			known = len(r.takers)
			r.found, r.lost = nil, nil
			for _, f := range p.files {
				r.file(f)
			}
		}
		if len(r.lost) > 0 {
			return nil, fmt.Errorf("sentences that cannot be read from the source: %s", strings.Join(r.lost, "; "))
		}
		all = append(all, r.found...)
	}
	return all, nil
}

func (r *faultReader) file(f *ast.File) {
	for _, d := range f.Decls {
		var in *ast.FuncDecl
		if fd, ok := d.(*ast.FuncDecl); ok {
			in = fd
		}
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if t, ok := r.takers[calledName(n.Fun)]; ok && len(n.Args) > t.argument {
					r.sentence(in, n.Args[t.argument], t.suffix)
				}
			case *ast.CompositeLit:
				if name := calledName(n.Type); name == "Problem" || name == "fault.Fault" || name == "api.Problem" || name == "Fault" {
					r.detail(in, n)
				}
			}
			return true
		})
	}
}

func calledName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			if _, ok := built[x.Name+"."+e.Sel.Name]; ok || x.Name == "fault" || x.Name == "api" {
				return x.Name + "." + e.Sel.Name
			}
		}
		return e.Sel.Name
	}
	return ""
}

func (r *faultReader) detail(in *ast.FuncDecl, lit *ast.CompositeLit) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Detail" {
				r.sentence(in, kv.Value, "")
			}
		}
	}
}

// sentence notes what an expression says.
func (r *faultReader) sentence(in *ast.FuncDecl, e ast.Expr, suffix string) {
	if text, ok := literal(e); ok {
		r.found = append(r.found, text+suffix)
		return
	}
	name := ""
	if ident, ok := e.(*ast.Ident); ok {
		name = ident.Name
	}
	if name != "" && in != nil {
		if i := parameter(in, name); i >= 0 && !slices.Contains(passedOn, r.p.name+" "+name) {
			r.takers[in.Name.Name] = taker{i, suffix}
			return
		}
		if list := r.assigned(in, name); len(list) > 0 {
			for _, text := range list {
				r.found = append(r.found, text+suffix)
			}
			return
		}
	}
	if shown := show(e); !slices.Contains(passedOn, r.p.name+" "+shown) {
		r.lost = append(r.lost, r.p.set.Position(e.Pos()).String()+" "+shown)
	}
}

// literal reads a text, texts joined by +, or the format of a Sprintf.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, ok2 := literal(e.Y)
		return left + right, ok && ok2 && e.Op == token.ADD
	case *ast.CallExpr:
		if s, ok := e.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Sprintf" && len(e.Args) > 0 {
			format, ok := literal(e.Args[0])
			return template(format), ok
		}
	}
	return "", false
}

func parameter(in *ast.FuncDecl, name string) int {
	i := 0
	for _, field := range in.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// assigned are the texts that a function gives to a variable of its own, also
// by way of another function of the package.
func (r *faultReader) assigned(in *ast.FuncDecl, name string) (list []string) {
	ast.Inspect(in, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != len(a.Rhs) {
			return true
		}
		for i, left := range a.Lhs {
			if ident, ok := left.(*ast.Ident); ok && ident.Name == name {
				if text, ok := literal(a.Rhs[i]); ok {
					list = append(list, text)
				} else if call, ok := a.Rhs[i].(*ast.CallExpr); ok {
					list = append(list, r.returned(calledName(call.Fun))...)
				}
			}
		}
		return true
	})
	return list
}

// returned are the texts that a function of the package may give back; "" means
// that nothing is wrong.
func (r *faultReader) returned(by string) (list []string) {
	for _, f := range r.p.files {
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); !ok || fd.Name.Name != by {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if back, ok := n.(*ast.ReturnStmt); ok && len(back.Results) == 1 {
					if text, ok := literal(back.Results[0]); ok && text != "" {
						list = append(list, text)
					}
				}
				return true
			})
		}
	}
	return list
}

func show(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return show(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return show(e.Fun) + "()"
	}
	return fmt.Sprintf("%T", e)
}
