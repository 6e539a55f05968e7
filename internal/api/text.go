package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

var instantType = reflect.TypeFor[time.Time]()

// unstorable gives the location of the first text of an input that one of the
// stores would refuse: PostgreSQL knows neither NUL nor broken UTF-8, and both
// behave the same (I11). "" when there is none.
func unstorable(v reflect.Value, at string) string {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
			return at
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return unstorable(v.Elem(), at)
		}
	case reflect.Struct:
		return unstorableField(v, at)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return unstorableJSON(v, at)
		}
		for i := range v.Len() {
			if where := unstorable(v.Index(i), at+"["+strconv.Itoa(i)+"]"); where != "" {
				return where
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if unstorable(key, at) != "" {
				return at
			}
			if where := unstorable(v.MapIndex(key), at+"."+key.String()); where != "" {
				return where
			}
		}
	}
	return ""
}

// unstorableJSON looks into what is kept as JSON: a string in it is bound as
// text once it is read.
func unstorableJSON(v reflect.Value, at string) string {
	var held any
	if v.Type() != reflect.TypeFor[json.RawMessage]() || json.Unmarshal(v.Bytes(), &held) != nil {
		return ""
	}
	return unstorable(reflect.ValueOf(held), at)
}

func unstorableField(v reflect.Value, at string) string {
	if v.Type() == instantType {
		return ""
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		if where := unstorable(v.Field(i), within(at, f)); where != "" {
			return where
		}
	}
	return ""
}

// storable is a body for the JSON decoder, which reads broken UTF-8 and lone
// surrogates as U+FFFD: what was sent would be kept as something else. They are
// given to it as NUL, so that the field is refused by its name (unstorable).
func storable(body []byte) []byte {
	if utf8.Valid(body) && !bytes.Contains(body, []byte(`\ud`)) && !bytes.Contains(body, []byte(`\uD`)) {
		return body
	}
	const nul = `\u0000`
	out := make([]byte, 0, len(body))
	for len(body) > 0 {
		var size int
		switch r, width := utf8.DecodeRune(body); {
		case r == utf8.RuneError && width == 1:
			out, body = append(out, nul...), body[1:]
			continue
		case r != '\\':
			size = width
		case utf16.IsSurrogate(escaped(body)):
			if utf16.DecodeRune(escaped(body), escaped(body[6:])) == utf8.RuneError {
				out, body = append(out, nul...), body[6:]
				continue
			}
			size = 12
		default:
			size = min(2, len(body))
		}
		out, body = append(out, body[:size]...), body[size:]
	}
	return out
}

// escaped is the code unit that a text begins with as \u0041; -1 for none.
func escaped(text []byte) rune {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}
