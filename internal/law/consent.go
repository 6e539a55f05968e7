package law

import "github.com/comptoir-desk/comptoir/internal/calendar"

const (
	phoneConsentMonths = 12 // at most, no tacit renewal (R223-1)
	phoneProofMonths   = 36 // from collection (R223-2)
)

// PhoneConsent is a consumer's prior consent to sales calls. The zero value is
// none.
type PhoneConsent struct {
	Given     calendar.Date
	Until     calendar.Date // last day of the period stated; zero when none was, which is the year of the law
	Withdrawn calendar.Date // any time, in any way, orally too (R223-3)
	Tacit     bool          // a box ticked beforehand, or mere browsing: no consent
}

// end is the last day on which the consent may be used.
func (c PhoneConsent) end() calendar.Date {
	last := c.Given.AddMonths(phoneConsentMonths)
	if !c.Until.IsZero() && c.Until.Before(last) {
		last = c.Until
	}
	if !c.Withdrawn.IsZero() && !c.Withdrawn.After(last) {
		last = c.Withdrawn.AddDays(-1)
	}
	return last
}

// Usable tells whether the consent holds on a day.
func (c PhoneConsent) Usable(day calendar.Date) bool {
	return !c.Given.IsZero() && !c.Tacit && !day.Before(c.Given) && !day.After(c.end())
}

// PhoneConsentTerm is how long a consent may be used and its proof is kept.
type PhoneConsentTerm struct {
	Valid     bool          // there is one at all, by a positive act
	UsableTo  calendar.Date // last day
	ProofKept calendar.Date // last day
	Grounds
}

// PhoneConsent says how long a consent to sales calls holds (R223-1 to R223-3).
func (s Settings) PhoneConsent(c PhoneConsent) PhoneConsentTerm {
	var t PhoneConsentTerm
	t.cite("L223-1 c. conso", "R223-1 c. conso")
	if c.Given.IsZero() || c.Tacit {
		t.say("Pas de consentement par un acte positif : une case cochée d'avance ou la simple navigation n'en est pas un.",
			"No consent by a positive act: a box ticked beforehand or mere browsing is none.")
		return t
	}
	t.Valid = true
	t.UsableTo, t.ProofKept = c.end(), c.Given.AddMonths(phoneProofMonths)
	t.say("Donné le %s : utilisable jusqu'au %s, un an au plus, sans reconduction tacite.",
		"Given on %s: usable until %s, a year at most, without tacit renewal.", c.Given, t.UsableTo)
	if !c.Withdrawn.IsZero() {
		t.say("Retiré le %s : plus aucun appel à partir de ce jour.", "Withdrawn on %s: no call from that day on.", c.Withdrawn)
		t.cite("R223-3 c. conso")
	}
	t.say("La preuve est gardée jusqu'au %s.", "The proof is kept until %s.", t.ProofKept)
	t.cite("R223-2 c. conso")
	return t
}

// SoftOptIn are the conditions under which a customer may be written to without
// prior consent; all of them together (L34-5 CPCE, fourth paragraph).
type SoftOptIn struct {
	FromPerson       bool // the address came from the person
	AtSale           bool // at a sale or service; an abandoned cart or quote is none
	SimilarGoods     bool
	SameEntity       bool // not another brand's, not a partner's
	ChanceAtOnce     bool // to refuse, free and simple, when it was collected
	ChanceInEachMail bool
}

func (o SoftOptIn) complete() bool {
	return o.FromPerson && o.AtSale && o.SimilarGoods && o.SameEntity && o.ChanceAtOnce && o.ChanceInEachMail
}

// MailFacts are what is known before a mail or text message leaves.
type MailFacts struct {
	On           calendar.Date
	Service      bool // about an order, a refund, a withdrawal, a recall; no promotion in it
	Promotion    bool // with a promotion in it all the same
	Professional bool // to a professional address, linked to the profession, informed and free to object
	Consent      calendar.Date
	Objected     calendar.Date // objection or withdrawal of consent; absolute
	SoftOptIn    SoftOptIn
}

// Mail says whether a mail or text message may be sent to a person (L34-5 CPCE,
// GDPR articles 7 and 21).
func (s Settings) Mail(f MailFacts) (allowed bool, g Grounds) {
	g.cite("L34-5 CPCE")
	if f.Service && !f.Promotion {
		g.say("Message de service, sans promotion : il part malgré un refus de prospection.",
			"A service message without promotion: it is sent despite an objection to marketing.")
		return true, g
	}
	if f.Service {
		g.say("Message de service avec une promotion : c'est de la prospection.", "A service message with a promotion: it is marketing.")
	}
	objected := !f.Objected.IsZero() && !f.On.Before(f.Objected)
	consented := !f.Consent.IsZero() && !f.On.Before(f.Consent)
	// Somebody who objected and later consented anew may be written to again.
	if objected && !(consented && f.Consent.After(f.Objected)) {
		g.say("La personne s'est opposée le %s : plus aucune prospection.", "The person objected on %s: no more marketing.", f.Objected)
		g.cite("RGPD art. 21(3)", "RGPD art. 7(3)")
		return false, g
	}
	switch {
	case consented:
		g.say("Consentement préalable du %s.", "Prior consent of %s.", f.Consent)
		g.cite("RGPD art. 7(1)")
	case f.Professional:
		g.say("Adresse professionnelle, message lié à la profession : information et droit d'opposition suffisent.",
			"Professional address, a message linked to the profession: information and a right to object are enough.")
	case f.SoftOptIn.complete():
		g.say("Client d'une vente, produits semblables de la même entreprise, refus offert à la collecte et dans chaque message.",
			"Customer of a sale, similar products of the same business, a chance to refuse at collection and in each message.")
	default:
		g.say("Ni consentement préalable, ni toutes les conditions de l'exception pour les clients.",
			"Neither prior consent nor all conditions of the exception for customers.")
		return false, g
	}
	return true, g
}
