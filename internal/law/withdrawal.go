package law

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// withdrawalDays is the period of L221-18. No contract shortens it (L242-3).
const withdrawalDays = 14

// prolongation of L221-20, in months.
const prolongationMonths = 12

// Kind of contract, by which L221-18 chooses the first day.
type Kind int

// The kinds. Service is also digital content without a physical medium.
const (
	Goods Kind = iota
	Subscription
	Service
)

// WithdrawalFacts are what is known of a contract. A zero date is not known, or
// has not come yet.
type WithdrawalFacts struct {
	Kind        Kind
	Concluded   calendar.Date
	Received    []calendar.Date // each parcel, lot or box in the consumer's own hands
	MoreToCome  bool            // goods of the same order are still under way
	Uninformed  bool            // the information of L221-5 7° was not given in time
	InformedOn  calendar.Date   // when it was given after all
	Buyer       Buyer
	SmallTrader *SmallTrader
	Place       Place
}

// Withdrawal is until when somebody may withdraw.
type Withdrawal struct {
	Right   bool          // false for professionals alone
	Start   calendar.Date // day 0, which doesn't count; zero while the period hasn't begun
	LastDay calendar.Date // zero while the period hasn't begun
	Expires time.Time     // exclusive, UTC; zero while the period hasn't begun
	// Function tells that the online function must be there: from the contract's
	// conclusion to Expires.
	Function bool
	Grounds
}

// Withdrawal says until when the consumer may withdraw (L221-18 to L221-21).
func (s Settings) Withdrawal(f WithdrawalFacts) Withdrawal {
	var w Withdrawal
	w.cite("L221-18 c. conso")
	w.Right = mayWithdraw(&w.Grounds, f.Buyer, f.SmallTrader)
	if !w.Right {
		return w
	}
	w.Start = withdrawalStart(&w.Grounds, f)
	if !w.Start.IsZero() {
		w.LastDay = s.withdrawalEnd(&w.Grounds, f, w.Start)
		w.Expires = s.endOf(w.LastDay, f.Place)
		w.sayEnd(f.Place)
	}
	w.Function = functionDue(&w.Grounds, f.Concluded)
	return w
}

// InTime tells whether a statement sent at that instant is in time: what counts
// is the consumer's sending, not our reading (L221-21). A period that hasn't
// begun is open.
func (w Withdrawal) InTime(sent time.Time) bool {
	return w.Right && (w.Expires.IsZero() || sent.Before(w.Expires))
}

// withdrawalStart is day 0, the zero day while it is unknown.
func withdrawalStart(g *Grounds, f WithdrawalFacts) calendar.Date {
	if f.Kind == Service {
		if f.Concluded.IsZero() {
			g.say("La date de conclusion du contrat n'est pas connue : le droit reste ouvert.",
				"The day on which the contract was concluded is not known: the right stays open.")
			return calendar.Date{}
		}
		g.say("Service ou contenu numérique : le délai court de la conclusion du contrat, le %s.",
			"Service or digital content: the period runs from the conclusion of the contract, %s.", f.Concluded)
		return f.Concluded
	}
	first, last := firstAndLast(f.Received)
	switch {
	case last.IsZero():
		g.say("Rien n'a encore été reçu : le droit est ouvert et le délai n'a pas commencé.",
			"Nothing has been received yet: the right is open and the period hasn't begun.")
	case f.Kind == Subscription:
		g.say("Livraisons régulières : le délai court de la réception de la première, le %s.",
			"Regular deliveries: the period runs from receipt of the first, %s.", first)
		return first
	case f.MoreToCome:
		g.say("Une partie de la commande est encore attendue : le délai court de la réception de la dernière.",
			"A part of the order is still awaited: the period runs from receipt of the last.")
		last = calendar.Date{}
	case len(f.Received) > 1:
		g.say("Plusieurs envois pour une commande : le délai court de la réception du dernier, le %s.",
			"Several deliveries for one order: the period runs from receipt of the last, %s.", last)
	default:
		g.say("Le délai court de la réception par le consommateur, le %s.",
			"The period runs from receipt by the consumer, %s.", last)
	}
	return last
}

