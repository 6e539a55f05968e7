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
}

const greeting = `(?:bonjour|bonsoir|rebonjour|hello|hi|hey|dear|cher|chère|chers|salut|coucou)`

var emptyPatterns = []emptyPattern{
	// "Bonjour ," and "Dear  ," at the head of a line.
	{[]string{" ,", "\u00a0,", "\u202f,"}, holePattern{re: regexp.MustCompile(`(?im)^[ \t]*(` + greeting + `[ \x{00a0}\x{202f}]+,)`)}},
	{[]string{" ,", " !"}, holePattern{re: regexp.MustCompile(`(?im)^[ \t]*((?:` + greeting + ` )?(?:mme|mr|mrs|ms|m\.)[ ]+[,!]|(?:` + greeting + ` )?(?:madame|monsieur) {2,}[,!])`)}},
	// A greeting to nobody, or to the name of the field.
	{
		[]string{"null", "undefined", "none", "nan", "nil", "n/a"},
		holePattern{re: regexp.MustCompile(`(?im)^[ \t]*` + greeting + ` (?:madame |monsieur |mme |mr |ms )?(null|undefined|none|nan|nil|n/a)\b`)},
	},
	{
		[]string{"nom", "nom,", "name", "client"},
		holePattern{re: regexp.MustCompile(`(?m)^[ \t]*(?i:` + greeting + `) (NOM|PR[EÉ]NOM|[Pp]r[ée]nom|NAME|FIRST ?NAME|[Ff]irst[ _]?[Nn]ame|CLIENT|CUSTOMER)\b`)},
	},
	// Values that a program writes for "nothing".
	{
		[]string{"null", "undefined", "nan", "n/a", "none"},
		holePattern{re: regexp.MustCompile(`(?:n°|(?i:numéro|commande|order|number|montant|total|date|adresse|address|livré le|expédiée? le|delivered on|shipped on)(?: est)?(?: (?:de|du|is|of))?)[ :#]*(null|undefined|NaN|N/A|None)(?:[\s,.;!)€]|$)`)},
	},
	{
		[]string{"null", "undefined", "nan", "n/a", "none"},
		holePattern{re: regexp.MustCompile(`\b((?:null|undefined|NaN|N/?A|None)[ \x{00a0}\x{202f}]?(?:€|EUR\b|euros?\b|jours\b|days\b))`)},
	},
	{[]string{"object object", "invalid date"}, holePattern{re: regexp.MustCompile(`\[object Object\]|\bInvalid [Dd]ate\b`)}},
	// A number, a date or an amount that isn't there.
	{
		[]string{"n°", "nº", "n °"},
		holePattern{re: regexp.MustCompile(`(?im)\bn ?[°º][ \x{00a0}\x{202f}]*(?:[.,;)!?]|$)`)},
	},
	{
		[]string{"n°", "nº", "#"},
		holePattern{re: regexp.MustCompile(`(?i)(?:commande|colis|facture|dossier|retour|order|parcel|invoice) ((?:n[°º]|#) +(?:a|est|sera|du|et|was|has|is|and|,|\.))(?:\s|$)`)},
	},
	{
		[]string{"le ", "du ", "au "},
		holePattern{re: regexp.MustCompile(`(?i)\b((?:livrée?s?|expédiée?s?|envoyée?s?|reçue?s?|passée?|prévue?s?|remboursée?s?|commande|avant|partie?) (?:le|du|au)(?: +[.,;]| {2,}(?:à|au|entre|et|vers|par|a)\b))`)},
	},
	{
		[]string{"on ", "by "},
		holePattern{re: regexp.MustCompile(`(?i)\b((?:arrives?|arriving|delivered|delivery|shipped|ships|due|sent|refunded|placed|expected) (?:on|by)(?: +[.,;]| {2,}(?:at|and|by|with|between)\b))`)},
	},
	{
		[]string{"€"},
		holePattern{re: regexp.MustCompile(`(?im)\b((?:de|montant|total|somme|d'un montant de|of|refund|amount)(?: ?:)?[ \x{00a0}\x{202f}]+€)(?:[ ][^\d\s]|[.,;)!]|$)`)},
	},
	{[]string{"()"}, holePattern{re: regexp.MustCompile(`\s(\(\))`)}},
	// Words for "later".
	{[]string{"lorem"}, holePattern{re: regexp.MustCompile(`(?i)\blorem ipsum\b`)}},
	{
		[]string{"complét", "complet", "rempli", "renseigner", "inséré", "filled in", "to be completed"},
		holePattern{
			re:   regexp.MustCompile(`(?im)(?:[:(…—–*]|\.{3}|^)[ \t*]*((?:[àa] (?:compl[ée]ter|remplir|renseigner)|to be (?:completed|filled in))(?: ?(?:ici|plus tard|svp|here|later))?)[ *]*(?:[)\]».!…,;*]|$)`),
			keep: notAForm,
		},
	},
	{[]string{"à compl", "a compl", "à rempl"}, holePattern{re: regexp.MustCompile(`(?:À|A) (?:COMPL[ÉE]TER|REMPLIR)\b`)}},
	{[]string{"tbd", "tbc", "todo", "to-do", "fixme"}, holePattern{re: regexp.MustCompile(`\b(?:TBD|TBC|TO-?DO|FIX-?ME)\b`)}},
}

var formBefore = regexp.MustCompile(`(?i)(?:formulaires?|documents?|bons?|dossiers?|bordereaux?|fiches?|forms?|questionnaires?|étiquettes?|pièces?|attestations?)[^\n.!?]{0,30}$`)

// notAForm: a form "à compléter" is the customer's to fill in.
func notAForm(text string, s span) bool { return !formBefore.MatchString(text[:s.start]) }

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
