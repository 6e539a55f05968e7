package store

import (
	"strconv"
	"strings"
	"sync"
)

// Statement is one SQL text for both stores. Placeholders are $1, $2, … by
// number. A few words in braces stand for what truly differs:
//
//	{for update}   locks the rows read, where there are several writers; rows
//	               that name them may still be written
//	{skip locked}  the same, passing over what another has locked
//	{dbnow}        the database's own time in microseconds, for leases
type Statement struct{ sqlite, postgres string }

var (
	registryMu sync.Mutex
	registry   []Statement
)

// SQL makes a statement of the text. It is meant for package variables: a test
// prepares every registered statement on both stores.
func SQL(text string) Statement {
	return register(Statement{translate(text, SQLite), translate(text, PostgreSQL)})
}

// PerStore makes a statement of two texts, side by side, for the rare case in
// which the engines truly differ.
func PerStore(sqlite, postgres string) Statement {
	return register(Statement{translate(sqlite, SQLite), translate(postgres, PostgreSQL)})
}

// Dynamic makes a statement that was put together at run time from constant
// parts and In; values always travel as arguments.
func Dynamic(text string) Statement {
	return Statement{translate(text, SQLite), translate(text, PostgreSQL)}
}

// For is the text for one engine.
func (s Statement) For(d Dialect) string {
	if d == PostgreSQL {
		return s.postgres
	}
	return s.sqlite
}

// Statements are all that were registered so far.
func Statements() []Statement {
	registryMu.Lock()
	defer registryMu.Unlock()
	return append([]Statement(nil), registry...)
}

// In writes "($n, $n+1, …)" for count values, the first being number first.
func In(first, count int) string {
	if count == 0 {
		return "(null)"
	}
	var b strings.Builder
	b.WriteByte('(')
	for i := range count {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	b.WriteByte(')')
	return b.String()
}

func register(s Statement) Statement {
	registryMu.Lock()
	defer registryMu.Unlock()
	registry = append(registry, s)
	return s
}

var words = map[Dialect]*strings.Replacer{
	SQLite: strings.NewReplacer(
		"{for update}", "",
		"{skip locked}", "",
		"{dbnow}", "cast(unixepoch('subsec') * 1000000 as integer)",
	),
	PostgreSQL: strings.NewReplacer(
		"{for update}", "for no key update",
		"{skip locked}", "for no key update skip locked",
		"{dbnow}", "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)",
	),
}

func translate(text string, d Dialect) string { return words[d].Replace(text) }