func firstAndLast(days []calendar.Date) (first, last calendar.Date) {
	for _, d := range days {
		if d.IsZero() {
			continue
		}
		if first.IsZero() || d.Before(first) {
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	return first, last
}

// withdrawalEnd is the last day: the law's, or the shop's when it is later.
func (s Settings) withdrawalEnd(g *Grounds, f WithdrawalFacts, start calendar.Date) calendar.Date {
	raw := start.AddDays(withdrawalDays)
	g.say("Ce jour ne compte pas : quatorze jours finissent le %s.", "That day doesn't count: fourteen days end on %s.", raw)
	g.cite("L221-19 c. conso", "Règl. 1182/71 art. 3(1)")
	f.Place.sayAbroad(g)
	end := s.rolled(g, raw, f.Place)
	if f.Uninformed {
		end = s.prolonged(g, f, end)
	}
	return s.shopsOwn(g, f, start, end)
}

// prolonged is the end for a consumer who wasn't informed in time (L221-20).
func (s Settings) prolonged(g *Grounds, f WithdrawalFacts, initial calendar.Date) calendar.Date {
	g.cite("L221-20 c. conso", "L221-5 7° c. conso")
	// Counting from the day before it moved to a working day would end on the
	// same day or earlier: the later is kept.
	outer := s.roll(initial.AddMonths(prolongationMonths), f.Place)
	informed := f.InformedOn
	if informed.IsZero() || informed.After(outer) {
		g.say("Le consommateur n'a pas reçu l'information sur son droit : le délai est prolongé de douze mois, jusqu'au %s.",
			"The consumer wasn't informed of the right: the period is prolonged by twelve months, to %s.", outer)
		return outer
	}
	end := s.roll(informed.AddDays(withdrawalDays), f.Place)
	switch {
	case !end.After(initial):
		g.say("L'information a été donnée le %s, assez tôt pour que le délai initial ne change pas.",
			"The information was given on %s, early enough to leave the initial period as it is.", informed)
		return initial
	case s.Period.CapInformed && end.After(outer):
		end = outer
	}
	g.say("L'information a été donnée le %s, en retard : le délai finit quatorze jours après sa réception, le %s.",
		"The information was given on %s, late: the period ends fourteen days after its receipt, on %s.", informed, end)
	return end
}

// shopsOwn is the shop's longer period or season, never shorter than the law.
func (s Settings) shopsOwn(g *Grounds, f WithdrawalFacts, start, end calendar.Date) calendar.Date {
	bought := f.Concluded
	if bought.IsZero() {
		bought = start
	}
	if own, ok := s.Period.Days.On(bought); ok && own != withdrawalDays {
		last := s.roll(start.AddDays(own), f.Place)
		if last.After(end) {
			g.say("La boutique donne %s : le délai va jusqu'au %s.", "The shop gives %s: the period runs to %s.", days(own), last)
			end = last
		} else {
			g.say("La boutique donne %s : ce que la loi donne est plus long et s'applique.",
				"The shop gives %s: what the law gives is longer, and holds.", days(own))
		}
	}
	for _, season := range s.Period.Seasons {
		until := s.roll(season.Until, f.Place)
		if season.covers(f.Concluded) && until.After(end) {
			g.say("%s : la boutique accepte jusqu'au %s.", "%s: the shop accepts until %s.", season.Name, until)
			end = until
		}
	}
	return end
}

// sayEnd tells when the last day is over.
func (w *Withdrawal) sayEnd(p Place) {
	w.cite("Règl. 1182/71 art. 3(2)(b)", "L221-21 c. conso")
	if w.Expires.Equal(w.LastDay.AddDays(1).In(paris)) {
		w.say("Une déclaration envoyée avant la fin du %s, heure de Paris, est dans les temps.",
			"A statement sent before the end of %s, Paris time, is in time.", w.LastDay)
		return
	}
	w.say("Une déclaration envoyée avant la fin du %s à l'heure du consommateur (%s) est dans les temps.",
		"A statement sent before the end of %s by the consumer's clock (%s) is in time.", w.LastDay, p.Clock())
}
