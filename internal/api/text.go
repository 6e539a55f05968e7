package api

import (
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

var instantType = reflect.TypeFor[time.Time]()

// unstorable names the first field of an input with text that one of the stores
// would refuse: PostgreSQL knows neither NUL nor broken UTF-8, and both behave
// the same (I11). "" when there is none.
func unstorable(v reflect.Value, name string) string {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
			return name
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return unstorable(v.Elem(), name)
		}
	case reflect.Struct:
		return unstorableField(v, name)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return ""
		}
		for i := range v.Len() {
			if where := unstorable(v.Index(i), name); where != "" {
				return where
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if unstorable(key, name) != "" {
				return name
			}
			if where := unstorable(v.MapIndex(key), name); where != "" {
				return where
			}
		}
	}
	return ""
}

func unstorableField(v reflect.Value, name string) string {
	if v.Type() == instantType {
		return ""
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		inner, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		for _, tag := range []string{"query", "path", "header"} {
			if inner == "" {
				inner, _, _ = strings.Cut(f.Tag.Get(tag), ",")
			}
		}
		if inner == "" || f.Anonymous {
			inner = name
		}
		if where := unstorable(v.Field(i), inner); where != "" {
			return where
		}
	}
	return ""
}
