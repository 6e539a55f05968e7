package search

import (
	"slices"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
)

// Match says which messages are wanted: those that have one token of each of
// its groups. A token that ends in * is the beginning of one.
type Match struct{ groups [][]string }

// Empty tells whether nothing was asked.
func (m Match) Empty() bool { return len(m.groups) == 0 }

// and adds a group unless it is there already.
func (m *Match) and(group ...string) {
	slices.Sort(group)
	group = slices.Compact(group)
	for _, g := range m.groups {
		if slices.Equal(g, group) {
			return
		}
	}
	m.groups = append(m.groups, group)
}

// OfShop narrows the match to one shop, where there are several: the hits of a
// large one must not stand before those of a small one.
func (m *Match) OfShop(shop id.Shop) {
	if !m.Empty() {
		m.and(ofShop + strconv.FormatInt(int64(shop), 36))
	}
}

// fts writes the match in FTS5's language. Tokens are letters, digits and the
// mark, so that quotes hold them.
func (m Match) fts() string { return m.write(" AND ", " OR ", `"`, `"*`) }

// tsquery writes it in PostgreSQL's.
func (m Match) tsquery() string { return m.write(" & ", " | ", "'", "':*") }

func (m Match) write(and, or, quote, prefixed string) string {
	var b strings.Builder
	for i, group := range m.groups {
		if i > 0 {
			b.WriteString(and)
		}
		b.WriteByte('(')
		for j, token := range group {
			if j > 0 {
				b.WriteString(or)
			}
			end := quote
			if cut, ok := strings.CutSuffix(token, "*"); ok {
				token, end = cut, prefixed
			}
			b.WriteString(quote)
			b.WriteString(token)
			b.WriteString(end)
		}
		b.WriteByte(')')
	}
	return b.String()
}
