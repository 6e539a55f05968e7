package guard

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// emptyPatterns find a greeting to nobody or to two people, and brackets, links
// and labels with nothing in them.
var emptyPatterns = []holePattern{
	{[]string{" ,", " !", "\u00a0,", "\u202f,"}, pattern.Of(`(?i)^[ \t]*(` + greeting + `(?: ` + title + `)?[ \x{00a0}\x{202f}]+,|(?:` + greeting + ` )?(?:mme|mr|mrs|ms|m\.)[ ]+[,!]|(?:` + greeting + ` )?(?:madame|monsieur) {2,}[,!]|` + greeting + ` !,)`), notHabit},
	{[]string{"/m", "/M", "/ m", "/ M"}, pattern.Of(`(?i)^[ \t]*(?:` + greeting + ` )?((?:monsieur|m\.|mr\.?|m) ?/ ?(?:madame|mme|mrs|ms|mr)\.?|(?:madame|mme|mrs|ms) ?/ ?(?:monsieur|m\.?|mr\.?)|sir ?/ ?(?:madam|ma['’]am)(?: ?/ ?m[rs]s?)|(?:mrs?|ms) ?/ ?m(?:rs?|s|iss)\.?)(?:[ ,!]|$)`), func(p place) bool {
		return strings.TrimSpace(p.before()) == "" || onlyGreeting.MatchString(strings.TrimRight(p.before(), " "))
	}},
	{[]string{"("}, pattern.Of(`[ \x{00a0}](\( ?(?:n ?[°º]|#)? ?\))`), func(p place) bool {
		return strings.Count(p.line, "( )") < 2 && !p.asked() && !strings.HasPrefix(p.after(), " =") && !p.listsSigns()
	}},
	{[]string{" ,", ",,", ":,", ":.", ": ."}, pattern.Of(`,[ \x{00a0}]+,[ \x{00a0}]*[\p{L}\d]|\p{L},,[ \x{00a0}]\p{Ll}|:[ \x{00a0}]*[,;](?:\s|$)|:[ \x{00a0}]+\.(?:\s|$)`), func(p place) bool { return !p.asked() && !p.said() }},
	{[]string{",  !", ", !"}, pattern.Of(`(?i)\b(?:merci|thanks|thank you|bravo|hello|bonjour|welcome|bienvenue),[ ]+!`), nil},
	{[]string{":"}, pattern.Of(`^[-•* \t]*[\p{L} '’°]{3,40} ?: ?(-{2,}|\.{2,}|\?{1,3}|/|[xX]{2,})[ \t\r\n]*$`), func(p place) bool {
		return !p.asked() && !p.isForm() && !p.aboutMarks() && !displays.MatchString(p.before())
	}},
	{[]string{","}, pattern.Of(`^[ \t]*(,) ?\p{L}`), nil},
	{[]string{`""`, "“", "«", "''"}, pattern.Of(`\p{L}[ \x{00a0}:]{1,3}(""|“[ \x{00a0}]?”|«[ \x{00a0}\x{202f}]*»)(?:[\s.,;)]|$)`), nil},
	{[]string{"("}, pattern.Of(`(?i)(\((?:r[ée]f(?:[ée]rence|erence)?\.?|n ?[°º]|no\.?|code|suivi|tracking|order|commande|taille|size)[ \x{00a0}]*:?[ \x{00a0}]*\))`), func(p place) bool {
		return strings.HasSuffix(strings.TrimRight(strings.TrimSuffix(p.words(), ")"), " "), ":") || strings.HasSuffix(p.words(), " )") || strings.ContainsAny(p.words(), "°º#.")
	}},
	{[]string{"€)", "€ )", "£)", "$)"}, pattern.Of(`(?i)\((?:\p{L}+ ){0,3}?\p{L}+ ?: ?[€£$] ?\)`), nil},
	{[]string{" %"}, pattern.Of(`(?i)\b(?:an?|une?|your|votre|the) (%) \p{L}`), func(p place) bool {
		return !strings.HasPrefix(p.line[p.End:], " of") && !strings.HasPrefix(p.line[p.End:], " de") && !strings.HasPrefix(p.line[p.End:], " d'") && !p.listsSigns() && !p.aboutMarks()
	}},
	{[]string{"%"}, pattern.Of(`(?i)(?:remise|réduction|rabais|discount|avoir|de|d'|of|you|get|soit|extra|saved?|take|économisez|gagnez)[ \x{00a0}]+(%)(?:[ \x{00a0}]\p{L}|[.,\n]|$)`), nil},
	{[]string{"- ", "-.", "-,", "-)", "-\n"}, pattern.Of(`(?i:commande|order|dossier|facture|invoice|n[°º]|no\.|ref|réf)\.? ?(\p{Lu}{2,5}-)(?:[\s.,)]|$)`), nil},
	{[]string{"'s", "’s"}, pattern.Of(`(?:^|\s)(['’]s) \p{Ll}`), nil},
	{[]string{"dear,", "dear ,", "cher,", "chère,", "cher ,", "chère ,", "m.,", "mr.,", "mrs.,", "mme.,"}, pattern.Of(`(?i)^[ \t]*((?:dear|cher|chère) ?,)[ \t\r\n]*$|^[ \t]*(?:` + greeting + ` )?(?:m|mr|mrs|ms|mme)\.,`), nil},
	{[]string{"http://", "https://"}, pattern.Of(`https?://(?:[\s,.)]|$)|https?://[^\s]*[?&]\w{1,20}=(?:\s|$)`), nil},
	{[]string{": €", ":€", ": £", ": $"}, pattern.Of(`^[-•* \t]*[\p{L} ]{3,40} ?: ?([€£$])[ \t\r\n]*$`), nil},
}

