package law_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/law"
)

var everyZone = []calendar.Zone{
	calendar.France, calendar.Moselle, calendar.BasRhin, calendar.HautRhin, calendar.Guadeloupe, calendar.Martinique,
	calendar.Guyane, calendar.Reunion, calendar.Mayotte, calendar.SaintBarthelemy, calendar.SaintMartin,
}

// drawDay prefers the days from which a period ends around clock changes, leap
// days, Easter and the year's end.
func drawDay(t *rapid.T, label string) calendar.Date {
	around := rapid.SampledFrom([]calendar.Date{
		{Year: 2026, Month: 10, Day: 11},
		{Year: 2027, Month: 3, Day: 14},
		{Year: 2028, Month: 2, Day: 15},
		{Year: 2024, Month: 2, Day: 29},
		{Year: 2026, Month: 12, Day: 11},
		{Year: 2027, Month: 4, Day: 22},
		{Year: 2026, Month: 6, Day: 30},
		{Year: 2099, Month: 12, Day: 31},
	}).Draw(t, label+" around")
	return around.AddDays(rapid.IntRange(-400, 400).Draw(t, label+" days"))
}

func drawPlace(t *rapid.T) law.Place {
	return law.Place{Zone: rapid.SampledFrom(everyZone).Draw(t, "zone")}
}

// drawSettings are readings that a shop may choose.
func drawSettings(t *rapid.T) law.Settings {
	s := law.Default()
	s.RollTrader = rapid.Bool().Draw(t, "roll trader")
	s.LocalHolidays = rapid.Bool().Draw(t, "local holidays")
	s.Money.SharedDayUpper = rapid.Bool().Draw(t, "shared day")
	s.Money.NewMonth = rapid.SampledFrom([]law.NewMonth{law.CompletedMonths, law.BegunMonths}).Draw(t, "new month")
	if rapid.Bool().Draw(t, "own period") {
		s.Period.Days = law.Always(rapid.IntRange(1, 400).Draw(t, "own days"))
	}
	return s
}

// resting looks at the plain list of holidays, not at the code under test.
func resting(d calendar.Date, zone calendar.Zone) bool {
	for _, h := range calendar.Holidays(zone, d.Year) {
		if h.Date == d {
			return true
		}
	}
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

func TestALaterReceiptNeverEndsEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, place := drawSettings(t), drawPlace(t)
		facts := law.WithdrawalFacts{
			Kind:  rapid.SampledFrom([]law.Kind{law.Goods, law.Subscription}).Draw(t, "kind"),
			Place: place, Uninformed: rapid.Bool().Draw(t, "uninformed"), Received: []calendar.Date{drawDay(t, "received")},
		}
		first := s.Withdrawal(facts)
		facts.Received = []calendar.Date{facts.Received[0].AddDays(rapid.IntRange(0, 500).Draw(t, "later"))}
		second := s.Withdrawal(facts)
		if second.LastDay.Before(first.LastDay) || second.Expires.Before(first.Expires) {
			t.Fatalf("received later: %s after %s", second.LastDay, first.LastDay)
		}
		facts.Received = append(facts.Received, drawDay(t, "further"))
		if third := s.Withdrawal(facts); facts.Kind == law.Goods && third.LastDay.Before(second.LastDay) {
			t.Fatalf("a further parcel: %s after %s", third.LastDay, second.LastDay)
		}
	})
}

// Information that comes later, while the period runs, never ends it earlier.
func TestLaterInformationNeverEndsEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, place := drawSettings(t), drawPlace(t)
		received := drawDay(t, "received")
		ending := func(informed calendar.Date) calendar.Date {
			return s.Withdrawal(law.WithdrawalFacts{Received: []calendar.Date{received}, Place: place, Uninformed: true, InformedOn: informed}).LastDay
		}
		never := ending(calendar.Date{})
		informed := received.AddDays(rapid.IntRange(-30, 380).Draw(t, "informed"))
		later := informed.AddDays(rapid.IntRange(0, 100).Draw(t, "later"))
		if initial := s.Withdrawal(law.WithdrawalFacts{Received: []calendar.Date{received}, Place: place}).LastDay; ending(informed).Before(initial) {
			t.Fatalf("informed %s: %s, before the initial %s", informed, ending(informed), initial)
		}
		if !later.After(received.AddMonths(12)) && ending(later).Before(ending(informed)) {
			t.Fatalf("informed %s: %s, informed %s: %s", later, ending(later), informed, ending(informed))
		}
		if never.Before(received.AddDays(14).AddMonths(12)) {
			t.Fatalf("never informed: %s", never)
		}
	})
}

