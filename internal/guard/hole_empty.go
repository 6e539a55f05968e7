package guard

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// emptyPattern finds the gap that an empty value left, or words for "later". It
// is only run where one of its words, in lower case, stands in the text.
type emptyPattern struct {
	words   []string
	pattern holePattern
	when    func(folded string) bool // asked before, where a word is common
}

const greeting = `(?:bonjour|bonsoir|rebonjour|hello|hi|hey|dear|cher|chère|chers|salut|coucou)`

var emptyPatterns = []emptyPattern{
	// "Bonjour ," and "Dear  ," at the head of a line.
	{words: []string{" ,", "\u00a0,", "\u202f,"}, pattern: holePattern{re: regexp.MustCompile(`(?im)^[ \t]*(` + greeting + `[ \x{00a0}\x{202f}]+,)`)}},
	{words: []string{" ,", " !"}, pattern: holePattern{re: regexp.MustCompile(`(?im)^[ \t]*((?:` + greeting + ` )?(?:mme|mr|mrs|ms|m\.)[ ]+[,!]|(?:` + greeting + ` )?(?:madame|monsieur) {2,}[,!])`)}},
	// A greeting to nobody, or to the name of the field.
	{
		words:   []string{"null", "undefined", "none", "nan", "nil", "n/a"},
		pattern: holePattern{re: regexp.MustCompile(`(?im)^[ \t]*` + greeting + ` (?:madame |monsieur |mme |mr |ms )?(null|undefined|none|nan|nil|n/a)\b`)},
	},
	{
		words:   []string{"nom", "nom,", "name", "client"},
		pattern: holePattern{re: regexp.MustCompile(`(?m)^[ \t]*(?i:` + greeting + `) (NOM|PR[EÉ]NOM|[Pp]r[ée]nom|NAME|FIRST ?NAME|[Ff]irst[ _]?[Nn]ame|CLIENT|CUSTOMER)\b`)},
	},
	// Values that a program writes for "nothing".
	{
		words:   []string{"null", "undefined", "nan", "n/a", "none"},
		pattern: holePattern{re: regexp.MustCompile(`(?:n°|(?i:numéro|commande|order|number|montant|total|date|adresse|address|livré le|expédiée? le|delivered on|shipped on)(?: est)?(?: (?:de|du|is|of))?)[ :#]*(null|undefined|NaN|N/A|None)(?:[\s,.;!)€]|$)`)},
	},
	{
		words:   []string{"null", "undefined", "nan", "n/a", "none"},
		pattern: holePattern{re: regexp.MustCompile(`\b((?:null|undefined|NaN|N/?A|None)[ \x{00a0}\x{202f}]?(?:€|EUR\b|euros?\b|jours\b|days\b))`)},
	},
	{words: []string{"object object", "invalid date"}, pattern: holePattern{re: regexp.MustCompile(`\[object Object\]|\bInvalid [Dd]ate\b`)}},
	// A number, a date or an amount that isn't there.
	{
		words:   []string{"n°", "nº", "n °"},
		pattern: holePattern{re: regexp.MustCompile(`(?im)\bn ?[°º][ \x{00a0}\x{202f}]*(?:[.,;)!?]|$)`)},
		when:    bareNumberSign,
	},
	{
		words:   []string{"n°", "nº", "#"},
		pattern: holePattern{re: regexp.MustCompile(`(?i)(?:commande|colis|facture|dossier|retour|order|parcel|invoice) ((?:n[°º]|#) +(?:a|est|sera|du|et|was|has|is|and|,|\.))(?:\s|$)`)},
	},
	{
		words:   []string{"le .", "le ,", "le ;", "le  ", "du .", "du ,", "du ;", "du  ", "au .", "au ,", "au ;", "au  "},
		pattern: holePattern{re: regexp.MustCompile(`(?i)\b((?:livrée?s?|expédiée?s?|envoyée?s?|reçue?s?|passée?|prévue?s?|remboursée?s?|commande|avant|partie?) (?:le|du|au)(?: +[.,;]| {2,}(?:à|au|entre|et|vers|par|a)\b))`)},
	},
	{
		words:   []string{"on .", "on ,", "on ;", "on  ", "by .", "by ,", "by ;", "by  "},
		pattern: holePattern{re: regexp.MustCompile(`(?i)\b((?:arrives?|arriving|delivered|delivery|shipped|ships|due|sent|refunded|placed|expected) (?:on|by)(?: +[.,;]| {2,}(?:at|and|by|with|between)\b))`)},
	},
	{
		words:   []string{"€"},
		pattern: holePattern{re: regexp.MustCompile(`(?im)\b((?:de|montant|total|somme|d'un montant de|of|refund|amount)(?: ?:)?[ \x{00a0}\x{202f}]+€)(?:[ ][^\d\s]|[.,;)!]|$)`)},
		when:    bareEuro,
	},
	{words: []string{"()"}, pattern: holePattern{re: regexp.MustCompile(`\s(\(\))`)}},
	// Words for "later".
	{words: []string{"lorem"}, pattern: holePattern{re: regexp.MustCompile(`(?i)\blorem ipsum\b`)}},
	{
		words: []string{"complét", "complet", "rempli", "renseigner", "inséré", "filled in", "to be completed"},
		pattern: holePattern{
			re:   regexp.MustCompile(`(?im)(?:[:(…—–*]|\.{3}|^)[ \t*]*((?:[àa] (?:compl[ée]ter|remplir|renseigner)|to be (?:completed|filled in))(?: ?(?:ici|plus tard|svp|here|later))?)[ *]*(?:[)\]».!…,;*]|$)`),
			keep: notAForm,
		},
	},
	{words: []string{"à compl", "a compl", "à rempl"}, pattern: holePattern{re: regexp.MustCompile(`(?:À|A) (?:COMPL[ÉE]TER|REMPLIR)\b`)}},
	{words: []string{"tbd", "tbc", "todo", "to-do", "fixme"}, pattern: holePattern{re: regexp.MustCompile(`\b(?:TBD|TBC|TO-?DO|FIX-?ME)\b`)}},
}

// bareEuro tells whether a sign stands behind something else than a number.
func bareEuro(text string) bool {
	for i := 0; ; {
		at := strings.Index(text[i:], "€")
		if at < 0 {
			return false
		}
		before := strings.TrimRight(tail(text[:i+at]), " \u00a0\u202f")
		if before != "" && !unicode.IsDigit(lastRune(before)) {
			return true
		}
		i += at + len("€")
	}
}

// bareNumberSign tells whether neither digit nor letter stands behind a sign.
func bareNumberSign(text string) bool {
	for i, r := range text {
		if r != '°' && r != 'º' {
			continue
		}
		after := strings.TrimLeft(head(text[i+utf8.RuneLen(r):]), " \u00a0\u202f")
		if !isWord(firstRune(after)) {
			return true
		}
	}
	return false
}

var formBefore = regexp.MustCompile(`(?i)(?:formulaires?|documents?|bons?|dossiers?|bordereaux?|fiches?|forms?|questionnaires?|étiquettes?|pièces?|attestations?)[^\n.!?]{0,30}$`)

// notAForm: a form "à compléter" is the customer's to fill in.
func notAForm(text string, s span) bool { return !formBefore.MatchString(tail(text[:s.start])) }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-&", r))
}
