package law

import "slices"

// Exception is a number of the closed list of L221-28: what isn't in it is no
// exception.
type Exception int

// The thirteen cases.
const (
	ServicePerformed Exception = iota + 1
	MarketPrice
	MadeToMeasure
	Perishable
	HygieneUnsealed
	MixedAfterDelivery
	AgedAlcohol
	UrgentRepair
	MediaUnsealed
	Newspaper
	PublicAuction
	SetDate
	DigitalContent
)

// Proof is one thing that the trader must be able to show. He bears the burden
// for each: what isn't shown isn't so.
type Proof string

// What the cases ask for. Consent and Acknowledgement are two separate acts,
// neither of them a box ticked beforehand.
const (
	ToldBeforehand     Proof = "told_beforehand"
	FullyPerformed     Proof = "fully_performed"
	Consent            Proof = "consent"
	Acknowledgement    Proof = "acknowledgement"
	Confirmation       Proof = "confirmation"
	PriceOnMarkets     Proof = "price_on_markets"
	Personalised       Proof = "personalised"
	ExpiresSoon        Proof = "expires_soon"
	WasSealed          Proof = "was_sealed"
	UnsealedByConsumer Proof = "unsealed_by_consumer"
	HealthOrHygiene    Proof = "health_or_hygiene"
	Inseparable        Proof = "inseparable"
	AgreedAtSale       Proof = "agreed_at_sale"
	DeliveredAfter30   Proof = "delivered_after_30_days"
	AskedForUrgency    Proof = "asked_for_urgency"
	StrictlyNecessary  Proof = "strictly_necessary"
	NoSubscription     Proof = "no_subscription"
	HeldInPublic       Proof = "held_in_public"
	DateOrPeriodSet    Proof = "date_or_period_set"
	IsListedService    Proof = "listed_service"
	NotTangible        Proof = "not_tangible"
	Started            Proof = "started"
)

// exceptionCase is one number of the list.
type exceptionCase struct {
	article string
	what    Text
	proofs  []Proof
	// paidOnly: a contract that is paid by data alone keeps the right.
	paidOnly bool
}

// LineClaim is what a trader says of one line of an order, and what he can show.
// Exceptions are looked at line by line, never for an order as a whole.
type LineClaim struct {
	Case  Exception
	Shown []Proof
	Paid  bool // with money, not with data
}

// LineRight is whether the right of withdrawal is excluded for a line.
type LineRight struct {
	Excluded bool
	Missing  []Proof // what would have to be shown for it
	Grounds
}

// Exclusion says whether a line of an order is excluded from the right of
// withdrawal: when its case is on the list and all that it asks for is shown,
// having told the consumer beforehand included (L221-5 7°).
func Exclusion(c LineClaim) LineRight {
	var r LineRight
	found, ok := exceptionCases[c.Case]
	r.cite("L221-28 c. conso")
	if !ok {
		r.say("Ce cas n'est pas sur la liste fermée des exceptions : le droit de rétractation existe.",
			"This case is not on the closed list of exceptions: the right of withdrawal exists.")
		return r
	}
	r.Articles = []string{found.article}
	r.say("Exception invoquée : %s.", "Exception claimed: %s.", found.what)
	if found.paidOnly && !c.Paid {
		r.say("Le contrat n'est pas payé en argent : l'exception ne s'applique pas.",
			"The contract isn't paid with money: the exception doesn't apply.")
		return r
	}
	for _, p := range found.proofs {
		if !slices.Contains(c.Shown, p) {
			r.Missing = append(r.Missing, p)
			r.say("Il reste à prouver : %s.", "Still to be proven: %s.", p.Text())
		}
	}
	r.cite("L221-5 7° c. conso")
	r.Excluded = len(r.Missing) == 0
	if r.Excluded {
		r.say("Tout est prouvé : cette ligne est exclue du droit de rétractation.",
			"All is proven: this line is excluded from the right of withdrawal.")
	} else {
		r.say("La preuve incombe au professionnel : le droit de rétractation existe.",
			"The proof is the trader's: the right of withdrawal exists.")
	}
	return r
}

// Proofs is what a case asks the trader to show; none for what isn't a case.
func (e Exception) Proofs() []Proof { return slices.Clone(exceptionCases[e].proofs) }

// Text says what the case is; empty for what isn't one.
func (e Exception) Text() Text { return exceptionCases[e].what }

// Exceptions is the closed list in the order of the article.
func Exceptions() []Exception {
	list := make([]Exception, 0, len(exceptionCases))
	for e := ServicePerformed; e <= DigitalContent; e++ {
		list = append(list, e)
	}
	return list
}

// NoExceptions are reasons often given that the list doesn't know.
func NoExceptions() []Text {
	return []Text{
		{"article soldé ou en promotion", "sale or clearance item"},
		{"emballage ouvert", "opened packaging"},
		{"emballage d'origine manquant", "original packaging missing"},
		{"article essayé", "item tried on"},
		{"matelas dont le film a été retiré (CJUE C-681/17)", "mattress with its film removed (CJEU C-681/17)"},
		{"abonnement numérique évolutif, qui est un service (CJUE C-234/25)", "evolving digital subscription, which is a service (CJEU C-234/25)"},
	}
}
