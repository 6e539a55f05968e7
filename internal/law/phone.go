package law

import (
	"errors"
	"strings"
)

// NumberClass is what calling a French number costs, in the words of SVA+.
type NumberClass string

// The classes. An ordinary number may be "banalisé" (the price of a call).
const (
	FreeNumber       NumberClass = "free"
	OrdinaryNumber   NumberClass = "ordinary"
	SurchargedNumber NumberClass = "surcharged"
	UnknownNumber    NumberClass = "unknown"
)

// Number is a telephone number and whether a shop may show it for after-sales.
type Number struct {
	Normalised string // E.164, or the short number itself
	E164       string // "" for short numbers
	Class      NumberClass
	Grounds
}

// AfterSales tells whether the number may be given for the performance of a
// contract or a complaint (L121-16); known is false when its class isn't.
func (n Number) AfterSales() (allowed, known bool) {
	return n.Class == FreeNumber || n.Class == OrdinaryNumber, n.Class != UnknownNumber
}

// ErrNumber is what isn't a telephone number.
var ErrNumber = errors.New("no telephone number")

// Number reads a telephone number as a person writes it, French unless it begins
// with + or 00, and tells its class (L121-16).
func (s Settings) Number(written string) (Number, error) {
	n, err := normalise(written)
	if err != nil {
		return Number{}, err
	}
	n.cite("L121-16 c. conso")
	if declared, ok := s.Calls.Declared[n.Normalised]; ok && n.Class == UnknownNumber {
		n.Class = declared
		n.Reasons = nil
		n.say("Classe déclarée par la boutique.", "Class declared by the shop.")
	}
	switch allowed, known := n.AfterSales(); {
	case allowed:
		n.say("Ce numéro peut servir au service après-vente.", "This number may be used for after-sales.")
	case known:
		n.say("Un numéro surtaxé est interdit pour l'exécution d'un contrat ou une réclamation.",
			"A surcharged number is forbidden for the performance of a contract or a complaint.")
	default:
		n.say("À vérifier sur infosva.org, ou à déclarer par la boutique.", "To be looked up on infosva.org, or declared by the shop.")
	}
	return n, nil
}

// normalise gives the number without its class's consequences.
func normalise(written string) (Number, error) {
	digits, plus, err := dialled(written)
	if err != nil {
		return Number{}, err
	}
	if !plus && strings.HasPrefix(digits, "00") {
		digits, plus = digits[2:], true
	}
	if plus {
		return international(digits)
	}
	if strings.HasPrefix(digits, "0") {
		return national(digits)
	}
	return short(digits)
}

// dialled is the digits of a number, and whether a + came first. "(0)" after a
// country code is dropped.
func dialled(written string) (digits string, plus bool, err error) {
	s := written
	if scheme, rest, ok := strings.Cut(s, ":"); ok && strings.EqualFold(strings.TrimSpace(scheme), "tel") {
		s = rest
	}
	s, plus = strings.CutPrefix(strings.TrimSpace(s), "+")
	if plus || strings.HasPrefix(s, "00") {
		s = strings.ReplaceAll(s, "(0)", "")
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" .-/()\u00a0\u202f\u2009\u2010\u2011\u2013", r):
		default:
			return "", plus, ErrNumber
		}
	}
	return b.String(), plus, nil
}

// overseas codes have national numbers of their own, written like those of the
// mainland: 0262 12 34 56 is +262 262 12 34 56.
var overseas = map[string]string{
	"0262": "262", "0263": "262", "0269": "262", "0692": "262", "0693": "262", "0639": "262",
	"0590": "590", "0690": "590", "0691": "590",
	"0594": "594", "0694": "594",
	"0596": "596", "0696": "596", "0697": "596",
}

// international reads a number without its + or 00.
func international(digits string) (Number, error) {
	for _, code := range []string{"33", "262", "590", "594", "596"} {
		if rest, ok := strings.CutPrefix(digits, code); ok {
			return frenchAbroad(code, rest)
		}
	}
	// E.164: at most 15 digits, a country code never begins with 0.
	if len(digits) < 7 || len(digits) > 15 || digits[0] == '0' {
		return Number{}, ErrNumber
	}
	n := Number{Normalised: "+" + digits, E164: "+" + digits, Class: UnknownNumber}
	n.say("Numéro étranger : son prix n'est pas connu.", "Foreign number: its price is not known.")
	return n, nil
}

// frenchAbroad is a French number behind its country code; +33 820 and even
// +33 0820 are written.
func frenchAbroad(code, rest string) (Number, error) {
	rest = strings.TrimPrefix(rest, "0")
	if len(rest) != 9 {
		if n, err := short(rest); err == nil && code == "33" {
			return n, nil
		}
		return Number{}, ErrNumber
	}
	n, err := national("0" + rest)
	if err != nil {
		return Number{}, err
	}
	n.E164 = "+" + code + rest
	n.Normalised = n.E164
	return n, nil
}

// national reads a French number of ten digits.
func national(digits string) (Number, error) {
	if len(digits) != 10 || digits[1] == '0' {
		return Number{}, ErrNumber
	}
	code := "33"
	if own, ok := overseas[digits[:4]]; ok {
		code = own
	}
	n := Number{E164: "+" + code + digits[1:]}
	n.Normalised = n.E164
	n.Class = n.nationalClass(digits)
	return n, nil
}

// nationalClass follows the plan of numbers: 08 is what costs, or doesn't.
func (n *Number) nationalClass(digits string) NumberClass {
	switch prefix, third := digits[:3], digits[3]; {
	case digits[1] != '8':
		n.say("Numéro ordinaire (01 à 05, 06, 07, 09).", "Ordinary number (01 to 05, 06, 07, 09).")
		return OrdinaryNumber
	case prefix == "080" && third <= '5':
		n.say("Numéro gratuit (0800 à 0805).", "Free number (0800 to 0805).")
		return FreeNumber
	case prefix == "080":
		n.say("Service gratuit au prix d'un appel (0806 à 0809).", "Free service at the price of a call (0806 to 0809).")
		return OrdinaryNumber
	case prefix == "081" || prefix == "082" || prefix == "089":
		n.say("Numéro surtaxé (%sx).", "Surcharged number (%sx).", prefix)
		return SurchargedNumber
	}
	n.say("Tranche %s sans classe connue.", "Range %s without a known class.", digits[:3])
	return UnknownNumber
}

// short reads a number of three to six digits: it has no E.164 form.
func short(digits string) (Number, error) {
	n := Number{Normalised: digits}
	switch {
	case len(digits) == 6 && strings.HasPrefix(digits, "116"):
		n.Class = FreeNumber
		n.say("Numéro européen gratuit (116xxx).", "Free European number (116xxx).")
	case len(digits) == 6 && strings.HasPrefix(digits, "118"):
		n.Class = SurchargedNumber
		n.say("Renseignements téléphoniques surtaxés (118xxx).", "Surcharged directory enquiries (118xxx).")
	case len(digits) == 4 && (strings.HasPrefix(digits, "30") || strings.HasPrefix(digits, "31")):
		n.Class = FreeNumber
		n.say("Numéro court gratuit (30xx, 31xx).", "Free short number (30xx, 31xx).")
	case len(digits) == 4 && (digits[0] == '3' || strings.HasPrefix(digits, "10")), len(digits) == 3 && digits[0] == '1':
		n.Class = UnknownNumber
		n.say("Le prix de ce numéro court dépend du numéro.", "The price of this short number depends on the number.")
	default:
		return Number{}, ErrNumber
	}
	return n, nil
}