// The last day is a working day, at least fourteen days away, and over at
// midnight by the clock on the wall: fourteen times 24 hours it isn't.
func TestTheLastDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, place, received := law.Default(), drawPlace(t), drawDay(t, "received")
		if rapid.Bool().Draw(t, "own period") {
			s.Period.Days = law.Always(rapid.IntRange(1, 400).Draw(t, "own days"))
		}
		w := s.Withdrawal(law.WithdrawalFacts{
			Received: []calendar.Date{received}, Place: place, Uninformed: rapid.Bool().Draw(t, "uninformed"),
			InformedOn: rapid.SampledFrom([]calendar.Date{{}, received.AddDays(40)}).Draw(t, "informed"),
		})
		if resting(w.LastDay, place.Zone) {
			t.Fatalf("%s ends on %s %s", received, w.LastDay.Weekday(), w.LastDay)
		}
		if w.LastDay.DaysSince(received) < 14 {
			t.Fatalf("%s ends on %s", received, w.LastDay)
		}
		paris, local := w.Expires.In(calendar.France.Location()), w.Expires.In(place.Zone.Location())
		if !midnightAfter(w.LastDay, paris) && !midnightAfter(w.LastDay, local) {
			t.Fatalf("%s expires at %s", w.LastDay, w.Expires)
		}
		if w.InTime(w.Expires) || !w.InTime(w.Expires.Add(-time.Nanosecond)) {
			t.Fatalf("%s: the end is exclusive", w.Expires)
		}
	})
}

func midnightAfter(d calendar.Date, at time.Time) bool {
	return calendar.DateOf(at) == d.AddDays(1) && at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0
}

func TestLatenessNeverFalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		facts := law.RefundFacts{
			Informed: drawDay(t, "informed"), Service: true, Rate: rate(law.Percent(rapid.IntRange(0, 2000).Draw(t, "rate"))),
			Sum: euros(rapid.Int64Range(1, 500_000).Draw(t, "sum")), Price: euros(rapid.Int64Range(0, 500_000).Draw(t, "price")),
		}
		late := func(n int) law.Late {
			f := facts
			f.Refunded = facts.Informed.AddDays(14 + n)
			return s.Refund(f).Late
		}
		n := rapid.IntRange(-20, 1500).Draw(t, "late")
		m := n + rapid.IntRange(0, 400).Draw(t, "later")
		a, b := late(n), late(m)
		if b.Days < a.Days || b.Completed < a.Completed || b.Begun < a.Begun || b.Percent < a.Percent {
			t.Fatalf("%d days: %+v, %d days: %+v", n, a, m, b)
		}
		if a.Begun < a.Completed {
			t.Fatalf("%d days: months begun are fewer than completed: %+v", n, a)
		}
		// The step from interest to 5 % is the law's own; a usurious rate may exceed it.
		if a.Days > 10 && b.Increase.Minor < a.Increase.Minor {
			t.Fatalf("%d days: %s, %d days: %s", n, a.Increase, m, b.Increase)
		}
	})
}

