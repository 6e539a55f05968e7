package law

import (
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// refundDays is the trader's time after he is informed (L221-24), and the
// consumer's to send back (L221-23).
const refundDays = 14

// RefundFacts are what is known after a withdrawal. Zero dates have not come,
// amounts without a currency are not known.
type RefundFacts struct {
	Informed   calendar.Date // the trader learnt of the withdrawal
	Recovered  calendar.Date // the goods came back
	Dispatched calendar.Date // the consumer gave proof of having sent them
	Collects   bool          // the trader offered to collect them
	Service    bool          // nothing to send back
	Refunded   calendar.Date // the payment was executed
	Sum        money.Amount  // all sums due
	Price      money.Amount  // of the product, where the increase stops
	Rate       *Percent      // legal interest, in place of the table's
	Place      Place
}

// Refund is by when the money is due, and what lateness adds.
type Refund struct {
	Due       calendar.Date // strict, or moved when Settings.RollTrader says so
	Suspended bool          // nothing came back and no proof was given: Due is the earliest it can be
	DueRolled calendar.Date // moved to a working day, as a defence; zero while suspended
	ReturnBy  calendar.Date // the consumer's own date; zero when nothing is to be sent
	Late      Late
	Grounds
}

// Refund says by when the money is due after a withdrawal (L221-24) and what
// lateness adds (L242-4).
func (s Settings) Refund(f RefundFacts) Refund {
	var r Refund
	base := f.Informed.AddDays(refundDays)
	r.cite("L221-24 c. conso")
	r.say("Informé de la rétractation le %s, le professionnel rembourse dans les quatorze jours, au plus tard le %s.",
		"Informed of the withdrawal on %s, the trader refunds within fourteen days, by %s at the latest.", f.Informed, base)
	strict := base
	switch {
	case f.Service:
		r.say("Il n'y a rien à renvoyer : cette date ne bouge pas.", "There is nothing to send back: that date doesn't move.")
	case f.Collects:
		r.say("Le professionnel récupère lui-même les biens : il ne peut pas attendre leur retour.",
			"The trader collects the goods: he can't wait for their return.")
	default:
		strict = r.deferred(f, base)
		r.ReturnBy = s.returnBy(&r.Grounds, f, base)
	}
	r.Due = s.traderDay(strict)
	if !r.Suspended {
		r.DueRolled = s.roll(strict, Place{})
	}
	if r.DueRolled.After(strict) {
		r.say("Reporter cette date au jour ouvrable suivant, le %s, peut se défendre, sans certitude.",
			"Moving that date to the next working day, %s, is arguable, not certain.", r.DueRolled)
		r.cite("Règl. 1182/71 art. 3(4)")
	}
	r.late(s, f)
	return r
}

// deferred is the due date of goods that come back: the trader may wait for them
// or for proof of dispatch, whichever comes first.
func (r *Refund) deferred(f RefundFacts, base calendar.Date) calendar.Date {
	trigger := f.Recovered
	if trigger.IsZero() || !f.Dispatched.IsZero() && f.Dispatched.Before(trigger) {
		trigger = f.Dispatched
	}
	switch {
	case trigger.IsZero():
		r.Suspended = true
		r.say("Rien n'est revenu et aucune preuve d'envoi n'est donnée : le remboursement peut attendre.",
			"Nothing came back and no proof of dispatch was given: the refund may wait.")
	case trigger.After(base):
		r.say("Les biens ou la preuve de leur envoi sont arrivés le %s, après cette date : le remboursement est dû ce jour-là.",
			"The goods or proof of their dispatch came on %s, after that date: the refund is due on that day.", trigger)
		return trigger
	default:
		r.say("Les biens ou la preuve de leur envoi sont arrivés le %s : la date ne bouge pas.",
			"The goods or proof of their dispatch came on %s: the date doesn't move.", trigger)
	}
	return base
}

// returnBy is the last day on which the consumer sends the goods back (L221-23).
func (s Settings) returnBy(g *Grounds, f RefundFacts, raw calendar.Date) calendar.Date {
	by := raw
	f.Place.sayAbroad(g)
	if s.Period.RollReturn {
		by = s.roll(raw, f.Place)
	}
	g.say("Le consommateur renvoie les biens au plus tard le %s ; un retour plus tardif n'annule pas la rétractation.",
		"The consumer sends the goods back by %s; a later return doesn't undo the withdrawal.", by)
	g.cite("L221-23 c. conso")
	return by
}

// late adds what lateness costs, once there is a day of payment.
func (r *Refund) late(s Settings, f RefundFacts) {
	if f.Refunded.IsZero() {
		return
	}
	if r.Suspended {
		r.Late = Late{Interest: nothing(f.Sum), Increase: nothing(f.Sum)}
		r.say("Remboursé avant d'être dû : aucune majoration.", "Refunded before it was due: no increase.")
		return
	}
	r.Late = s.lateAfterWithdrawal(&r.Grounds, lateness{
		due: r.Due, refunded: f.Refunded, sum: f.Sum, price: f.Price, rate: f.Rate,
	})
}
