package view

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// leaf is one field that a filter may ask about. write reads the value and
// writes the condition; false says that the value doesn't fit.
type leaf struct {
	op    string
	write func(c *compiler, value []byte) (string, bool)
}

// leaves are the fields by name. Every condition is over the conversation's own
// columns, or over rows found by its id (I12).
var leaves = map[string]leaf{
	"assignee": oneOf("c.assignee_id", map[string]string{"nobody": "c.assignee_id is null"}, map[string]func(*compiler) string{
		"me": func(c *compiler) string {
			return "c.assignee_id = " + c.add(func(r look) any { return int64(r.by.Person) })
		},
	}),
	"team": oneOf("c.team_id", map[string]string{"none": "c.team_id is null"}, map[string]func(*compiler) string{
		"mine": func(c *compiler) string {
			return "c.team_id in (select m.team_id from team_member m where m.person_id = " + c.add(func(r look) any { return int64(r.by.Person) }) + ")"
		},
	}),
	"tag": {"is", func(c *compiler, v []byte) (string, bool) {
		n, ok := row(v)
		return "exists (select 1 from conversation_tag t where t.conversation_id = c.id and t.tag_id = " + c.add(fixed(n)) + ")", ok
	}},
	"reason": {"is", func(c *compiler, v []byte) (string, bool) {
		if word, ok := oneWord(v); ok && word == "none" {
			return "c.reason_id is null", true
		}
		n, ok := row(v)
		at := c.add(fixed(n))
		// The first level stands for all of its second.
		return "(c.reason_id = " + at + " or c.reason_id in (select r.id from reason r where r.parent_id = " + at + "))", ok
	}},
	"mailbox":   oneOf("c.mailbox_id", map[string]string{"none": "c.mailbox_id is null"}, nil),
	"channel":   word("c.channel", "mail", "phone", "counter", "letter", "form"),
	"state":     word("c.state", "open", "waiting", "closed"),
	"language":  short("c.language"),
	"priority":  {"is", number("c.priority = ", -1, 1)},
	"reminders": {"min", number("c.reminders >= ", 0, 1000)},
	"due":       {"within", minutes("c.next_due_at <= ", 1)},
	"received":  {"within", minutes("c.last_message_at >= ", -1)},
	"law":       yesNo("c.law"),
	"holding":   yesNo("c.holding"),
	"angry":     yesNo("c.angry"),
	"draft":     yesNo("exists (select 1 from draft d where d.conversation_id = c.id)"),
	"text":      {"contains", contains},
}

// row reads the id of a row.
func row(v []byte) (int64, bool) {
	var n int64
	err := json.Unmarshal(v, &n)
	return n, err == nil && n > 0
}

func oneWord(v []byte) (string, bool) {
	var s string
	err := json.Unmarshal(v, &s)
	return s, err == nil && utf8.ValidString(s)
}

// oneOf compares a column with a row, or with a word that stands for some.
func oneOf(column string, words map[string]string, asked map[string]func(*compiler) string) leaf {
	return leaf{"is", func(c *compiler, v []byte) (string, bool) {
		if word, ok := oneWord(v); ok {
			if ask := asked[word]; ask != nil {
				return ask(c), true
			}
			text, ok := words[word]
			return text, ok
		}
		n, ok := row(v)
		return column + " = " + c.add(fixed(n)), ok
	}}
}

// word compares a column with one of its own words.
func word(column string, words ...string) leaf {
	return leaf{"is", func(c *compiler, v []byte) (string, bool) {
		got, ok := oneWord(v)
		for _, w := range words {
			if ok && w == got {
				return column + " = " + c.add(fixed(w)), true
			}
		}
		return "", false
	}}
}

func short(column string) leaf {
	return leaf{"is", func(c *compiler, v []byte) (string, bool) {
		got, ok := oneWord(v)
		return column + " = " + c.add(fixed(got)), ok && len(got) <= 20 && !strings.ContainsRune(got, 0)
	}}
}

func number(text string, least, most int64) func(*compiler, []byte) (string, bool) {
	return func(c *compiler, v []byte) (string, bool) {
		var n int64
		err := json.Unmarshal(v, &n)
		return text + c.add(fixed(n)), err == nil && n >= least && n <= most
	}
}

// mostMinutes is ten years.
const mostMinutes = 10 * 366 * 24 * 60

// minutes compares with an instant that many minutes from now, or before it.
func minutes(text string, way int) func(*compiler, []byte) (string, bool) {
	return func(c *compiler, v []byte) (string, bool) {
		var n int64
		err := json.Unmarshal(v, &n)
		at := c.add(func(r look) any { return r.now.Add(time.Duration(way) * time.Duration(n) * time.Minute) })
		return text + at, err == nil && n >= -mostMinutes && n <= mostMinutes
	}
}

func yesNo(condition string) leaf {
	return leaf{"is", func(_ *compiler, v []byte) (string, bool) {
		switch {
		case bytes.Equal(v, []byte("true")):
			return condition, true
		case bytes.Equal(v, []byte("false")):
			return "not " + condition, true
		}
		return "", false
	}}
}

// contains looks for words as they stand in what a list shows of a conversation.
func contains(c *compiler, v []byte) (string, bool) {
	at, ok := like(c, v)
	return `(lower(c.subject) like ` + at + ` escape '\' or lower(c.snippet) like ` + at + ` escape '\')`, ok
}

// like takes along the pattern of words as they stand, in either case of the
// letters a to z: both stores fold those alone.
func like(c *compiler, v []byte) (at string, ok bool) {
	text, ok := oneWord(v)
	text = strings.TrimSpace(text)
	if !ok || text == "" || utf8.RuneCountInString(text) > 100 || strings.ContainsRune(text, 0) {
		return "", false
	}
	lower := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
	return c.add(fixed("%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(lower) + "%")), true
}
