package store

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"sync"
	"time"
)

// bind turns arguments into what both drivers take: instants become
// microseconds (the zero instant NULL), named kinds their basic kind.
func bind(args []any) ([]any, error) {
	out := make([]any, len(args))
	for i, a := range args {
		v, err := bindOne(a)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		out[i] = v
	}
	return out, nil
}

func bindOne(a any) (any, error) {
	switch v := a.(type) {
	case nil, int64, string, bool, []byte, float64:
		return v, nil
	case time.Time:
		if v.IsZero() {
			return nil, nil
		}
		return v.UnixMicro(), nil
	case driver.Valuer:
		return v.Value()
	}
	r := reflect.ValueOf(a)
	switch r.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int(), nil
	case reflect.String:
		return r.String(), nil
	case reflect.Bool:
		return r.Bool(), nil
	default:
		return nil, fmt.Errorf("cannot store a %T", a)
	}
}

var timeType = reflect.TypeFor[time.Time]()

// instant reads microseconds; NULL is the zero instant.
type instant struct{ t *time.Time }

func (i instant) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*i.t = time.Time{}
	case int64:
		*i.t = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("an instant is no %T", src)
	}
	return nil
}

// text reads a string kind; NULL is "".
type text struct{ v reflect.Value }

func (t text) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		t.v.SetString("")
	case string:
		t.v.SetString(v)
	case []byte:
		t.v.SetString(string(v))
	default:
		return fmt.Errorf("a text is no %T", src)
	}
	return nil
}

func target(v reflect.Value) any {
	switch {
	case v.Type() == timeType:
		return instant{v.Addr().Interface().(*time.Time)} //nolint:errcheck // the case says the type
	case v.Kind() == reflect.String:
		return text{v}
	default:
		return v.Addr().Interface()
	}
}

// columns of a struct by `db` tag; embedded structs are looked into.
var columnsOf sync.Map // reflect.Type -> map[string][]int

func fieldsByColumn(t reflect.Type) map[string][]int {
	if m, ok := columnsOf.Load(t); ok {
		return m.(map[string][]int) //nolint:errcheck // only written below
	}
	m := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("db"); name != "" {
			m[name] = f.Index
		}
	}
	columnsOf.Store(t, m)
	return m
}

func scannerFor[T any](rows *sql.Rows) (func(*sql.Rows) (T, error), error) {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct || t == timeType || reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]()) {
		return scanSingle[T], nil
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("columns: %w", err)
	}
	byColumn := fieldsByColumn(t)
	paths := make([][]int, len(names))
	for i, name := range names {
		path, ok := byColumn[name]
		if !ok {
			return nil, fmt.Errorf("%s has no field for column %q", t, name)
		}
		paths[i] = path
	}
	return func(rows *sql.Rows) (T, error) {
		var out T
		v := reflect.ValueOf(&out).Elem()
		dest := make([]any, len(paths))
		for i, path := range paths {
			dest[i] = target(v.FieldByIndex(path))
		}
		return out, rows.Scan(dest...)
	}, nil
}

func scanSingle[T any](rows *sql.Rows) (T, error) {
	var out T
	err := rows.Scan(target(reflect.ValueOf(&out).Elem()))
	return out, err
}
