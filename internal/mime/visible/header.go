package visible

import (
	"strings"
	"unicode/utf8"
)

// headerBlock gathers what the lines of a quoted header say.
type headerBlock struct {
	roles   role
	dated   bool // the date field holds a date
	address bool // sender or recipient holds an address
	form    bool // has fields of a contact form
	end     int  // the line after the last field
}

// Bounds of a header block: fields, and lines that wrap between two of them.
const (
	maxHeaderLines  = 20
	maxWrappedLines = 2
)

// findHeader looks for a header block that begins in line i: at its start
// ("De : … / Envoyé : …"), or behind the customer's words when a program has
// put the whole mail on one line.
func findHeader(lines []line, i int) (attribution, bool) {
	if !strings.ContainsAny(lines[i].text, ":：") {
		return attribution{}, false
	}
	if isField(lines[i].head()) {
		if b := readHeader(lines, i); b.convinces() {
			return attribution{end: b.end}, true
		}
	}
	if from := headerInside(lines[i].plain); from >= 0 {
		return attribution{from, i + 1, true}, true
	}
	return attribution{}, false
}

// isField: a field of a header begins the line, or "Message du 12/11/26", which
// Orange writes without a colon.
func isField(s string) bool {
	return startsWithField(s) || startsWithMessageOf(s)
}

// startsWithField answers as fieldAtStart would. It is asked of every quoted
// line, and the expression with its hundred words costs more than all the rest
// of reading a mail, so plain ASCII is looked up.
func startsWithField(s string) bool {
	s = strings.TrimLeft(s, asciiSpace+">*_|")
	end := strings.IndexByte(s, ':')
	if wide := strings.Index(s, "："); wide >= 0 && (end < 0 || wide < end) {
		end = wide
	}
	if end < 0 {
		return false
	}
	word := strings.TrimRight(s[:end], asciiSpace+"*_")
	if len(word) > longestHeaderWord {
		return false
	}
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return fieldAtStart.MatchString(s)
		}
	}
	return roleOf(word) != 0
}

func startsWithMessageOf(s string) bool {
	s = strings.TrimLeft(s, asciiSpace+">*")
	return s != "" && (s[0]|0x20 == 'm' || s[0]|0x20 == 'n') && messageOf.MatchString(s)
}

// asciiSpace is what \s stands for in a regular expression.
const asciiSpace = " \t\n\f\r"

func readHeader(lines []line, i int) headerBlock {
	b := headerBlock{end: i + 1}
	wrapped := 0
	current := role(0)
	for j := i; j < len(lines) && j-i < maxHeaderLines; j++ {
		l := lines[j]
		s := l.head()
		b.form = b.form || formWords.MatchString(s)
		if l.blank() || (l.byAngle() && len(strings.Trim(s, "> ")) == 0) {
			next := nextContent(lines, j)
			if next >= len(lines) || next-j > 2 || !isField(lines[next].head()) {
				b.form = b.form || formFollows(lines, next)
				break
			}
			continue
		}
		first := fieldAtStart.FindStringSubmatch(s)
		switch {
		case j == i && messageOf.MatchString(s):
			b.roles, b.dated, current = roleDate, true, roleDate
		case first != nil:
			r := roleOf(first[1])
			if b.roles&r != 0 && r != roleOther {
				return b // a second header below the first is the quote's own
			}
			current = b.readFields(s)
			b.end, wrapped = j+1, 0
		case wrapped == maxWrappedLines || l.quoted != lines[i].quoted:
			b.form = b.form || formFollows(lines, j)
			return b
		default:
			b.note(current, s)
			wrapped++
		}
	}
	return b
}

// readFields notes each field of a line and returns the last one's role.
func (b *headerBlock) readFields(s string) role {
	marks := fieldInside.FindAllStringSubmatchIndex(s, 12)
	last := role(0)
	for k, at := range marks {
		value := s[at[1]:]
		if k+1 < len(marks) {
			value = s[at[1]:marks[k+1][0]]
		}
		r := roleOf(s[at[2]:at[3]])
		if k > 0 && b.roles&r != 0 {
			continue // "RE: a: b" inside a subject
		}
		last = r
		b.roles |= r
		b.note(r, value)
	}
	if len(marks) == 0 { // a wide colon
		if m := fieldAtStart.FindStringSubmatchIndex(s); m != nil {
			last = roleOf(s[m[2]:m[3]])
			b.roles |= last
			b.note(last, s[m[1]:])
		}
	}
	return last
}

func (b *headerBlock) note(r role, value string) {
	switch r {
	case roleDate:
		b.dated = b.dated || hasDate.MatchString(value) || hasTime.MatchString(value)
	case roleFrom, roleTo:
		b.address = b.address || hasEmail.MatchString(value)
	case roleCopy, roleSubject, roleOther:
	}
}

// convinces asks for a date, since programs always write one, and for an
// address or the full set: "De : Paris / À : Lyon / Date : 12/11" is a
// customer telling of a parcel.
func (b headerBlock) convinces() bool {
	if !b.dated || b.form || b.roles&(roleFrom|roleTo) == 0 {
		return false
	}
	return b.address || b.roles&(roleFrom|roleSubject) == roleFrom|roleSubject
}

func roleOf(word string) role {
	return headerRoles[strings.ToLower(word)]
}

// formFollows looks at the next few lines for the fields of a contact form.
func formFollows(lines []line, i int) bool {
	for j := i; j < len(lines) && j < i+4; j++ {
		if formWords.MatchString(lines[j].head()) {
			return true
		}
	}
	return false
}

// headerInside finds "… De: x@y Envoyé: mardi, 16 juin, 12:49 À: … Objet: …"
// in the middle of a line. All of sender, date, subject and an address must
// stand close together.
func headerInside(s string) int {
	const window, tries = 600, 32
	if !strings.Contains(s, "@") || strings.Count(s, ":") < 3 {
		return -1
	}
	marks := fieldInside.FindAllStringSubmatchIndex(s, 256)
	seen := 0
	for k, at := range marks {
		if r := roleOf(s[at[2]:at[3]]); r != roleFrom && r != roleDate {
			continue
		}
		if seen++; seen > tries {
			return -1
		}
		var b headerBlock
		for m := k; m < len(marks) && marks[m][0]-at[0] < window; m++ {
			value := s[marks[m][1]:min(len(s), marks[m][1]+window)]
			if m+1 < len(marks) {
				value = s[marks[m][1]:marks[m+1][0]]
			}
			r := roleOf(s[marks[m][2]:marks[m][3]])
			if b.roles&r != 0 {
				break
			}
			b.roles |= r
			b.note(r, value)
		}
		if b.dated && b.address && b.roles&(roleFrom|roleSubject) == roleFrom|roleSubject {
			return backOverDecoration(s, at[0])
		}
	}
	return -1
}

// backOverDecoration moves a place back over the row of dashes before it.
func backOverDecoration(s string, at int) int {
	trimmed := strings.TrimRight(s[:at], " -_=*>")
	return len(trimmed)
}
