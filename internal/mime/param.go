package mime

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// maxParams bounds the parameters of one field.
const maxParams = 200

// structured is a field with parameters: Content-Type, Content-Disposition.
type structured struct {
	value  string // lower case: "text/html", "attachment"
	params map[string]string
}

// parseStructured reads a value and its parameters with every fault that mail
// programs make: missing semicolons' blanks, unquoted names with blanks,
// doubled parameters (the first counts), RFC 2231 pieces and encoded words in
// quotes.
func parseStructured(raw string) structured {
	head, rest, _ := strings.Cut(raw, ";")
	s := structured{value: strings.ToLower(strings.TrimSpace(head))}
	if i := strings.IndexAny(s.value, " \t,"); i >= 0 {
		s.value = s.value[:i]
	}
	s.value = strings.Trim(s.value, `"'`)
	if strings.Contains(s.value, "=") { // "Content-Type: charset=utf-8"
		s.value, rest = "", raw
	}
	if rest != "" {
		s.params = joinPieces(cutParams(rest))
	}
	return s
}

func cutParams(rest string) map[string]string {
	params := make(map[string]string, 4)
	for len(rest) > 0 && len(params) < maxParams {
		rest = strings.TrimLeft(rest, "; \t")
		eq := strings.IndexAny(rest, "=;")
		if eq < 0 {
			break
		}
		name := strings.ToLower(strings.TrimSpace(rest[:eq]))
		if rest[eq] == ';' {
			rest = rest[eq+1:]
			continue
		}
		var value string
		value, rest = cutParamValue(strings.TrimLeft(rest[eq+1:], " \t"))
		if i := strings.LastIndexAny(name, " \t"); i >= 0 { // "text/plain charset=utf-8"
			name = name[i+1:]
		}
		if _, doubled := params[name]; !doubled && name != "" {
			params[name] = value
		}
	}
	return params
}

func cutParamValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return strings.TrimSpace(value), rest
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	value, rest, _ = strings.Cut(s[1:], ";") // the quote never closes
	return strings.TrimSpace(value), rest
}

// joinPieces puts name*0*=, name*1=… together and decodes them (RFC 2231).
func joinPieces(params map[string]string) map[string]string {
	type piece struct {
		order   int
		encoded bool
		value   string
	}
	var pieces map[string][]piece
	for name, value := range params {
		base, tail, found := strings.Cut(name, "*")
		if !found {
			continue
		}
		order, err := strconv.Atoi(strings.TrimSuffix(tail, "*"))
		if err != nil {
			order = 0
		}
		if pieces == nil {
			pieces = make(map[string][]piece)
		}
		pieces[base] = append(pieces[base], piece{order, strings.HasSuffix(name, "*"), value})
		delete(params, name)
	}
	for base, list := range pieces {
		sort.SliceStable(list, func(i, j int) bool { return list[i].order < list[j].order })
		charset := ""
		var b strings.Builder
		for i, p := range list {
			if i == 0 && p.encoded {
				if cs, text, ok := cutExtended(p.value); ok {
					charset, p.value = cs, text
				}
			}
			if p.encoded {
				p.value = percentDecoded(p.value)
			}
			b.WriteString(p.value)
		}
		params[base] = toUTF8([]byte(b.String()), charset)
	}
	return params
}

func cutExtended(v string) (charset, text string, ok bool) {
	charset, rest, ok1 := strings.Cut(v, "'")
	_, text, ok2 := strings.Cut(rest, "'")
	return charset, text, ok1 && ok2
}

func percentDecoded(s string) string {
	if d, err := url.PathUnescape(s); err == nil {
		return d
	}
	return s
}
