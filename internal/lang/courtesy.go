package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

const (
	courtesyMostRunes = 300
	courtesyMostWords = 40
)

// kindEmoji are the signs of a content customer; any other makes doubt.
var kindEmoji = map[rune]bool{}

func init() {
	for _, r := range "👍👌🙏👏🙌💪😊🙂😀😃😄😁😉😍🥰🤗😇☺😘🤩🥳❤♥💕💖💗💓💛💙💚💜🧡🤍💝🌸🌷🌹💐🌺🌼🌟⭐✨🎉🎊🎄🎁✅✔☀🌞💯🍀💎💍" {
		kindEmoji[r] = true
	}
}

var (
	// phoneSignature is the line that a telephone adds.
	phoneSignature = pattern.Of(`^(?:envoye (?:de|depuis|a partir de) (?:mon |l'application |l'app )?` +
		`(?:iphone|ipad|mobile|smartphone|telephone|portable|samsung|galaxy|android|huawei|xiaomi|orange|mail orange|laposte|la poste|yahoo mail|outlook|outlook pour (?:ios|android)|proton mail|sfr mail)(?: (?:galaxy|orange|samsung|mail|s\d{1,2}|a\d{1,2}))*` +
		`|sent from (?:my |the )?(?:iphone|ipad|mobile|smartphone|phone|samsung|galaxy|android|huawei|xiaomi|yahoo mail|outlook|outlook for (?:ios|android)|proton mail|mobile device|samsung mobile|samsung galaxy smartphone)(?: (?:galaxy|samsung|s\d{1,2}|a\d{1,2}))*` +
		`|get outlook for (?:ios|android)|telecharger outlook pour (?:ios|android)|obtenir outlook pour (?:ios|android))\.?$`)
	// mailReaction is the text of a mail by which a client tells a reaction.
	mailReaction = pattern.Of(`^(?:[\p{L} .'-]{1,60} )?(?:reacted via gmail|reacted to your (?:message|email)|liked your (?:message|email)|a reagi via gmail|a reagi a votre (?:message|e-?mail)|a aime votre (?:message|e-?mail))\s*:?$`)

	smiley = pattern.Of(`(?:^|\s)(?:[:;]-?[)DpP*]|<3|\^\^|:'\))(?:\s|$)`)
)

var courtesyPatterns = sync.OnceValue(func() (p struct{ clause, core *pattern.Pattern }) {
	name := `(?:` + strings.Join(strings.Fields(givenNames), "|") + `)`
	all := `(?:` + corePhrases + `|` + weakPhrases + `|` + framePhrases + `|` + name + `)`
	p.clause = pattern.Of(`^(?:` + all + `(?: |$))+$`)
	p.core = pattern.Of(`^(?:(?:` + weakPhrases + `|` + framePhrases + `|` + name + `) )*(?:` + corePhrases + `)(?: |$)`)
	return p
})

// Courtesy tells whether text is evidently no more than thanks or an "ok", in
// French or English: no question, demand or number, short, each of its words
// known from thank-yous. It is false in doubt, since a message taken for a
// courtesy is answered last (design: "Thanks"). Attachments are for the caller
// to look at, and so is whether we had answered before. Text is the visible
// reply, without the quote.
func Courtesy(text string) bool {
	if len(text) > 4*courtesyMostRunes {
		return false
	}
	lines := courtesyLines(text)
	rest := strings.Join(lines, "\n")
	if len([]rune(rest)) > courtesyMostRunes || len(strings.Fields(rest)) > courtesyMostWords {
		return false
	}
	rest = smiley.ReplaceAllString(rest, "\n")
	rest, thanks, ok := withoutEmoji(rest)
	if !ok {
		return false
	}
	if strings.ContainsAny(rest, `?¿…"«»“”<>@/=`) || strings.Contains(rest, "..") || strings.ContainsFunc(rest, unicode.IsDigit) {
		return false
	}
	for _, clause := range clauses(rest) {
		known, core := courtesyClause(clause)
		if !known {
			return false
		}
		thanks = thanks || core
	}
	return thanks
}