// notHabit: who puts a space before other commas has left nothing out here.
func notHabit(p place) bool { return strings.Contains(p.words(), "  ") || !p.r.spacesMarks(p.at+p.End) }

// spacesMarks tells whether a comma or a full stop behind a space is how the
// author writes: it stands at least once more in the draft.
func (r *reading) spacesMarks(butAt int) bool {
	at := spacedMark.FindStringIndex(cutAt(r.short[min(butAt, len(r.short)):], 4000))
	return at != nil
}

var spacedMark = pattern.Of(`\p{L}{4,} [,.](?:\s|$)`)

var (
	// needsValue are words that never end a clause: what follows them was to be filled in.
	needsValue = phrase.Words(`le du au de la à chez par sous entre dans vers dès votre vos notre aux the your our of to on by from with between within at until in around about approximately environ avant après before after`)
	// neverLast are those that no full stop follows, with or without a space.
	neverLast = phrase.Words(`par chez entre du au dès votre notre the your our until`)
	// always are those that no mark follows, however an author spaces marks.
	always = phrase.Words(`le du au votre notre chez the your our`)
	// numbered are what has a number.
	numbered = phrase.Words(`demande reclamation contrat devis request case claim commande commandes colis facture dossier retour suivi order parcel invoice return tracking ticket`)
	// connect are words and units before which a value is missing where two spaces stand.
	connect = phrase.Words(`et à au et le entre sur par pour and at by on the in to jour jours euro euros eur heure heures semaine semaines days day hours weeks business du sera arrive`)
	// stateVerbs are verbs that follow a number's place.
	stateVerbs = phrase.Words(`est a sera du etait part arrive passee partie expediee has is was will et and from to placed`)
	// sums stand before an amount.
	counted = phrase.Words(`eur euro euros jour jours heure heures semaine semaines mois minutes days hours weeks months points`)
	sums    = phrase.Words(`de d montant total somme rembourse remboursee remboursons rembourserons versons verse credite of refund refunded amount paid charged a to for`)
	named   = phrase.Words(`suivi numero commande number date montant total amount tracking colis order livraison`)
)

// emptyValues finds the gap that an empty value left between two words.
func (r *reading) emptyValues() []phrase.Span {
	var found []phrase.Span
	for i, t := range r.tokens {
		if len(found) >= mostOfRule {
			break
		}
		if s, ok := r.emptyAfter(i, t); ok && !r.quoted(s) {
			found = append(found, s)
		} else if s, ok := r.limpsAt(i); ok && !r.quoted(s) {
			found = append(found, s)
		} else if s, ok := r.endsOpen(i); ok && !r.quoted(s) {
			found = append(found, s)
		} else if s, ok := r.beginsEmpty(i); ok {
			found = append(found, s)
		}
	}
	return append(found, r.emptyLabels()...)
}

