package law

import "github.com/comptoir-desk/comptoir/internal/calendar"

const (
	guaranteeMonths     = 24 // L217-3, from delivery
	presumedMonths      = 24 // L217-7
	presumedMonthsUsed  = 12 // second-hand
	remedyDays          = 30 // to repair or replace (L217-10)
	guaranteeRefundDays = 14 // L217-17
	shippingRefundDays  = 14 // L241-6
	conformityArticle   = "L217-3 c. conso"
	hiddenDefectArticle = "C. civ. 1641"
	hiddenDefectTerm    = "C. civ. 1648"
)

// GuaranteeFacts are what is known of a good.
type GuaranteeFacts struct {
	Delivered  calendar.Date
	SecondHand bool
	// Repairs under the guarantee, by day; a zero day is one whose day isn't
	// known, and counts by the rule of the day of delivery.
	Repairs []calendar.Date
	// Replaced is the delivery of a replacement that the consumer was given
	// though he had chosen a repair (L217-13, second paragraph).
	Replaced calendar.Date
	Buyer    Buyer
}

// Guarantee is how long the guarantee of conformity runs.
type Guarantee struct {
	Applies       bool
	Until         calendar.Date // last day
	PresumedUntil calendar.Date // a defect that appears by then is presumed to have been there on delivery
	Grounds
}

// Guarantee says until when the seller answers for defects (L217-3 to L217-13).
func (s Settings) Guarantee(f GuaranteeFacts) Guarantee {
	var g Guarantee
	g.cite(conformityArticle)
	g.Applies = protected(&g.Grounds, f.Buyer)
	if !g.Applies {
		return g
	}
	months, repairs := s.extension(f)
	g.Until = f.Delivered.AddMonths(guaranteeMonths + months)
	g.say("La garantie légale de conformité court deux ans à partir de la livraison du %s.",
		"The legal guarantee of conformity runs two years from delivery on %s.", f.Delivered)
	if repairs > 0 {
		g.say("Réparation sous garantie (%s) : la garantie est prolongée de %s mois.",
			"Repair under guarantee (%s): the guarantee is prolonged by %s months.", repairs, months)
		g.cite("L217-13 c. conso")
	}
	start := f.Delivered
	if !f.Replaced.IsZero() {
		start = f.Replaced
		if full := start.AddMonths(guaranteeMonths); full.After(g.Until) {
			g.Until = full
		}
		g.say("Remplacé le %s au lieu d'être réparé : une nouvelle garantie entière court de ce jour.",
			"Replaced on %s instead of repaired: a new full guarantee runs from that day.", start)
		g.cite("L217-13 c. conso")
	}
	g.presumption(f, start)
	g.say("Elle va jusqu'au %s.", "It runs to %s.", g.Until)
	return g
}

func (g *Guarantee) presumption(f GuaranteeFacts, start calendar.Date) {
	g.cite("L217-7 c. conso")
	g.PresumedUntil = start.AddMonths(presumedMonths)
	if f.SecondHand {
		g.PresumedUntil = start.AddMonths(presumedMonthsUsed)
		g.say("Bien d'occasion : un défaut apparu jusqu'au %s est présumé d'origine.",
			"Second-hand: a defect that appears by %s is presumed to have been there.", g.PresumedUntil)
		return
	}
	g.say("Un défaut apparu jusqu'au %s est présumé d'origine.", "A defect that appears by %s is presumed to have been there.", g.PresumedUntil)
}

// extension is the months that repairs add and how many repairs add them.
func (s Settings) extension(f GuaranteeFacts) (months, counted int) {
	for _, day := range f.Repairs {
		if day.IsZero() {
			day = f.Delivered
		}
		e, ok := s.Defects.Repair.On(day)
		if !ok || e.Once && counted > 0 {
			continue
		}
		months += e.Months
		counted++
	}
	return months, counted
}

// RemedyFacts are what is known of a claim under the guarantee.
type RemedyFacts struct {
	Asked          calendar.Date // the consumer asked for repair or replacement
	Refused        bool
	Persists       bool // the defect is still there after an attempt
	Grave          bool // so grave that price cut or termination is open at once
	Minor          bool // a minor defect never ends the contract
	GoodsReturned  calendar.Date
	ProofOfReturn  calendar.Date
	CostsAccepted  calendar.Date // the consumer was told that the claim is accepted: shipping costs are owed
	CostsRefunded  calendar.Date
	SellersRefusal bool // the seller refuses the consumer's choice of remedy
	InWriting      bool // with his reasons
}

// Remedy is by when a defect is to be put right, and what is open afterwards.
type Remedy struct {
	By             calendar.Date // last day to repair or replace
	OtherFrom      calendar.Date // from this day on: price reduction, or termination when MayTerminate
	AtOnce         bool          // the other remedies are open whatever the day
	MayTerminate   bool
	RefuseStands   bool          // the seller may refuse the choice of remedy: impossible or disproportionate, in writing
	RefundDue      calendar.Date // after termination, once goods or proof of return came; zero before
	CostsDue       calendar.Date // of shipping costs wrongly charged
	CostsDaysLate  int
	CostsIncreased Percent
	Grounds
}

