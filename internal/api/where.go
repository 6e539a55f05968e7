package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// within is the location of a field of an input, or of its body, that lies at
// another: what is embedded lies where its owner does.
func within(at string, f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case f.Anonymous && name == "":
		return at
	case at != "":
		return at + "." + name
	case f.Name == "Body":
		return "body"
	}
	for _, part := range []string{"query", "path", "header"} {
		if name, _, _ := strings.Cut(f.Tag.Get(part), ","); name != "" {
			return part + "." + name
		}
	}
	return ""
}

// placed is the location of a field that a domain package names by its own
// word: "cursor" may be query.cursor here and body.list.cursor there. The
// shallowest one counts; a word that no field has is said of the body.
func placed(in reflect.Type, field string) string {
	first := field
	if end := strings.IndexAny(field, ".["); end >= 0 {
		first = field[:end]
	}
	type level struct {
		of reflect.Type
		at string
	}
	for depth, here := 0, []level{{in, ""}}; len(here) > 0 && depth < 6; depth++ {
		var below []level
		for ; len(here) > 0; here = here[1:] {
			of := here[0].of
			for of.Kind() == reflect.Pointer {
				of = of.Elem()
			}
			if of.Kind() != reflect.Struct || of == instantType {
				continue
			}
			for i := range of.NumField() {
				f := of.Field(i)
				at := within(here[0].at, f)
				switch {
				case at == here[0].at: // of the same level
					here = append(here, level{f.Type, at})
				case strings.HasSuffix(at, "."+first):
					return at + field[len(first):]
				default:
					below = append(below, level{f.Type, at})
				}
			}
		}
		here = below
	}
	return "body." + field
}

// called gives a fault's field the name that it has here.
func called(name string, err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) || f.Field == "" {
		return err
	}
	named := *f
	named.Field = name
	return &named
}

// misfit is a value of a body that fits the document's schema and not the Go
// type behind it, as 1e0 for a whole number. Huma passes on its words alone, so
// they carry the place, and nothing of ours.
type misfit struct{ at, wants string }

const misfitMark = "misfit\x00"

func (m misfit) Error() string { return misfitMark + m.at + "\x00" + m.wants }

// readBody is json.Unmarshal of what can be stored, telling in our clients'
// words what doesn't fit.
func readBody(body []byte, into any) error {
	err := json.Unmarshal(storable(body), into)
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return err
	}
	m := misfit{"body", validation.MsgExpectedNumber}
	for name := range strings.SplitSeq(wrong.Field, ".") {
		if name != "" && !unicode.IsUpper(rune(name[0])) { // a type that is embedded in the body
			m.at += "." + name
		}
	}
	switch wrong.Type.Kind() {
	case reflect.Int, reflect.Int64, reflect.Int32:
		m.wants = validation.MsgExpectedInteger
	case reflect.String:
		m.wants = validation.MsgExpectedString
	case reflect.Struct, reflect.Map:
		m.wants = validation.MsgExpectedObject
	}
	return m
}

// detailOf is what huma says of one field, at the field itself.
func detailOf(d *huma.ErrorDetail) ProblemDetail {
	begin, end, _ := strings.Cut(validation.MsgExpectedRequiredProperty, "%s")
	if missing, ok := strings.CutPrefix(d.Message, begin); ok {
		return ProblemDetail{Location: d.Location + "." + strings.TrimSuffix(missing, end), Message: d.Message}
	}
	if told, ok := strings.CutPrefix(d.Message, misfitMark); ok {
		at, wants, _ := strings.Cut(told, "\x00")
		return ProblemDetail{Location: at, Message: wants}
	}
	return ProblemDetail{Location: d.Location, Message: d.Message}
}

// placedIn is placed for what isn't JSON.
func placedIn(r *http.Request, p *Problem) *Problem {
	for i, e := range p.Errors {
		name := strings.TrimPrefix(e.Location, "body.")
		switch {
		case r.PathValue(name) != "":
			p.Errors[i].Location = "path." + name
		case r.Method == http.MethodGet:
			p.Errors[i].Location = "query." + name
		}
	}
	return p
}