// emptyAfter tells whether a value is missing behind the word.
func (r *reading) emptyAfter(i int, t phrase.Token) (phrase.Span, bool) {
	next, end := phrase.Word(r.tokens, i+1), len(r.short)
	if i+1 < len(r.tokens) {
		end = r.tokens[i+1].Start
	}
	gap := cutAt(r.short[t.End:end], 40)
	if !strings.ContainsAny(gap, " \u00a0\u202f.,/°º#\n") && t.Word != "€" && t.Word != "£" && t.Word != "$" {
		return phrase.Span{}, false
	}
	line, _, _ := strings.Cut(gap, "\n")
	spaced := strings.TrimLeft(line, " \u00a0\u202f")
	s := phrase.Span{Start: t.Start, End: t.End + len(strings.TrimRight(line, " \r"))}
	written := r.short[t.Start:t.End]
	switch {
	case t.Word == "€" || t.Word == "£" || t.Word == "$":
		return phrase.Span{Start: t.Start, End: t.End}, r.bareSign(i, gap)
	case t.Word == "n" && (strings.HasPrefix(spaced, "°") || strings.HasPrefix(spaced, "º")):
		dated := next == "du" && i+2 < len(r.tokens) && r.tokens[i+2].Number && strings.Trim(gap, "°º \u00a0") == ""
		return s, numbered[phrase.Word(r.tokens, i-1)] && (dated || lacksNumber(strings.TrimLeft(spaced, "°º"), gap, next, end == len(r.short)))
	case phrase.OneOf(t.Word, "numero", "number", "no") && numbered[phrase.Word(r.tokens, i-1)]:
		return s, line != "" && (spaced == "" && (t.Word == "numero" || strings.HasPrefix(line, "  ")) && stateVerbs[next] || t.Word != "no" && strings.HasPrefix(line, " ") && strings.HasPrefix(spaced, ",") || t.Word == "no" && line == ". " && stateVerbs[next] || strings.HasPrefix(line, " ") && strings.HasPrefix(spaced, ".") && !strings.HasPrefix(spaced, "..") && !r.spacesMarks(s.End))
	case numbered[t.Word] && strings.HasPrefix(strings.TrimLeft(spaced, "("), "#"):
		return s, lacksNumber(strings.TrimLeft(spaced, "(#"), gap, next, end == len(r.short))
	case phrase.OneOf(t.Word, "est", "is") && named[phrase.Word(r.tokens, i-1)]:
		return s, strings.HasPrefix(line, " ") && strings.HasPrefix(strings.TrimLeft(spaced, ": "), ".") && !strings.HasPrefix(spaced, "..") || strings.HasPrefix(line, ": .")
	case spaced == "" && strings.HasPrefix(line, "  ") && counted[next] && !t.Number && !phrase.OneOf(t.Word, "les", "des", "ces", "vos", "nos", "quelques", "plusieurs", "the", "few", "business", "working", "some", "many"):
		return s, true
	case (valueNouns[strings.ToLower(written)] || phrase.OneOf(t.Word, "madame", "monsieur", "bienvenue", "welcome")) && len(line) > len(spaced) && spaced != "" && (spaced[0] == '.' || spaced[0] == ',') && !strings.HasPrefix(spaced, "..") && !r.spacesMarks(s.End):
		return s, true
	case copulas[small(written)] && len(line) > len(spaced) && spaced != "" && (spaced[0] == ',' || spaced[0] == '.') && !strings.HasPrefix(spaced, "..") && !r.spacesMarks(s.End) && !wordFollows(r.short, t.End, line):
		return s, true
	case !needsValue[strings.ToLower(written)] || i == 0 || strings.HasSuffix(r.short[:t.Start], "-"):
		return phrase.Span{}, false
	}
	if spaced == "" {
		return s, strings.Count(line, " ") >= 2 && connect[next]
	}
	if strings.HasPrefix(spaced, "//") || strings.HasPrefix(spaced, "/ /") {
		return s, true
	}
	if spaced[0] == '.' && wordFollows(r.short, t.End, line) {
		return phrase.Span{}, false
	}
	ends := spaced[0] == '.' || spaced[0] == ',' || spaced[0] == ')'
	if !ends || strings.HasPrefix(spaced, "..") || phrase.IsWord(firstRune(spaced[1:])) {
		return phrase.Span{}, false
	}
	if spaced != line {
		return s, strings.HasPrefix(line, "  ") || always[strings.ToLower(written)] || !r.spacesMarks(s.End)
	}
	if t.Word == "le" && spaced[0] == '.' && phrase.OneOf(phrase.Word(r.tokens, i-1), "ici", "avant", "prevu", "prevue", "livre", "livree", "expedie", "expediee", "fixe", "fixee", "jusque") {
		return s, true
	}
	return s, neverLast[strings.ToLower(written)] && spaced[0] == '.' && !r.completes(i, strings.ToLower(written), "")
}