// Remedy says by when a defect is to be put right (L217-10) and what follows
// (L217-14, L217-17, L241-6).
func (s Settings) Remedy(f RemedyFacts) Remedy {
	r := Remedy{By: s.traderDay(f.Asked.AddDays(remedyDays)), MayTerminate: !f.Minor}
	r.OtherFrom = r.By.AddDays(1)
	r.cite("L217-9 c. conso", "L217-10 c. conso", "L217-14 c. conso")
	r.say("Demandé le %s : réparé ou remplacé sans frais dans les trente jours, au plus tard le %s.",
		"Asked for on %s: repaired or replaced free of charge within thirty days, by %s.", f.Asked, r.By)
	r.AtOnce = f.Refused || f.Persists || f.Grave
	if r.AtOnce {
		r.say("Refus, défaut qui persiste ou défaut grave : la baisse du prix ou la résolution est ouverte aussitôt.",
			"Refused, still defective, or grave: price reduction or termination is open at once.")
	} else {
		r.say("Sinon, à partir du %s, la baisse du prix ou la résolution est ouverte.",
			"Otherwise, from %s on, price reduction or termination is open.", r.OtherFrom)
	}
	if f.Minor {
		r.say("Le défaut est mineur : baisse du prix, mais pas de résolution.", "The defect is minor: a price reduction, no termination.")
	}
	r.choice(f)
	s.remedyMoney(&r, f)
	return r
}

func (r *Remedy) choice(f RemedyFacts) {
	if !f.SellersRefusal {
		return
	}
	r.RefuseStands = f.InWriting
	r.cite("L217-12 c. conso")
	if f.InWriting {
		r.say("Le vendeur refuse ce choix par un écrit motivé : possible s'il est impossible ou disproportionné.",
			"The seller refuses that choice in writing with reasons: possible if it is impossible or disproportionate.")
		return
	}
	r.say("Le vendeur refuse ce choix sans écrit motivé : le choix du consommateur tient.",
		"The seller refuses that choice without a reasoned writing: the consumer's choice stands.")
}

func (s Settings) remedyMoney(r *Remedy, f RemedyFacts) {
	back := f.GoodsReturned
	if back.IsZero() || !f.ProofOfReturn.IsZero() && f.ProofOfReturn.Before(back) {
		back = f.ProofOfReturn
	}
	if !back.IsZero() {
		r.RefundDue = s.traderDay(back.AddDays(guaranteeRefundDays))
		r.say("Après résolution, le bien ou la preuve de son renvoi est arrivé le %s : remboursement au plus tard le %s, par le même moyen.",
			"After termination, the goods or proof of their return came on %s: refund by %s, by the same means.", back, r.RefundDue)
		r.say("La majoration en cas de retard de ce remboursement n'a pas été vérifiée : aucun pourcentage n'est donné.",
			"What lateness of this refund adds could not be verified: no percentage is given.")
		r.cite("L217-17 c. conso")
	}
	if f.CostsAccepted.IsZero() {
		return
	}
	r.CostsDue = s.traderDay(f.CostsAccepted.AddDays(shippingRefundDays))
	r.say("Frais d'envoi facturés à tort : remboursés au plus tard le %s.", "Shipping costs wrongly charged: refunded by %s.", r.CostsDue)
	r.cite("L241-6 c. conso")
	if !f.CostsRefunded.IsZero() {
		r.CostsDaysLate = max(0, f.CostsRefunded.DaysSince(r.CostsDue))
		r.CostsIncreased = lateTermination(&r.Grounds, r.CostsDaysLate, "L241-6 c. conso")
	}
}

// HiddenDefect says until when the guarantee against hidden defects may be
// claimed: some years from discovery, and never later than an outer limit from
// the sale. The consumer chooses between it and conformity.
func (s Settings) HiddenDefect(sold, discovered calendar.Date) (calendar.Date, Grounds) {
	var g Grounds
	g.cite(hiddenDefectArticle, hiddenDefectTerm)
	until := discovered.AddMonths(12 * s.Defects.HiddenDefectYears)
	g.say("Vice caché découvert le %s : action jusqu'au %s.", "Hidden defect discovered on %s: claim until %s.", discovered, until)
	if outer := sold.AddMonths(12 * s.Defects.HiddenDefectOuter); outer.Before(until) {
		until = outer
		g.say("La limite depuis la vente est plus proche : le %s.", "The limit from the sale comes first: %s.", outer)
	}
	g.say("Le consommateur choisit entre cette garantie et celle de conformité.", "The consumer chooses between this guarantee and that of conformity.")
	return until, g
}
