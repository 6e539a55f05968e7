package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Civility is what people say of themselves.
type Civility string

// The civilities. Unknown is not guessed from a first name.
const (
	Unknown  Civility = ""
	Madame   Civility = "madame"
	Monsieur Civility = "monsieur"
)

func (c Civility) in(language string) string {
	switch {
	case c == Madame && language == "en":
		return "Ms"
	case c == Madame:
		return "Madame"
	case c == Monsieur && language == "en":
		return "Mr"
	case c == Monsieur:
		return "Monsieur"
	}
	return ""
}

// Name is a customer's name, taken apart as far as it says itself.
type Name struct {
	Civility Civility // known only where the name itself has it: "Mme Camille Renaud"
	First    string
	Last     string
	Full     string // first and last name, or the company's
	Company  bool
}

var civilities = map[string]Civility{
	"mme": Madame, "madame": Madame, "mlle": Madame, "mademoiselle": Madame, "mrs": Madame, "ms": Madame, "miss": Madame,
	"m": Monsieur, "mr": Monsieur, "monsieur": Monsieur,
	"dr": Unknown, "docteur": Unknown, "me": Unknown, "pr": Unknown, "prof": Unknown,
}

// companies are words that a company's name has and a person's hasn't.
var companies = words(`sarl sas sasu eurl sci snc scop gmbh ltd limited llc inc corp bv srl association asso mairie societe company
 ets etablissements agence groupe boutique atelier studio hotel restaurant cabinet ecole college lycee ce cse`)

// nobody are what forms, mailboxes and programs write where a name is missing.
var nobody = words(`null undefined none nan nil n/a na nom prenom name firstname lastname client cliente clients customer contact info infos
 bonjour hello service services admin support commande commandes order orders noreply no-reply guest invite anonyme unknown inconnu test user
 utilisateur mail email moi me`)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		set[w] = true
	}
	return set
}

const (
	maxGreeted = 60 // a longer name isn't said in a greeting
	maxFirst   = 30
)

// ParseName takes apart a name as its bearer writes it in a mail or a form. It
// drops what no name has (emoji, brackets, braces), so that nobody's name reads
// as a variable. The zero Name for no name at all: an address, "contact", an
// emoji.
func ParseName(written string) Name {
	if strings.Contains(written, "@") || strings.Contains(written, "://") {
		return Name{}
	}
	list := strings.Fields(strings.Map(nameRune, swapped(written)))
	n := Name{}
	list, n.Civility = withoutCivility(list)
	if len(list) == 0 || isNobody(list) {
		return Name{}
	}
	n.Full = strings.Join(list, " ")
	switch {
	case isCompany(list):
		return Name{Full: n.Full, Company: true}
	case isHousehold(list, written):
		return Name{Full: strings.Join(strings.Fields(strings.Map(nameRune, written)), " ")}
	}
	n.First, n.Last = firstAndLast(list)
	n.Full = strings.TrimSpace(n.First + " " + n.Last)
	if initial := strings.TrimSuffix(n.First, "."); utf8.RuneCountInString(initial) == 1 && n.Last != "" && unicode.Is(unicode.Latin, firstRune(initial)) {
		n.First = ""
	}
	return n
}

// nameRune keeps what names are made of.
func nameRune(r rune) rune {
	switch {
	case unicode.IsLetter(r), unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r), unicode.IsDigit(r):
		return r
	case strings.ContainsRune("-'’.&·", r):
		return r
	default:
		return ' '
	}
}

// swapped turns "Renaud, Camille", as address books write it.
func swapped(s string) string {
	last, first, found := strings.Cut(s, ",")
	if !found || strings.Contains(first, ",") || strings.TrimSpace(first) == "" || len(strings.Fields(last)) > 3 {
		return s
	}
	return first + " " + last
}

func withoutCivility(list []string) ([]string, Civility) {
	if len(list) == 0 {
		return list, Unknown
	}
	word := strings.ToLower(list[0])
	c, known := civilities[strings.TrimSuffix(word, ".")]
	// "M" alone is an initial; "M." before one name too may be. Followed by
	// more, it is Monsieur.
	if !known || len(list) == 1 || word == "m" && len(list) < 3 {
		return list, Unknown
	}
	return list[1:], c
}

func isNobody(list []string) bool {
	letters := false
	for _, w := range list {
		letters = letters || strings.ContainsFunc(w, unicode.IsLetter)
		if !nobody[lang.Fold(w)] {
			return !letters && len(list) == 1
		}
	}
	return true
}

func isCompany(list []string) bool {
	for _, w := range list {
		if companies[lang.Fold(strings.ReplaceAll(w, ".", ""))] {
			return true
		}
	}
	return false
}

// isHousehold: "M. et Mme Renaud", "Camille & Paul".
func isHousehold(list []string, written string) bool {
	for _, w := range list {
		if w == "et" || w == "&" || w == "and" {
			return true
		}
	}
	return strings.Contains(written, "&")
}

// firstAndLast reads "Camille Renaud", "RENAUD Camille" and "camille renaud";
// of several first names the first word is taken.
func firstAndLast(list []string) (first, last string) {
	front := 0
	for front < len(list) && isShouted(list[front]) {
		front++
	}
	switch {
	case front == len(list): // "CAMILLE RENAUD"
		for i, w := range list {
			list[i] = capital(strings.ToLower(w))
		}
	case front > 0: // "RENAUD Camille"
		list = append(append([]string{}, list[front:]...), list[:front]...)
	}
	for i, w := range list {
		switch {
		case isShouted(w):
			list[i] = capital(strings.ToLower(w))
		case i == 0 || len(list) == 2:
			list[i] = capital(w)
		}
	}
	return list[0], strings.Join(list[1:], " ")
}

// isShouted: two capital letters at least and no small one.
func isShouted(w string) bool {
	return utf8.RuneCountInString(w) > 1 && !strings.Contains(w, ".") && strings.ToUpper(w) == w && strings.ToLower(w) != w
}

// capital begins each part of "marie-claude" with a capital.
func capital(w string) string {
	start := true
	return strings.Map(func(r rune) rune {
		if start {
			r = unicode.ToUpper(r)
		}
		start = r == '-' || r == '\'' || r == '’'
		return r
	}, w)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// addressed is the name in a greeting; "" when the greeting is better without.
func (n Name) addressed(language string) string {
	switch {
	case n.Company:
		return ""
	case n.Civility != Unknown && n.Last != "" && utf8.RuneCountInString(n.Last) <= maxGreeted:
		return n.Civility.in(language) + " " + n.Last
	case n.Civility != Unknown && n.Last == "" && utf8.RuneCountInString(n.First) <= maxGreeted && n.First != "":
		return n.Civility.in(language) + " " + n.First
	case utf8.RuneCountInString(n.Full) <= maxGreeted:
		return n.Full
	case utf8.RuneCountInString(n.First) <= maxFirst:
		return n.First
	}
	return ""
}
