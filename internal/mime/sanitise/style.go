package sanitise

import (
	"regexp"
	"strings"
	"unicode"
)

// properties are the styles a mail may have: what it looks like, never where
// it stands. position, z-index and negative margins could lay a false page
// over ours.
var properties = func() map[string]bool {
	list := make(map[string]bool)
	for name := range strings.FieldsSeq(`
		color background background-color background-image background-position background-repeat background-size
		font font-family font-size font-style font-variant font-weight line-height letter-spacing word-spacing
		text-align text-decoration text-decoration-line text-decoration-color text-indent text-transform text-overflow text-shadow vertical-align
		white-space word-break word-wrap overflow-wrap direction unicode-bidi list-style list-style-type
		margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left
		width max-width min-width height max-height min-height
		border border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing
		border-top-color border-right-color border-bottom-color border-left-color border-top-style border-right-style border-bottom-style border-left-style
		border-top-width border-right-width border-bottom-width border-left-width border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius
		table-layout caption-side empty-cells display float clear opacity visibility box-sizing`) {
		list[name] = true
	}
	return list
}()

var (
	functions = regexp.MustCompile(`(?i)([a-z-]*)\s*\(`)
	urlValue  = regexp.MustCompile(`(?i)url\(\s*(?:"([^"\\<>()]*)"|'([^'\\<>()]*)'|([^"'\\<>()\s]*))\s*\)`)
	fetching  = regexp.MustCompile(`(?i)url\(|@import|image-set\(|image\(|src\(`)
	negative  = regexp.MustCompile(`(?:^|\s)-[\d.]`)
	plainWord = regexp.MustCompile(`^#?[A-Za-z0-9]{1,20}$`)
)

func safeWord(s string) bool { return plainWord.MatchString(s) }

// style keeps the safe declarations of a style attribute. fetches says that
// one was left out, or would have been, that loads something remote.
func style(in string, allowRemote bool) (out string, fetches bool) {
	if strings.ContainsAny(in, `\<>{}`) || strings.Contains(in, "/*") || strings.Contains(in, "&#") {
		// Escapes and comments hide words from a filter, and no mail program
		// needs them in an attribute.
		in, fetches = withoutComments(in), fetching.MatchString(in) && hasRemote(in)
		if strings.ContainsAny(in, `\<>{}`) || strings.Contains(in, "/*") {
			return "", fetches
		}
	}
	var kept []string
	for _, declaration := range declarations(in) {
		name, val, found := strings.Cut(declaration, ":")
		name, val = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(val)
		if strings.ContainsAny(declaration, "(@") && fetching.MatchString(declaration) {
			remote := hasRemote(declaration)
			fetches = fetches || remote
			if clean, ok := remoteBackground(name, val); ok && remote && allowRemote {
				kept = append(kept, name+":"+clean)
			}
			continue
		}
		if found && val != "" && properties[name] && safeDeclaration(name, val) {
			kept = append(kept, name+":"+strings.Join(strings.Fields(val), " "))
		}
	}
	return strings.Join(kept, ";"), fetches
}

// isPlainValue: letters of any script (font names), digits and a few marks.
func isPlainValue(val string) bool {
	for _, r := range val {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" \t\n#%.,+'\"!/()_-", r) {
			return false
		}
	}
	return true
}

func safeDeclaration(name, val string) bool {
	if !isPlainValue(val) || strings.Count(val, `"`)%2 != 0 || strings.Count(val, "'")%2 != 0 {
		return false
	}
	if strings.ContainsAny(val, "()") && !onlyColours(val) {
		return false
	}
	if !strings.HasPrefix(name, "margin") && name != "text-indent" {
		return true
	}
	return !strings.Contains(val, "-") || !negative.MatchString(val)
}

// onlyColours: every function in the value names a colour.
func onlyColours(val string) bool {
	for _, m := range functions.FindAllStringSubmatch(val, -1) {
		switch strings.ToLower(m[1]) {
		case "rgb", "rgba", "hsl", "hsla":
		default:
			return false
		}
	}
	return strings.Count(val, "(") == strings.Count(val, ")")
}

// remoteBackground lets one picture through when the reader asked for them.
func remoteBackground(name, val string) (string, bool) {
	if name != "background" && name != "background-image" {
		return "", false
	}
	m := urlValue.FindStringSubmatchIndex(val)
	if m == nil {
		return "", false
	}
	groups := urlValue.FindStringSubmatch(val)
	u, ok := link(groups[1] + groups[2] + groups[3])
	rest := val[:m[0]] + val[m[1]:]
	if !ok || !strings.HasPrefix(u, "http") || strings.ContainsAny(u, `'"();\`) || fetching.MatchString(rest) || !safeDeclaration(name, rest) {
		return "", false
	}
	return strings.TrimSpace(strings.Join(strings.Fields(val[:m[0]]), " ") + " url('" + u + "') " + strings.Join(strings.Fields(val[m[1]:]), " ")), true
}

// declarations cuts at each ";" that stands neither in quotes nor in brackets.
func declarations(s string) []string {
	var out []string
	start, depth := 0, 0
	var quote byte
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ';' && depth == 0:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

func withoutComments(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "/*")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if _, s, found = strings.Cut(after, "*/"); !found {
			return b.String()
		}
	}
}

// countFetches counts the remote addresses in a style sheet, which is dropped.
func countFetches(sheet string) int {
	count := 0
	for _, at := range fetching.FindAllStringIndex(sheet, -1) {
		if hasRemote(sheet[at[0]:min(len(sheet), at[1]+200)]) {
			count++
		}
	}
	return count
}