// courtesyLines drops telephone signatures and reaction notices, and a surname
// after a given name on the last line.
func courtesyLines(text string) []string {
	var lines []string
	reaction := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		folded := squeeze(Fold(strings.ReplaceAll(line, "’", "'")))
		switch {
		case line == "" || line == "--" || phoneSignature.MatchString(folded):
		case mailReaction.MatchString(strings.TrimSpace(strings.TrimRightFunc(folded, isEmoji))):
			reaction = true
			lines = append(lines, reactionSign(line, folded))
		default:
			lines = append(lines, line)
		}
	}
	if n := len(lines); n > 1 && !reaction {
		lines[n-1] = signedLine(lines[n-1])
	}
	return lines
}

// reactionSign is the emoji in the notice of a reaction; a "like" is one too.
func reactionSign(line, folded string) string {
	if strings.Contains(folded, "liked") || strings.Contains(folded, "aime") {
		return "👍"
	}
	return string(slices.DeleteFunc([]rune(line), func(r rune) bool { return !isEmoji(r) }))
}

// signedLine keeps the given name of "Camille Renaud": the surname is a name by
// its place and capital only, so the given name must be a known one and the
// surname no word that a customer of a shop could write.
func signedLine(line string) string {
	names := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '-' || r == '.' || r == ',' })
	if len(names) < 2 || len(names) > 4 || !isGivenName(names[0]) {
		return line
	}
	for _, n := range names[1:] {
		first := []rune(n)[0]
		if !unicode.IsUpper(first) || strings.ContainsFunc(n, notNameRune) || isCommonWord(Fold(n)) {
			return line
		}
	}
	return names[0]
}

func notNameRune(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }

func isGivenName(s string) bool {
	return slices.Contains(strings.Fields(givenNames), Fold(s))
}

// isCommonWord tells whether the lists of Detect hold a French or English word.
func isCommonWord(folded string) bool {
	w, ok := theModel().words[folded]
	return ok && (w[french] > 0 || w[english] > 0)
}

// withoutEmoji turns kind emoji into ends of clauses; ok is false when another
// sign is there, kind true when one was.
func withoutEmoji(s string) (plain string, kind, ok bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case kindEmoji[r]:
			kind = true
			b.WriteByte('\n')
		case r == '\ufe0f' || r == '\u200d' || 0x1F3FB <= r && r <= 0x1F3FF: // variants and skin tones
		case isEmoji(r):
			return "", false, false
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), kind, true
}

func isEmoji(r rune) bool {
	return unicode.Is(unicode.So, r) || r == '\ufe0f' || r == '\u200d' || 0x1F3FB <= r && r <= 0x1F3FF
}

func clauses(s string) []string {
	s = Fold(strings.ReplaceAll(s, "’", "'"))
	s = strings.NewReplacer(" & ", "\n", " - ", "\n", " – ", "\n", " — ", "\n", "-", " ", "*", " ", "_", " ").Replace(s)
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n\r,.;:!()|~+", r) })
}

// courtesyClause tells whether all of a clause is known, and whether a phrase of
// thanks is in it.
func courtesyClause(clause string) (known, core bool) {
	clause = squeeze(clause)
	if clause == "" {
		return true, false
	}
	p := courtesyPatterns()
	if !p.clause.MatchString(clause) {
		return false, false
	}
	return true, p.core.MatchString(clause)
}

// squeeze joins spaces, and letters drawn out as in "merciiii".
func squeeze(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && runes[end] == runes[i] {
			end++
		}
		n := end - i
		if n > 2 && unicode.IsLetter(runes[i]) && runes[i] != 'x' {
			n = 1
		}
		b.WriteString(strings.Repeat(string(runes[i]), n))
		i = end
	}
	return b.String()
}
