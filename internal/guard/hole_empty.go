package guard

import (
	"regexp"
	"strings"
)

// emptyPatterns find a greeting to nobody or to two people, and brackets, links
// and labels with nothing in them.
var emptyPatterns = []holePattern{
	{[]string{" ,", " !", "\u00a0,", "\u202f,"}, regexp.MustCompile(`(?i)^[ \t]*(` + greeting + `(?: ` + title + `)?[ \x{00a0}\x{202f}]+,|(?:` + greeting + ` )?(?:mme|mr|mrs|ms|m\.)[ ]+[,!]|(?:` + greeting + ` )?(?:madame|monsieur) {2,}[,!]|` + greeting + ` !,)`), notHabit},
	{[]string{"/m"}, regexp.MustCompile(`(?i)^[ \t]*(?:` + greeting + ` )?((?:monsieur|m\.|mr\.?|m) ?/ ?(?:madame|mme|mrs|ms|mr)\.?|(?:madame|mme|mrs|ms) ?/ ?(?:monsieur|m\.?|mr\.?))(?:[ ,!]|$)`), func(p place) bool { return onlyGreeting.MatchString(strings.TrimRight(p.before(), " ")) }},
	{[]string{"("}, regexp.MustCompile(`[ \x{00a0}](\( ?(?:n ?[°º]|#)? ?\))`), func(p place) bool { return strings.Count(p.line, "( )") < 2 && !p.asked() }},
	{[]string{"http://", "https://"}, regexp.MustCompile(`https?://(?:[\s,.)]|$)|https?://[^\s]*[?&]\w{1,20}=(?:\s|$)`), nil},
	{[]string{": €", ":€", ": £", ": $"}, regexp.MustCompile(`^[-•* \t]*[\p{L} ]{3,40} ?: ?([€£$])[ \t\r\n]*$`), nil},
}

// notHabit: who puts a space before other commas has left nothing out here.
func notHabit(p place) bool { return strings.Contains(p.words(), "  ") || !p.r.spacesMarks(p.at+p.end) }

// spacesMarks tells whether a comma or a full stop behind a space is how the
// author writes: it stands at least once more in the draft.
func (r *reading) spacesMarks(butAt int) bool {
	at := spacedMark.FindStringIndex(cutAt(r.short[min(butAt, len(r.short)):], 4000))
	return at != nil
}

var spacedMark = regexp.MustCompile(`\p{L}{4,} [,.](?:\s|$)`)

var (
	// needsValue are words that never end a clause: what follows them was to be filled in.
	needsValue = wordSet(`le du au de la à chez par sous entre dans votre vos notre the your of to on by from with between within at until`)
	// neverLast are those that no full stop follows, with or without a space.
	neverLast = wordSet(`par chez entre du au of between`)
	// numbered are what has a number.
	numbered = wordSet(`commande commandes colis facture dossier retour suivi order parcel invoice return tracking ticket`)
	// connect are words and units before which a value is missing where two spaces stand.
	connect = wordSet(`et à au et le entre sur par pour and at by on the in to jour jours euro euros eur heure heures semaine semaines days day hours weeks business du sera arrive`)
	// stateVerbs are verbs that follow a number's place.
	stateVerbs = wordSet(`est a sera du etait part arrive passee partie expediee has is was will et and from to placed`)
	// sums stand before an amount.
	sums  = wordSet(`de d montant total somme rembourse remboursee remboursons rembourserons versons verse credite of refund refunded amount paid charged a to for`)
	named = wordSet(`suivi numero commande number date montant total amount tracking colis order livraison`)
)

// pairs are words that never stand side by side without a value between them.
var pairs = phrasesOf(`
	entre le et
	du au
	le a|et arrivera|sera
	prevue|prevu|livre|livree|expedie|expediee|envoye|envoyee|remis|appelle|appellerons|rappelle|rappellerons|rappelons|rappelerai le a|et|au
	shipped|sent|delivered|arrive|placed|left on and|will|with|at
	call you on|at at|and
	between and`)

// emptyValues finds the gap that an empty value left between two words.
func (r *reading) emptyValues() []span {
	var found []span
	for i, t := range r.tokens {
		if len(found) >= mostOfRule {
			break
		}
		if s, ok := r.emptyAfter(i, t); ok && !r.quoted(s) {
			found = append(found, s)
		}
	}
	for _, m := range pairs.find(r.tokens) {
		if s := m.span(r.tokens); plain.MatchString(r.short[s.start:s.end]) {
			found = append(found, s)
		}
	}
	return append(found, r.emptyLabels()...)
}

// plain are words with nothing but spaces between them.
var plain = regexp.MustCompile(`^[\p{L} \x{00a0}’']+$`)

