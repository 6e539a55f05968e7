package guard

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// cardNumberRule never lets a payment card number leave: a mail is kept by
// everyone it passes (PCI DSS, requirement 4.2.2). A number is one when its
// first digits are a brand's, its length is that brand's and its last digit
// checks (ISO/IEC 7812-1, annex B). What merely looks so is told apart by what
// stands around it.
var cardNumberRule = rule{
	name:     "card_number",
	severity: NeverPassed,
	kinds:    everyKind,
	french:   "Un numéro de carte bancaire ne part jamais par message : effacez-le, ou ne laissez que les quatre derniers chiffres.",
	english:  "A payment card number never leaves in a message: delete it, or leave the last four digits only.",
	find:     findCardNumbers,
}

// digitRun is digits as people type cards: spaces, new lines, dots, strokes or
// brackets between them, three at most.
var digitRun = pattern.Of(`\d(?:[ \t\n\x{00a0}\x{202f}\x{2009}.,:|·•*+~\-–—_/()]{0,3}\d){12,}`)

// brand is a range of first digits with the lengths that cards of it have.
type brand struct {
	digits   int // how many first digits are compared
	from, to int
	lengths  []int
}

// brands that issue today, by their first digits (ISO/IEC 7812 registry, as the
// brands publish them). The twelve digits of Maestro's first cards are left out:
// nobody carries them, and a parcel's number has as many. The thirteen of Visa's
// are a German EAN's too, and count where "card" stands before.
var brands = []brand{
	{1, 4, 4, []int{16, 19}},           // Visa
	{2, 51, 55, []int{16}},             // Mastercard
	{4, 2221, 2720, []int{16}},         // Mastercard
	{2, 34, 34, []int{15}},             // American Express
	{2, 37, 37, []int{15}},             // American Express
	{3, 300, 305, []int{14}},           // Diners Club
	{2, 36, 36, []int{14}},             // Diners Club
	{2, 38, 39, []int{14}},             // Diners Club
	{4, 6011, 6011, []int{16, 19}},     // Discover
	{3, 644, 649, []int{16, 19}},       // Discover
	{2, 65, 65, []int{16, 19}},         // Discover
	{4, 3528, 3589, []int{16, 19}},     // JCB
	{2, 62, 62, []int{16, 19}},         // UnionPay
	{4, 5019, 5019, []int{16}},         // Dankort
	{4, 5893, 5893, []int{16, 18, 19}}, // Maestro
	{4, 5018, 5018, []int{16, 18, 19}}, // Maestro
	{4, 5020, 5020, []int{16, 18, 19}}, // Maestro
	{4, 5038, 5038, []int{16, 18, 19}}, // Maestro
	{4, 6304, 6304, []int{16, 18, 19}}, // Maestro
	{4, 6759, 6763, []int{16, 18, 19}}, // Maestro
	{6, 501766, 501767, []int{16}},     // Carte Bancaire without another brand
	{4, 9792, 9792, []int{16}},         // Troy
	{4, 2200, 2204, []int{16}},         // Mir
}

// What stands before a number tells whose it is; the nearer label wins, so that
// "commande 20417, carte 4111…" is a card and "carte cadeau 4111…" is none.
var (
	address = pattern.Of(`(?i)(?:[a-z][a-z0-9+.-]*://|www\.)\S*$`)
	// A number with letters at its ends is an order's, a parcel's or an account's
	// (6A…, ML-…, FR76…, …FR).
	endOfWord   = pattern.Of(`(?:[\p{L}_#]|\p{L}[-./])$`)
	startOfWord = pattern.Of(`^(?:[\p{L}_]|-\p{L})`)
	ibanBefore  = pattern.Of(`\b(?:(?:AT|BE|CH|DE|ES|FR|GB|IE|IT|LU|NL|PT) ?|MC|[A-Z]{2}\d{2} ?[A-Z]{4} ?)$`)
)