func TestLaterFactsNeverGiveEarlierDates(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		d := drawDay(t, "day")
		e := d.AddDays(rapid.IntRange(0, 400).Draw(t, "later"))
		ordered := func(what string, a, b calendar.Date) {
			if b.Before(a) {
				t.Fatalf("%s: %s for %s, %s for %s", what, a, d, b, e)
			}
		}
		ordered("refund", s.Refund(law.RefundFacts{Informed: d, Service: true}).Due, s.Refund(law.RefundFacts{Informed: e, Service: true}).Due)
		ordered("recovered", s.Refund(law.RefundFacts{Informed: d, Recovered: d}).Due, s.Refund(law.RefundFacts{Informed: d, Recovered: e}).Due)
		ordered("return", s.Refund(law.RefundFacts{Informed: d}).ReturnBy, s.Refund(law.RefundFacts{Informed: e}).ReturnBy)
		ordered("delivery", s.Delivery(law.DeliveryFacts{Concluded: d}).DeliverBy, s.Delivery(law.DeliveryFacts{Concluded: e}).DeliverBy)
		ordered("ended", s.Delivery(law.DeliveryFacts{Terminated: d}).RefundDue, s.Delivery(law.DeliveryFacts{Terminated: e}).RefundDue)
		ordered("guarantee", s.Guarantee(law.GuaranteeFacts{Delivered: d}).Until, s.Guarantee(law.GuaranteeFacts{Delivered: e}).Until)
		ordered("replaced", s.Guarantee(law.GuaranteeFacts{Delivered: d, Replaced: d}).Until, s.Guarantee(law.GuaranteeFacts{Delivered: d, Replaced: e}).Until)
		ordered("remedy", s.Remedy(law.RemedyFacts{Asked: d}).By, s.Remedy(law.RemedyFacts{Asked: e}).By)
		for _, extended := range []bool{false, true} {
			a, b := s.DataRequest(d, extended), s.DataRequest(e, extended)
			ordered("data", a.Due, b.Due)
			ordered("data, rolled", a.DueRolled, b.DueRolled)
			if a.Target.After(a.Due) || a.DueRolled.Before(a.Due) || resting(a.DueRolled, calendar.France) {
				t.Fatalf("data request of %s: %+v", d, a)
			}
		}
		ordered("mediation", s.Mediation(law.MediationFacts{Complaint: d}).Until, s.Mediation(law.MediationFacts{Complaint: e}).Until)
		ordered("consent", s.PhoneConsent(law.PhoneConsent{Given: d}).UsableTo, s.PhoneConsent(law.PhoneConsent{Given: e}).UsableTo)
		for _, r := range s.Data.Keep {
			a, _ := s.Keep(r.Kind, d)
			b, _ := s.Keep(r.Kind, e)
			ordered(string(r.Kind), a.Until, b.Until)
		}
	})
}

// A refund that is rolled is due on a working day, never before the strict one.
func TestRolledDates(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t, "day")
		r := law.Default().Refund(law.RefundFacts{Informed: d, Recovered: d.AddDays(rapid.IntRange(0, 40).Draw(t, "recovered"))})
		if r.Due.DaysSince(d) < 14 || r.DueRolled.Before(r.Due) || resting(r.DueRolled, calendar.France) || resting(r.ReturnBy, calendar.France) {
			t.Fatalf("informed %s: %+v", d, r)
		}
		if !resting(r.Due, calendar.France) && r.DueRolled != r.Due {
			t.Fatalf("a working day moved: %+v", r)
		}
	})
}

// Whenever a call isn't allowed and another time is named, one may call then,
// and not a minute earlier.
func TestTheNextHourToCall(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		place := drawPlace(t)
		day := drawDay(t, "day")
		at := day.In(calendar.France.Location()).Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute)
		facts := law.CallFacts{At: at, Place: place, Consent: law.PhoneConsent{Given: day.AddDays(-30)}}
		for range rapid.IntRange(0, 6).Draw(t, "attempts") {
			facts.Attempts = append(facts.Attempts, at.Add(-time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hours before"))*time.Hour))
		}
		c := law.Default().Call(facts)
		if c.Allowed != c.Next.IsZero() {
			t.Fatalf("allowed %v, next %s", c.Allowed, c.Next)
		}
		if c.Allowed {
			return
		}
		facts.At = c.Next
		if then := law.Default().Call(facts); !then.Allowed {
			t.Fatalf("%s isn't allowed either: %v", c.Next, then.Reasons)
		}
		facts.At = c.Next.Add(-time.Minute)
		if then := law.Default().Call(facts); then.Allowed && facts.At.After(at) {
			t.Fatalf("%s was allowed before %s", facts.At, c.Next)
		}
	})
}
