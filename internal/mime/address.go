package mime

import (
	"strings"
	"unicode/utf8"
)

// Address is one mailbox. Name is decoded and may be empty; Address is trimmed,
// its domain in lower case, and empty when none could be read. Both are valid
// UTF-8 in one line.
type Address struct{ Name, Address string }

// Bounds of address lists.
const (
	maxAddresses    = 1000
	maxAddressField = 256 << 10
)

// parseAddresses reads an address list (RFC 5322, 3.4) the way people get to
// write them: groups, comments as names, missing brackets, unclosed quotes,
// blanks or semicolons between mailboxes.
func parseAddresses(raw string) []Address {
	if len(raw) > maxAddressField {
		raw = raw[:maxAddressField]
	}
	var list []Address
	for _, item := range cutAddresses(raw) {
		a := readAddress(item)
		if (a.Address != "" || a.Name != "") && len(list) < maxAddresses {
			list = append(list, a)
		}
	}
	return list
}

// cutAddresses cuts at commas and semicolons outside quotes, comments and
// brackets, after a closing bracket, and after a group's name.
func cutAddresses(raw string) []string {
	var items []string
	lastQuote := strings.LastIndexByte(raw, '"')
	start, depth, quoted, angle := 0, 0, false, false
	cut := func(i int) { items = append(items, raw[start:i]); start = i + 1 }
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case c == '\\' && (quoted || depth > 0):
			i++
		case quoted:
			quoted = c != '"'
		case c == '"' && i < lastQuote && !angle:
			quoted = true
		case c == '(' && !angle && strings.IndexByte(raw[i:min(len(raw), i+500)], ')') > 0:
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
			if followedByMailbox(raw, i+1) {
				cut(i + 1)
				start = i + 1
			}
		case (c == ',' || c == ';') && (!angle || c == ';'):
			angle = false
			cut(i)
		case c == ':' && !angle && !strings.ContainsAny(raw[start:min(i, start+200)], "@<"):
			start = i + 1 // a group's name, or "mailto"
		}
	}
	if start < len(raw) {
		items = append(items, raw[start:])
	}
	return items
}

// followedByMailbox says that another mailbox follows without a comma.
func followedByMailbox(raw string, i int) bool {
	rest := raw[i:min(len(raw), i+300)]
	stop := strings.IndexAny(rest, ",;")
	open := strings.IndexByte(rest, '<')
	return open >= 0 && (stop < 0 || open < stop)
}

func readAddress(item string) Address {
	item = strings.TrimSpace(item)
	if open := strings.LastIndexByte(item, '<'); open >= 0 {
		spec, after, _ := strings.Cut(item[open+1:], ">")
		name := phrase(item[:open])
		if name == "" {
			name = phrase(after)
		}
		return Address{Name: sameAsAddress(name, spec), Address: NormalAddress(spec)}
	}
	spec, name := item, ""
	if open := strings.IndexByte(item, '('); open >= 0 {
		if length := strings.LastIndexByte(item[open:], ')'); length > 0 {
			name = phrase(item[open+1 : open+length])
			spec = item[:open] + " " + item[open+length+1:]
		}
	}
	if fields := strings.Fields(spec); len(fields) > 1 { // "Camille camille@example.fr"
		for i, f := range fields {
			if strings.Contains(f, "@") && !strings.HasPrefix(f, `"`) {
				if name == "" {
					name = phrase(strings.Join(append(fields[:i:i], fields[i+1:]...), " "))
				}
				return Address{Name: name, Address: NormalAddress(f)}
			}
		}
	}
	if !strings.Contains(spec, "@") {
		return Address{Name: phrase(spec)}
	}
	return Address{Name: name, Address: NormalAddress(spec)}
}

func sameAsAddress(name, spec string) string {
	if strings.EqualFold(strings.Trim(name, "'"), strings.TrimSpace(spec)) {
		return ""
	}
	return name
}

// phrase decodes a display name: quotes and their escapes go, words decode.
func phrase(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexByte(s, '"') >= 0 {
		var b strings.Builder
		for i := 0; i < len(s); i++ {
			if s[i] == '\\' && i+1 < len(s) {
				i++
			} else if s[i] == '"' {
				continue
			}
			b.WriteByte(s[i])
		}
		s = b.String()
	}
	s = clip(decodeWords(s), 200)
	if len(s) > 1 && s[0] == '\'' && s[len(s)-1] == '\'' {
		s = s[1 : len(s)-1]
	}
	return strings.TrimSpace(s)
}

// NormalAddress trims an address and lower-cases its domain, so that the same
// mailbox compares equal; "" when it holds no mailbox name and domain. The part
// before the @ keeps its case (RFC 5321, 2.4).
func NormalAddress(s string) string {
	s = decodeWords(strings.TrimSpace(s))
	if len(s) >= 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	s = strings.Trim(s, "<>'\" \t,;")
	if i := strings.LastIndexByte(s, ':'); i >= 0 && strings.HasPrefix(s, "@") { // source route
		s = s[i+1:]
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 320 {
		return ""
	}
	local, domain := s[:at], strings.ToLower(strings.TrimSuffix(s[at+1:], "."))
	if !strings.HasPrefix(local, `"`) {
		local = strings.ReplaceAll(local, " ", "")
	}
	if domain == "" || strings.ContainsAny(domain, " <>") {
		return ""
	}
	return local + "@" + domain
}

// clip cuts to at most n runes.
func clip(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := 0
	for i := range s {
		if runes == n {
			return s[:i]
		}
		runes++
	}
	return s
}