func findCardNumbers(r *reading) []hit {
	var found []hit
	company := phrase.Digits(r.facts.Shop.SIRET)
	for _, m := range digitRun.FindAllStringIndex(r.own, -1) {
		run := phrase.Span{Start: m[0], End: m[1]}
		before, after := r.own[max(0, run.Start-80):run.Start], head(r.own[run.End:])
		label := labelOf(before)
		if address.MatchString(before) || ibanBefore.MatchString(before) {
			continue
		}
		if label == labelNone && (endOfWord.MatchString(before) || startOfWord.MatchString(after)) {
			continue
		}
		c := cardCheck{company: company, labelled: label == labelCard, notFirst: label == labelOther}
		if s, ok := c.within(r.own, run); ok {
			digits := phrase.Digits(r.own[s.Start:s.End])
			found = append(found, hit{Span: s, fix: "•••• " + digits[len(digits)-4:]})
		}
	}
	return found
}

type label int

const (
	labelNone label = iota
	labelCard
	labelOther
)

// labelOf reads the nearest label before a number, on its line and without
// another number in between: what the number is of.
func labelOf(before string) label {
	const nearOther, nearCard = 28, 40
	if i := strings.LastIndexAny(before, "0123456789\n"); i >= 0 {
		before = before[i+1:]
	}
	tokens := phrase.Tokens(before)
	for i := len(tokens) - 1; i >= 0; i-- {
		switch far := len(before) - tokens[i].End; {
		case far > nearCard:
			return labelNone
		case namesNumber(tokens, i) || far <= nearOther && isOtherLabel(tokens, i):
			return labelOther
		case cardWords[tokens[i].Word]:
			return labelCard
		}
	}
	return labelNone
}

// isOtherLabel: a parcel's, an order's, a company's, a gift card's.
func isOtherLabel(tokens []phrase.Token, i int) bool {
	w, next := tokens[i].Word, phrase.Word(tokens, i+1)
	if phrase.OneOf(w, "carte", "card") {
		return phrase.OneOf(next, "cadeau", "cadeaux", "membre") || next == "de" && phrase.OneOf(phrase.Word(tokens, i+2), "fidelite", "fid", "membre") ||
			phrase.OneOf(phrase.Word(tokens, i-1), "gift", "store", "loyalty", "membership")
	}
	return otherWords[w] || len(w) > 4 && slices.ContainsFunc(otherPrefixes, func(p string) bool { return strings.HasPrefix(w, p) })
}

var (
	otherWords = phrase.Words(`siren siret rcs tva vat iban rib bic ean gtin upc isbn barcode barre barres suivi colis dhl ups fedex gls dpd relay ref refs lot batch bon bons coupon code codes
 key keys cle cles tel telephone phone mobile ticket tickets billet billets contrat contrats police sinistre claim case dossier dossiers imei serial voucher policy order orders parcel shipment track abonne abonnee certificate certificat insurance assurance attestation passport badge permit permis`)
	otherPrefixes = strings.Fields(`tracking consign colissimo chronopost commande factur invoic transaction contract licen membership loyalty expedition adherent reference serie fidelite shipment parcel coupon order`)
	cardWords     = phrase.Words(`carte cartes cb visa mastercard amex maestro card cards cvv cvc express expire expires expiration expiry`)
	numberWords   = phrase.Words(`number numero no id nr`)
)

// namesNumber: the number of a thing other than a card stands before: "the claim
// number your insurer gave us is", "numéro d'adhérent".
func namesNumber(tokens []phrase.Token, i int) bool {
	if !numberWords[tokens[i].Word] && tokens[i].Word != "n" {
		return false
	}
	j := i + 1
	for phrase.OneOf(phrase.Word(tokens, j), "de", "d", "du", "la", "l") {
		j++
	}
	if j > i+1 && j < len(tokens) {
		return !unnamed[tokens[j].Word]
	}
	return i > 0 && tokens[i].Start-tokens[i-1].End == 1 && phrase.OneOf(tokens[i].Word, "number", "no", "id", "nr") && !unnamed[tokens[i-1].Word]
}

// unnamed say nothing of whose number it is, or that it is a card's.
var unnamed = phrase.Words(`card carte cb visa the your this that right wrong correct full long whole same my our its credit debit account payment paiement compte bank banque le un ce is a`)

