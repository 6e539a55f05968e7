package law

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

const (
	deliveryDays          = 30 // without a date agreed (L216-1)
	terminationRefundDays = 14 // after the contract was ended (L216-7)
)

// DeliveryFacts are what is known of a delivery and, when the contract was ended
// for it, of the refund.
type DeliveryFacts struct {
	Concluded  calendar.Date
	Promised   calendar.Date // the date or last day told to the consumer
	Terminated calendar.Date // the contract was ended for late delivery
	Refunded   calendar.Date
	Buyer      Buyer
}

// Delivery is by when goods are to be there, and the refund when they weren't.
type Delivery struct {
	Applies         bool
	DeliverBy       calendar.Date
	DeliverByRolled calendar.Date
	RefundDue       calendar.Date // zero while the contract stands
	RefundDueRolled calendar.Date
	DaysLate        int
	Percent         Percent // added by lateness of the refund (L241-4)
	Grounds
}

// Delivery says by when goods are to be delivered (L216-1), by when all is
// refunded after an ended contract (L216-7) and what lateness adds (L241-4).
func (s Settings) Delivery(f DeliveryFacts) Delivery {
	var d Delivery
	d.Applies = protected(&d.Grounds, f.Buyer)
	strict := f.Promised
	if strict.IsZero() {
		strict = f.Concluded.AddDays(deliveryDays)
		d.say("Aucune date n'a été annoncée : la livraison a lieu au plus tard trente jours après la conclusion, le %s.",
			"No date was told: delivery is at the latest thirty days after conclusion, on %s.", strict)
	} else {
		d.say("La livraison a été annoncée pour le %s au plus tard.", "Delivery was told for %s at the latest.", strict)
	}
	d.cite("L216-1 c. conso")
	d.DeliverBy, d.DeliverByRolled = s.traderDay(strict), s.roll(strict, Place{})
	if f.Terminated.IsZero() || !d.Applies {
		return d
	}
	due := f.Terminated.AddDays(terminationRefundDays)
	d.RefundDue, d.RefundDueRolled = s.traderDay(due), s.roll(due, Place{})
	d.say("Contrat résolu le %s : tout ce qui a été payé est remboursé au plus tard le %s.",
		"Contract ended on %s: everything paid is refunded by %s at the latest.", f.Terminated, d.RefundDue)
	d.cite("L216-7 c. conso")
	if f.Refunded.IsZero() {
		return d
	}
	d.DaysLate = max(0, f.Refunded.DaysSince(d.RefundDue))
	d.Percent = lateTermination(&d.Grounds, d.DaysLate, "L241-4 c. conso")
	return d
}

// lateTermination is the increase of L241-4 and L241-6: 10 % up to 14 days, 20 %
// up to 30, 50 % after. The 30 and 60 days still quoted are the text of before
// 2022.
func lateTermination(g *Grounds, late int, article string) Percent {
	var add Percent
	switch {
	case late == 0:
		g.say("Remboursé dans les temps : aucune majoration.", "Refunded in time: no increase.")
		return 0
	case late <= 14:
		add = 10_00
	case late <= 30:
		add = 20_00
	default:
		add = 50_00
	}
	g.say("Remboursé avec %s de retard : la somme est majorée de %s.", "Refunded %s late: the sum is increased by %s.", days(late), add)
	g.cite(article)
	return add
}

// TerminationFacts are what is known of a late delivery.
type TerminationFacts struct {
	DeliverBy   calendar.Date
	Essential   bool          // the date was an essential condition: a wedding, Christmas
	RefusedOn   calendar.Date // the trader refused, or obviously will not deliver
	NoticeOn    calendar.Date // the trader received the formal notice
	NoticeUntil calendar.Date // the extra period it gives, when it names one
	Received    time.Time     // the trader received the consumer's ending of the contract
	Delivered   time.Time
}

// Termination is whether and from when the consumer may end the contract, and
// whether they did.
type Termination struct {
	NoticeNeeded bool          // a formal notice has to come first
	From         calendar.Date // from this day on the consumer may end it; zero: not yet known
	ShortNotice  bool          // the extra period named is shorter than what counts as reasonable: for a person
	Terminated   bool
	On           calendar.Date // the day on which it ended, in Paris
	Grounds
}

// Termination says whether a late delivery lets the consumer end the contract
// (L216-6). It ends when the trader receives the letter, unless he performed in
// between.
func (s Settings) Termination(f TerminationFacts) Termination {
	var t Termination
	t.cite("L216-6 c. conso")
	s.mayEndFrom(&t, f)
	if f.Received.IsZero() {
		return t
	}
	on := calendar.DateOf(f.Received.In(paris))
	switch {
	case !f.Delivered.IsZero() && f.Delivered.Before(f.Received):
		t.say("La livraison a eu lieu le %s, avant la réception de la résolution : le contrat tient.",
			"Delivery took place on %s, before the ending was received: the contract stands.", f.Delivered.In(paris))
	case t.From.IsZero() || on.Before(t.From):
		t.say("La résolution est arrivée trop tôt : elle vaut mise en demeure, à confirmer par une personne.",
			"The ending came too early: it counts as a formal notice, for a person to confirm.")
	default:
		t.Terminated, t.On = true, on
		t.say("Le contrat est résolu à la réception de l'écrit, le %s.", "The contract ended when the writing was received, on %s.", on)
	}
	return t
}

func (s Settings) mayEndFrom(t *Termination, f TerminationFacts) {
	afterDate := f.DeliverBy.AddDays(1)
	switch {
	case !f.RefusedOn.IsZero():
		t.From = f.RefusedOn
		t.say("Le professionnel refuse de livrer ou ne livrera manifestement pas : la résolution est possible aussitôt.",
			"The trader refuses to deliver or obviously will not: the contract may be ended at once.")
	case f.Essential:
		t.From = afterDate
		t.say("La date était une condition essentielle : la résolution est possible dès le %s, sans mise en demeure.",
			"The date was an essential condition: the contract may be ended from %s on, without formal notice.", afterDate)
	case f.NoticeOn.IsZero():
		t.NoticeNeeded = true
		t.say("Après le %s, le consommateur met d'abord en demeure de livrer dans un délai raisonnable (%s à %s jours selon l'usage).",
			"After %s the consumer first gives formal notice with a reasonable extra period (%s to %s days by custom).", f.DeliverBy, s.Notice.LeastExtra, s.Notice.MostExtra)
	default:
		s.afterNotice(t, f)
	}
}

// afterNotice: the period of the notice runs on a delivery that is already late.
func (s Settings) afterNotice(t *Termination, f TerminationFacts) {
	begun := f.NoticeOn
	if begun.Before(f.DeliverBy) {
		begun = f.DeliverBy
	}
	until := f.NoticeUntil
	if until.IsZero() {
		until = begun.AddDays(s.Notice.LeastExtra)
	}
	t.ShortNotice = until.DaysSince(begun) < s.Notice.LeastExtra
	t.From = until.AddDays(1)
	t.say("Mise en demeure reçue le %s : sans livraison jusqu'au %s, le consommateur peut résoudre le contrat.",
		"Formal notice received on %s: without delivery by %s the consumer may end the contract.", f.NoticeOn, until)
	if t.ShortNotice {
		t.say("Ce délai est plus court que l'usage : une personne juge s'il était raisonnable.",
			"That period is shorter than the custom: a person judges whether it was reasonable.")
	}
}
