package law

import (
	"math"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// Late is what lateness of a refund adds after a withdrawal (L242-4), by itself
// and without being asked for.
type Late struct {
	Days int // 0 when in time
	// Completed and Begun are the two readings of "nouveau mois"; Percent is that
	// of the settings. 0 in the first ten days, when interest runs instead.
	Completed, Begun, Percent Percent
	// Interest is the legal interest within Increase; no amount when a sum or a
	// rate is missing.
	Interest money.Amount
	// Increase is all that is added; no amount when it can't be said.
	Increase money.Amount
}

// The steps of L242-4: up to and with which day, and what is added.
var lateSteps = []struct {
	until int
	add   Percent
}{{interestDays, 0}, {20, 5_00}, {30, 10_00}, {60, 20_00}, {monthsFrom, 50_00}}

const (
	interestDays = 10    // during which legal interest runs
	monthsFrom   = 90    // after which each new month adds
	monthAdds    = 5_00  // points
	beforeMonths = 50_00 // what was reached by then
)

// lateness is what Late is computed from.
type lateness struct {
	due, refunded calendar.Date
	sum, price    money.Amount
	rate          *Percent
}

func (l lateness) days() int { return max(0, l.refunded.DaysSince(l.due)) }

// lateAfterWithdrawal computes the increase of L242-4.
func (s Settings) lateAfterWithdrawal(g *Grounds, l lateness) Late {
	late := Late{Days: l.days()}
	if late.Days == 0 {
		g.say("Remboursé dans les temps : aucune majoration.", "Refunded in time: no increase.")
		late.Interest, late.Increase = nothing(l.sum), nothing(l.sum)
		return late
	}
	g.cite("L242-4 c. conso")
	g.say("Remboursé avec %s de retard.", "Refunded %s late.", days(late.Days))
	limit := priceLimit(g, l, late.Days)
	late.Completed = min(limit, s.step(late.Days)+monthAdds*Percent(l.months(CompletedMonths)))
	late.Begun = min(limit, s.step(late.Days)+monthAdds*Percent(l.months(BegunMonths)))
	late.Percent = late.Completed
	if s.Money.NewMonth == BegunMonths {
		late.Percent = late.Begun
	}
	sayStep(g, late)
	from := l.interestFrom(s.Money.NewMonth, late, limit)
	late.Interest = nothing(l.sum)
	if !from.IsZero() {
		late.Interest = s.interest(g, l, from)
	}
	late.Increase = l.increase(late, limit)
	return late
}

// step is what the days alone add, without new months.
func (s Settings) step(late int) Percent {
	for _, step := range lateSteps {
		until := step.until
		if s.Money.SharedDayUpper && until != interestDays {
			until--
		}
		if late <= until {
			return step.add
		}
	}
	return beforeMonths
}

// months counts the new months after day 90, by calendar (Reg. 1182/71 art.
// 3(2)(c)).
func (l lateness) months(reading NewMonth) int {
	day90 := l.due.AddDays(monthsFrom)
	if !l.refunded.After(day90) {
		return 0
	}
	n := 12*(l.refunded.Year-day90.Year) + int(l.refunded.Month) - int(day90.Month)
	if day90.AddMonths(n).After(l.refunded) {
		n--
	}
	if reading == BegunMonths && day90.AddMonths(n) != l.refunded {
		n++
	}
	return n
}

// noLimit is more than any increase can reach.
const noLimit = Percent(math.MaxInt64)

// priceLimit is the percentage at which the increase is worth the price of the
// product. The steps before the months are owed whatever the price.
func priceLimit(g *Grounds, l lateness, late int) Percent {
	if late <= monthsFrom {
		return noLimit
	}
	if l.sum.Minor <= 0 || l.price.Minor <= 0 || l.sum.Currency != l.price.Currency {
		g.say("La majoration s'arrête au prix du produit, qui n'est pas connu ici.",
			"The increase stops at the price of the product, which is not known here.")
		return noLimit
	}
	share, err := money.Amount{Minor: 100_00, Currency: l.price.Currency}.Times(l.price.Minor, l.sum.Minor)
	if err != nil {
		return noLimit
	}
	return max(beforeMonths, Percent(share.Minor))
}

// interestFrom is the day after which legal interest runs: the due day at first,
// later the day on which the increase reached the price. The zero day when none
// does.
func (l lateness) interestFrom(reading NewMonth, late Late, limit Percent) calendar.Date {
	switch {
	case late.Days <= interestDays:
		return l.due
	case late.Percent < limit:
		return calendar.Date{}
	}
	months := int((limit - beforeMonths + monthAdds - 1) / monthAdds)
	day90 := l.due.AddDays(monthsFrom)
	if reading == BegunMonths && months > 0 {
		return day90.AddMonths(months - 1).AddDays(1)
	}
	return day90.AddMonths(months)
}

// interest is sum × rate × days / 365 for the days after from, each at the rate
// of its half-year.
func (s Settings) interest(g *Grounds, l lateness, from calendar.Date) money.Amount {
	var rates int64 // rate × days
	for d := from.AddDays(1); !d.After(l.refunded); {
		half, end := halfOf(d)
		rate, ok := s.Money.Rates[half]
		if l.rate != nil {
			rate, ok = *l.rate, true
		}
		if !ok {
			g.say("L'intérêt légal court, mais son taux manque pour le %s : le montant n'est pas calculé.",
				"Legal interest runs, but its rate is missing for the %s: the amount is not computed.", half)
			return money.Amount{}
		}
		last := end
		if l.refunded.Before(last) {
			last = l.refunded
		}
		rates += int64(rate) * int64(last.DaysSince(d)+1)
		d = last.AddDays(1)
	}
	if l.sum.IsNone() {
		g.say("L'intérêt légal court, mais la somme due n'est pas connue.", "Legal interest runs, but the sum due is not known.")
		return money.Amount{}
	}
	amount, err := l.sum.Times(rates, 100_00*365)
	if err != nil {
		return money.Amount{}
	}
	g.say("Intérêt légal pour %s : %s.", "Legal interest for %s: %s.", days(l.refunded.DaysSince(from)), amount)
	return amount
}

// halfOf is the half-year of a day, with the half-year's last day.
func halfOf(d calendar.Date) (Half, calendar.Date) {
	if d.Month <= 6 {
		return Half{d.Year, 1}, calendar.Date{Year: d.Year, Month: 6, Day: 30}
	}
	return Half{d.Year, 2}, calendar.Date{Year: d.Year, Month: 12, Day: 31}
}

// increase is percentage and interest together; the price itself once it is
// reached.
func (l lateness) increase(late Late, limit Percent) money.Amount {
	share := late.Percent.of(l.sum)
	if late.Percent == limit && limit > beforeMonths {
		share = l.price
	}
	if late.Interest.IsNone() { // nor is there any without a sum
		return money.Amount{}
	}
	total, err := share.Add(late.Interest)
	if err != nil {
		return money.Amount{}
	}
	return total
}

// nothing is 0.00 of a sum's currency, and no amount for none.
func nothing(sum money.Amount) money.Amount { return money.Amount{Currency: sum.Currency} }

func sayStep(g *Grounds, late Late) {
	switch {
	case late.Days <= interestDays:
		g.say("Jusqu'à dix jours de retard, la somme porte intérêt au taux légal.", "Up to ten days late, the sum bears interest at the legal rate.")
	case late.Days <= monthsFrom:
		g.say("La somme est majorée de %s.", "The sum is increased by %s.", late.Percent)
	default:
		g.say("La somme est majorée de %s en comptant les mois entiers, de %s en comptant les mois commencés.",
			"The sum is increased by %s counting completed months, by %s counting months begun.", late.Completed, late.Begun)
	}
}