// emptyAfter tells whether a value is missing behind the word.
func (r *reading) emptyAfter(i int, t token) (span, bool) {
	next, end := word(r.tokens, i+1), len(r.short)
	if i+1 < len(r.tokens) {
		end = r.tokens[i+1].start
	}
	gap := cutAt(r.short[t.end:end], 40)
	if !strings.ContainsAny(gap, " \u00a0\u202f.,/°º#\n") && t.word != "€" && t.word != "£" && t.word != "$" {
		return span{}, false
	}
	line, _, _ := strings.Cut(gap, "\n")
	spaced := strings.TrimLeft(line, " \u00a0\u202f")
	s := span{t.start, t.end + len(strings.TrimRight(line, " \r"))}
	written := r.short[t.start:t.end]
	switch {
	case t.word == "€" || t.word == "£" || t.word == "$":
		return span{t.start, t.end}, r.bareSign(i, gap)
	case t.word == "n" && (strings.HasPrefix(spaced, "°") || strings.HasPrefix(spaced, "º")):
		return s, numbered[word(r.tokens, i-1)] && lacksNumber(strings.TrimLeft(spaced, "°º"), gap, next, end == len(r.short))
	case isOneOf(t.word, "numero", "number", "no") && numbered[word(r.tokens, i-1)]:
		return s, line != "" && (spaced == "" && (t.word == "numero" || strings.HasPrefix(line, "  ")) && stateVerbs[next] || t.word == "numero" && strings.HasPrefix(line, " ") && strings.HasPrefix(spaced, ",") || t.word == "no" && line == ". " && stateVerbs[next])
	case numbered[t.word] && strings.HasPrefix(strings.TrimLeft(spaced, "("), "#"):
		return s, lacksNumber(strings.TrimLeft(spaced, "(#"), gap, next, end == len(r.short))
	case isOneOf(t.word, "est", "is") && named[word(r.tokens, i-1)]:
		return s, strings.HasPrefix(line, " ") && strings.HasPrefix(strings.TrimLeft(spaced, ": "), ".") && !strings.HasPrefix(spaced, "..") || strings.HasPrefix(line, ": .")
	case spaced == "" && strings.HasPrefix(line, "  ") && isOneOf(next, "eur", "euro", "euros") && !t.number:
		return s, true
	case !needsValue[strings.ToLower(written)] || i == 0 || strings.HasSuffix(r.short[:t.start], "-"):
		return span{}, false
	}
	if spaced == "" {
		return s, strings.Count(line, " ") >= 2 && connect[next]
	}
	if strings.HasPrefix(spaced, "//") || strings.HasPrefix(spaced, "/ /") {
		return s, true
	}
	ends := spaced[0] == '.' || spaced[0] == ',' || spaced[0] == ')'
	if !ends || strings.HasPrefix(spaced, "..") || isWord(firstRune(spaced[1:])) {
		return span{}, false
	}
	if spaced != line {
		return s, strings.HasPrefix(line, "  ") || !r.spacesMarks(s.end)
	}
	return s, neverLast[strings.ToLower(written)] && spaced[0] == '.'
}

// lacksNumber: behind the sign for a number stands a mark, a verb, or nothing.
func lacksNumber(rest, gap, next string, last bool) bool {
	switch rest = strings.TrimSpace(rest); {
	case rest != "":
		return strings.ContainsRune(".,;)!", rune(rest[0]))
	case strings.Contains(gap, "\n") || last && next == "":
		return true
	}
	return stateVerbs[next] && strings.HasSuffix(gap, " ")
}

// bareSign: a sign of money with no number at either side, where an amount belongs.
func (r *reading) bareSign(i int, gap string) bool {
	t := r.tokens[i]
	before := strings.TrimRight(tail(r.short[:t.start]), " \u00a0\u202f")
	if i == 0 || len(before) == t.start || r.tokens[i-1].end != len(before) || r.tokens[i-1].number || !sums[r.tokens[i-1].word] && word(r.tokens, i-2) != "rembourse" {
		return false
	}
	after := strings.TrimLeft(gap, " \u00a0")
	return !(i+1 < len(r.tokens) && r.tokens[i+1].number && after == "") && (gap == "" || strings.ContainsRune(" .,;)\u00a0\n", firstRune(gap)))
}

// emptyLabels finds a label with nothing behind it, among labels that have
// something, or where the draft goes on to its end.
func (r *reading) emptyLabels() []span {
	if !strings.Contains(r.short, ":") {
		return nil
	}
	lines := strings.SplitAfter(r.short, "\n")
	var found []span
	at := 0
	for i, line := range lines {
		if unfilled.MatchString(line) && labels(line) && (i > 0 && filled.MatchString(lines[i-1]) && (i+1 == len(lines) || strings.TrimSpace(lines[i+1]) == "") || i+1 < len(lines) && filled.MatchString(lines[i+1]) || closes(lines[i+1:])) {
			if p := (place{r, line, span{len(strings.TrimSpace(line)) - 1, len(line)}, at}); !p.asked() && !requests.in(r.tokens[:max(0, r.tokenAt(at)+1)]) {
				found = append(found, span{at, at + len(strings.TrimRight(line, " \t\r\n"))})
			}
		}
		at += len(line)
	}
	return found
}

var (
	unfilled = regexp.MustCompile(`^[-•* \t]*[\p{L} '’°]{3,40}\x{00a0}?:[ \t\x{00a0}\r\n]*$`)
	filled   = regexp.MustCompile(`^[-•* \t]*[\p{L} '’°]{3,40}: ?[^\s]`)
	ending   = regexp.MustCompile(`(?i)^[ \t]*(?:cordialement|bien (?:à vous|cordialement)|(?:belle|bonne|excellente) (?:journée|soirée|fin)|à bientôt|(?:kind|best|warm) |regards|sincerely|cheers|thanks)`)
)

// labels tells whether the line ends with the name of a field ("Votre numéro de suivi :").
func labels(line string) bool {
	words := fieldWords(strings.TrimSpace(line))
	for _, w := range words[max(0, len(words)-2):] {
		if named[w] || isOneOf(w, "remboursement", "adresse", "transporteur", "carrier", "refund", "lien", "link") {
			return true
		}
	}
	return false
}

// closes tells whether what follows is the end of the letter.
func closes(lines []string) bool {
	for _, line := range lines[:min(len(lines), 4)] {
		if strings.TrimSpace(line) != "" {
			return ending.MatchString(line)
		}
	}
	return false
}