// wordFollows: "your .pdf" has no gap.
func wordFollows(text string, at int, line string) bool {
	at += len(line)
	return at < len(text) && !strings.HasSuffix(line, " ") && phrase.IsWord(firstRune(text[at:]))
}

// lacksNumber: behind the sign for a number stands a mark, a verb, or nothing.
func lacksNumber(rest, gap, next string, last bool) bool {
	switch rest = strings.TrimSpace(rest); {
	case rest != "":
		return strings.ContainsRune(".,;)!", rune(rest[0]))
	case strings.Contains(gap, "\n") || last && next == "":
		return true
	}
	return (stateVerbs[next] || phrase.OneOf(next, "en", "chez", "par", "pour", "dans", "sous", "avec", "qui")) && strings.HasSuffix(gap, " ")
}

// bareSign: a sign of money with no number at either side, where an amount belongs.
func (r *reading) bareSign(i int, gap string) bool {
	t := r.tokens[i]
	before := strings.TrimRight(tail(r.short[:t.Start]), " \u00a0\u202f")
	if i == 0 || len(before) == t.Start || r.tokens[i-1].End != len(before) || r.tokens[i-1].Number || !sums[r.tokens[i-1].Word] && phrase.Word(r.tokens, i-2) != "rembourse" && !(r.tokens[i-1].Word == "donc" && sums[phrase.Word(r.tokens, i-2)]) {
		return false
	}
	if r.short[r.tokens[i-1].Start:r.tokens[i-1].End] == "a" { // "the layout has a £ above the 3"
		return false
	}
	after := strings.TrimLeft(gap, " \u00a0")
	if gap == "" && i+1 < len(r.tokens) {
		return false // "$HOME"
	}
	return !(i+1 < len(r.tokens) && r.tokens[i+1].Number && after == "") && (gap == "" || strings.ContainsRune(" .,;)\u00a0\n", firstRune(gap)))
}

// emptyLabels finds a label with nothing behind it, among labels that have
// something, or where the draft goes on to its end.
func (r *reading) emptyLabels() []phrase.Span {
	if !strings.Contains(r.short, ":") {
		return nil
	}
	lines := strings.SplitAfter(r.short, "\n")
	var found []phrase.Span
	at := 0
	for i, line := range lines {
		if strings.HasSuffix(strings.TrimSpace(line), ":") && leftEmpty(lines, i) {
			if p := (place{r, line, phrase.Span{Start: len(strings.TrimSpace(line)) - 1, End: len(line)}, at}); !p.asked() && !r.saidBefore(requests, r.tokenAt(at)+1) {
				found = append(found, phrase.Span{Start: at, End: at + len(strings.TrimRight(line, " \t\r\n"))})
			}
		}
		at += len(line)
	}
	return found
}

var (
	unfilled = pattern.Of(`^[-•* \t]*[\p{L} '’°]{3,40}\x{00a0}?:[ \t\x{00a0}\r\n]*$`)
	filled   = pattern.Of(`^[-•* \t]*[\p{L} '’°]{3,40}: ?[^\s]`)
	ending   = pattern.Of(`(?i)^[ \t]*(?:cordialement|bien (?:à vous|cordialement)|(?:belle|bonne|excellente) (?:journée|soirée|fin)|à bientôt|(?:kind|best|warm) |regards|sincerely|cheers|thanks)`)
)

// labels tells whether the line ends with the name of a field ("Votre numéro de suivi :").
func labels(line string) bool {
	words := fieldWords(strings.TrimSpace(line))
	for _, w := range words[max(0, len(words)-2):] {
		if named[w] || numbered[w] || w == "n" || phrase.OneOf(w, "remboursement", "adresse", "transporteur", "carrier", "refund", "lien", "link") {
			return true
		}
	}
	return false
}

// leftEmpty tells whether a value is missing behind the colon that ends a line:
// the letter ends there, or other labels around it have theirs.
func leftEmpty(lines []string, i int) bool {
	line := lines[i]
	if ends := closes(lines[i+1:]); ends || !unfilled.MatchString(line) || !labels(line) {
		return ends && len(strings.TrimSpace(line)) > 3
	}
	last := i+1 == len(lines) || strings.TrimSpace(lines[i+1]) == ""
	return i > 0 && filled.MatchString(lines[i-1]) && last || i+1 < len(lines) && filled.MatchString(lines[i+1])
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