type cardCheck struct {
	company  string // digits of the shop's own number
	labelled bool   // "carte" or the like stands before
	notFirst bool   // the first number is an order's or the like: only what follows may be a card
}

// within finds a card in a run of digits: the whole run, or the part that
// separators cut off, so that an order number before it, an expiry date or a CVV
// behind it don't hide it.
func (c cardCheck) within(text string, run phrase.Span) (phrase.Span, bool) {
	if whole := text[run.Start:run.End]; !c.notFirst && (c.labelled || grouped(whole)) && c.isCard(whole) {
		return run, true
	}
	const mostBefore, mostAfter, longest = 6, 8, 19
	edges := groupEdges(text, run)
	last := edges[len(edges)-1]
	for i, from := range edges {
		if from.digits > mostBefore {
			break
		}
		if i == 0 && c.notFirst {
			continue
		}
		for _, to := range edges[i+1:] {
			if to.digits-from.digits > longest {
				break
			}
			if last.digits-to.digits > mostAfter || c.notFirst && to != last {
				continue
			}
			part := strings.TrimRightFunc(text[from.at:to.at], isSeparator)
			if cardShaped(part) && c.isCard(part) {
				return phrase.Span{Start: from.at, End: from.at + len(part)}, true
			}
		}
	}
	return phrase.Span{}, false
}

// edge is where a group of digits begins or all end, and how many digits stand
// before it in the run.
type edge struct{ at, digits int }

// groupEdges are the beginnings of the groups, and the end.
func groupEdges(text string, run phrase.Span) []edge {
	edges := []edge{{run.Start, 0}}
	inGap, digits := false, 0
	for i, r := range text[run.Start:run.End] {
		if isSeparator(r) {
			inGap = true
			continue
		}
		if inGap {
			edges = append(edges, edge{run.Start + i, digits})
			inGap = false
		}
		digits++
	}
	return append(edges, edge{run.End, digits})
}

// grouped: cards are typed in one piece or in groups of three digits and more; a
// list of phone numbers or dates is in pairs.
func grouped(s string) bool {
	groups := strings.FieldsFunc(s, isSeparator)
	for i, g := range groups {
		if len(g) < 3 && i < len(groups)-1 {
			return false
		}
	}
	return true
}

// cardShaped asks more of a part than of a whole run: one piece, or the groups
// that are printed on cards (4-4-4-4, 4-6-5, 4-6-4).
func cardShaped(s string) bool {
	groups := strings.FieldsFunc(s, isSeparator)
	if len(groups) < 2 {
		return true
	}
	return len(groups[0]) == 4 && (len(groups[1]) == 4 && len(groups) >= 4 || len(groups[1]) == 6 && len(groups) == 3)
}

func isSeparator(r rune) bool {
	return strings.ContainsRune(" \t\n\u00a0\u202f\u2009.,:|·•*+~-–—_/()", r)
}

func (c cardCheck) isCard(written string) bool {
	digits := phrase.Digits(written)
	if len(c.company) >= 9 && (strings.HasPrefix(digits, c.company) || strings.HasPrefix(c.company, digits)) {
		return false
	}
	if !branded(digits) && !(c.labelled && len(digits) == 13 && digits[0] == '4') || !luhn(digits) {
		return false
	}
	return c.labelled || !siret(digits) || cardShaped(written) && strings.ContainsFunc(written, isSeparator)
}

// siret: the fourteen digits of a French establishment check as a whole, as
// Diners Club cards do, and their first nine (the SIREN) check too.
func siret(digits string) bool { return len(digits) == 14 && luhn(digits[:9]) }

func branded(digits string) bool {
	for _, b := range brands {
		if len(digits) < b.digits {
			continue
		}
		first := 0
		for _, c := range digits[:b.digits] {
			first = first*10 + int(c-'0')
		}
		if first < b.from || first > b.to {
			continue
		}
		for _, n := range b.lengths {
			if len(digits) == n {
				return true
			}
		}
	}
	return false
}

// luhn is the check digit of ISO/IEC 7812-1, annex B.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}
