package law_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/law"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// The numbers are those of section 13.3.
func TestRefundDue(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                                   string
		informed, recovered, dispatched        string
		collects, service, suspended           bool
		due, rolled, returnBy, returnedUnmoved string
	}{
		{"R1 service", "2026-11-24", "-", "-", false, true, false, "2026-12-08", "2026-12-08", "-", "-"},
		{"R1 trader collects", "2026-11-24", "-", "-", true, false, false, "2026-12-08", "2026-12-08", "-", "-"},
		{"R2 recovered early", "2026-11-24", "2026-11-30", "-", false, false, false, "2026-12-08", "2026-12-08", "2026-12-08", "2026-12-08"},
		{"R3 proof of dispatch late", "2026-11-24", "-", "2026-12-10", false, false, false, "2026-12-10", "2026-12-10", "2026-12-08", "2026-12-08"},
		{"R5 ends on a Sunday", "2026-11-29", "-", "2026-11-30", false, false, false, "2026-12-13", "2026-12-14", "2026-12-14", "2026-12-13"},
		{"R8 nothing came", "2026-11-24", "-", "-", false, false, true, "2026-12-08", "-", "2026-12-08", "2026-12-08"},
		{"dispatched before recovered", "2026-11-24", "2026-12-14", "2026-12-10", false, false, false, "2026-12-10", "2026-12-10", "2026-12-08", "2026-12-08"},
		{"recovered before the proof came", "2026-11-24", "2026-12-10", "2026-12-14", false, false, false, "2026-12-10", "2026-12-10", "2026-12-08", "2026-12-08"},
		{"recovered on the very day", "2026-11-24", "2026-12-08", "-", false, false, false, "2026-12-08", "2026-12-08", "2026-12-08", "2026-12-08"},
		{"a service doesn't wait for what came back", "2026-11-24", "2026-12-20", "-", false, true, false, "2026-12-08", "2026-12-08", "-", "-"},
	} {
		facts := law.RefundFacts{
			Informed: day(t, tt.informed), Recovered: day(t, tt.recovered), Dispatched: day(t, tt.dispatched),
			Collects: tt.collects, Service: tt.service,
		}
		r := law.Default().Refund(facts)
		sameDay(t, tt.name+": due", r.Due, tt.due)
		sameDay(t, tt.name+": rolled", r.DueRolled, tt.rolled)
		sameDay(t, tt.name+": return by", r.ReturnBy, tt.returnBy)
		if r.Suspended != tt.suspended {
			t.Errorf("%s: suspended %v", tt.name, r.Suspended)
		}
		if r.Late != (law.Late{}) {
			t.Errorf("%s: late without a day of payment: %+v", tt.name, r.Late)
		}
		strict := law.Default()
		strict.Period.RollReturn = false
		sameDay(t, tt.name+": return by, unmoved", strict.Refund(facts).ReturnBy, tt.returnedUnmoved)
	}
}

func TestATradersDateMovesBySettingAlone(t *testing.T) {
	t.Parallel()
	s := law.Default()
	s.RollTrader = true
	r := s.Refund(law.RefundFacts{Informed: day(t, "2026-11-29"), Recovered: day(t, "2026-11-30"), Refunded: day(t, "2026-12-14")})
	sameDay(t, "R5 by setting", r.Due, "2026-12-14")
	if r.Late.Days != 0 {
		t.Errorf("late %d days", r.Late.Days)
	}
	strict := law.Default().Refund(law.RefundFacts{Informed: day(t, "2026-11-29"), Recovered: day(t, "2026-11-30"), Refunded: day(t, "2026-12-14")})
	if strict.Late.Days != 1 {
		t.Errorf("R5 strict: late %d days", strict.Late.Days)
	}
}

// The numbers are those of section 13.4, due Tue 2026-12-08.
func TestLateRefund(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, refunded   string
		late             int
		completed, begun law.Percent
	}{
		{"early", "2026-12-01", 0, 0, 0},
		{"P1", "2026-12-08", 0, 0, 0},
		{"P2", "2026-12-09", 1, 0, 0},
		{"P3", "2026-12-18", 10, 0, 0},
		{"P4", "2026-12-19", 11, 5_00, 5_00},
		{"shared day 20", "2026-12-28", 20, 5_00, 5_00},
		{"P6", "2026-12-29", 21, 10_00, 10_00},
		{"P7", "2027-01-07", 30, 10_00, 10_00},
		{"P8", "2027-01-08", 31, 20_00, 20_00},
		{"shared day 60", "2027-02-06", 60, 20_00, 20_00},
		{"P10", "2027-02-07", 61, 50_00, 50_00},
		{"P11", "2027-03-08", 90, 50_00, 50_00},
		{"the first new month begins", "2027-03-09", 91, 50_00, 55_00},
		{"and is complete", "2027-04-08", 121, 55_00, 55_00},
		{"a day before", "2027-04-07", 120, 50_00, 55_00},
		{"P14", "2027-05-09", 152, 60_00, 65_00},
		{"P15", "2027-12-08", 365, 95_00, 95_00},
		{"P16", "2028-01-07", 395, 95_00, 100_00},
		{"twelve months", "2028-03-08", 456, 110_00, 110_00},
	} {
		facts := law.RefundFacts{Informed: day(t, "2026-11-24"), Service: true, Refunded: day(t, tt.refunded)}
		r := law.Default().Refund(facts)
		sameDay(t, tt.name, r.Due, "2026-12-08")
		if l := r.Late; l.Days != tt.late || l.Completed != tt.completed || l.Begun != tt.begun || l.Percent != tt.completed {
			t.Errorf("%s: %+v", tt.name, l)
		}
		b := law.Default()
		b.Money.NewMonth = law.BegunMonths
		if got := b.Refund(facts).Late.Percent; got != tt.begun {
			t.Errorf("%s: reading B gives %s", tt.name, got)
		}
	}
}

func TestTheSharedDaysByTheOtherReading(t *testing.T) {
	t.Parallel()
	upper := law.Default()
	upper.Money.SharedDayUpper = true
	for late, want := range map[int]law.Percent{
		1: 0, 10: 0, 11: 5_00, 19: 5_00, 20: 10_00, 29: 10_00, 30: 20_00, 59: 20_00, 60: 50_00, 89: 50_00, 90: 50_00, 91: 50_00,
	} {
		r := upper.Refund(law.RefundFacts{Informed: day(t, "2026-11-24"), Service: true, Refunded: day(t, "2026-12-08").AddDays(late)})
		if r.Late.Completed != want {
			t.Errorf("day %d: %s, want %s", late, r.Late.Completed, want)
		}
	}
}

func TestLegalInterest(t *testing.T) {
	t.Parallel()
	gap := law.Default()
	gap.Money.Rates = map[law.Half]law.Percent{{Year: 2026, Number: 1}: 667, {Year: 2025, Number: 2}: 665}
	for _, tt := range []struct {
		name               string
		informed, refunded string
		sum                money.Amount
		rate               *law.Percent
		interest, increase string // "" for no amount
	}{
		{"P19 seven days at 6.67 %", "2026-11-24", "2026-12-15", euros(100_00), rate(667), "0.13 EUR", "0.13 EUR"},
		{"one day", "2026-11-24", "2026-12-09", euros(100_00), rate(667), "0.02 EUR", "0.02 EUR"},
		{"ten days", "2026-11-24", "2026-12-18", euros(100_00), rate(667), "0.18 EUR", "0.18 EUR"},
		{"no rate for the second half of 2026", "2026-11-24", "2026-12-15", euros(100_00), nil, "", ""},
		{"the table has the first half of 2026", "2026-02-03", "2026-02-24", euros(100_00), nil, "0.13 EUR", "0.13 EUR"},
		{"two half-years, each at its rate", "2025-12-12", "2026-01-05", euros(100_000_00), nil, "182.47 EUR", "182.47 EUR"},
		{"the last day of a half-year belongs to it", "2026-06-12", "2026-06-30", euros(100_00), nil, "0.07 EUR", "0.07 EUR"},
		{"the next has no rate", "2026-06-12", "2026-07-01", euros(100_00), nil, "", ""},
		{"in the second half alone", "2025-06-30", "2025-07-18", euros(100_000_00), nil, "72.88 EUR", "72.88 EUR"},
		{"a sum that isn't known", "2026-02-03", "2026-02-24", money.Amount{}, nil, "", ""},
		{"in time", "2026-02-03", "2026-02-17", euros(100_00), nil, "0.00 EUR", "0.00 EUR"},
		{"in time, a sum that isn't known", "2026-02-03", "2026-02-17", money.Amount{}, nil, "", ""},
		{"a percentage needs no rate", "2026-11-24", "2026-12-19", euros(49_90), nil, "0.00 EUR", "2.50 EUR"},
		{"a percentage of a sum that isn't known", "2026-11-24", "2026-12-19", money.Amount{}, nil, "", ""},
	} {
		r := gap.Refund(law.RefundFacts{Informed: day(t, tt.informed), Service: true, Refunded: day(t, tt.refunded), Sum: tt.sum, Rate: tt.rate})
		if got := written(r.Late.Interest); got != tt.interest {
			t.Errorf("%s: interest %q, want %q", tt.name, got, tt.interest)
		}
		if got := written(r.Late.Increase); got != tt.increase {
			t.Errorf("%s: increase %q, want %q", tt.name, got, tt.increase)
		}
	}
}

func written(a money.Amount) string {
	if a.IsNone() {
		return ""
	}
	return a.String()
}

// The rates that were found, each of its half-year alone.
func TestPublishedRates(t *testing.T) {
	t.Parallel()
	want := map[law.Half]law.Percent{
		{Year: 2024, Number: 2}: 8_16, {Year: 2025, Number: 1}: 7_21, {Year: 2025, Number: 2}: 6_65, {Year: 2026, Number: 1}: 6_67,
	}
	if got := law.Default().Money.Rates; !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// The increase stops at the price of the product; then legal interest runs.
// Day 90 after 2026-12-08 is 2027-03-08.
func TestTheIncreaseStopsAtThePrice(t *testing.T) {
	t.Parallel()
	begun := law.Default()
	begun.Money.NewMonth = law.BegunMonths
	a := law.Default()
	for _, tt := range []struct {
		name               string
		settings           law.Settings
		refunded           string
		sum, price         int64
		percent            law.Percent
		interest, increase string
	}{
		{"far from it", a, "2027-05-09", 100_00, 100_00, 60_00, "0.00 EUR", "60.00 EUR"},
		{"a month before", a, "2027-12-08", 100_00, 100_00, 95_00, "0.00 EUR", "95.00 EUR"},
		{"reached: interest begins with the next day", a, "2028-01-08", 100_00, 100_00, 100_00, "0.00 EUR", "100.00 EUR"},
		{"ten days later", a, "2028-01-18", 100_00, 100_00, 100_00, "0.18 EUR", "100.18 EUR"},
		{"two years: no more percent", a, "2028-12-08", 100_00, 100_00, 100_00, "6.12 EUR", "106.12 EUR"},
		{"between two steps", a, "2027-05-08", 104_90, 60_00, 57_20, "0.00 EUR", "60.00 EUR"},
		{"between two steps, a day later", a, "2027-05-09", 104_90, 60_00, 57_20, "0.02 EUR", "60.02 EUR"},
		{"a price below what is owed anyway", a, "2027-03-09", 100_00, 10_00, 50_00, "0.02 EUR", "50.02 EUR"},
		{"half the sum", a, "2027-03-09", 100_00, 50_00, 50_00, "0.02 EUR", "50.02 EUR"},
		{"on day 90 the price stops nothing", a, "2027-03-08", 100_00, 10_00, 50_00, "0.00 EUR", "50.00 EUR"},
		{"a hair above a step takes the next month", a, "2027-05-08", 100_00, 55_01, 55_01, "0.00 EUR", "55.01 EUR"},
		{"and a day later interest runs", a, "2027-05-09", 100_00, 55_01, 55_01, "0.02 EUR", "55.03 EUR"},
		{"a cent of a cent", a, "2028-12-08", 1, 1, 100_00, "0.00 EUR", "0.01 EUR"},
		{"a price of a cent", a, "2027-05-09", 100_00, 1, 50_00, "1.13 EUR", "51.13 EUR"},
		{"B the first month", begun, "2027-03-10", 100_00, 55_00, 55_00, "0.02 EUR", "55.02 EUR"},
		{"B reaches it when the month begins", begun, "2027-12-09", 100_00, 100_00, 100_00, "0.00 EUR", "100.00 EUR"},
		{"B a day later", begun, "2027-12-10", 100_00, 100_00, 100_00, "0.02 EUR", "100.02 EUR"},
		{"B a price below", begun, "2027-03-09", 100_00, 10_00, 50_00, "0.02 EUR", "50.02 EUR"},
		{"B between two steps", begun, "2027-04-09", 104_90, 60_00, 57_20, "0.00 EUR", "60.00 EUR"},
		{"no price is no limit", a, "2028-12-08", 100_00, 0, 155_00, "0.00 EUR", "155.00 EUR"},
	} {
		r := tt.settings.Refund(law.RefundFacts{
			Informed: day(t, "2026-11-24"), Service: true, Refunded: day(t, tt.refunded),
			Sum: euros(tt.sum), Price: euros(tt.price), Rate: rate(667),
		})
		if r.Late.Percent != tt.percent || written(r.Late.Interest) != tt.interest || written(r.Late.Increase) != tt.increase {
			t.Errorf("%s: %+v, want %s %s %s", tt.name, r.Late, tt.percent, tt.interest, tt.increase)
		}
	}
	other := law.Default().Refund(law.RefundFacts{
		Informed: day(t, "2026-11-24"), Service: true, Refunded: day(t, "2028-12-08"),
		Sum: euros(100_00), Price: money.Amount{Minor: 60_00, Currency: "CHF"},
	})
	if other.Late.Percent != 155_00 {
		t.Errorf("a price in francs limits euros: %+v", other.Late)
	}
}

func TestSuspendedIsNeverLate(t *testing.T) {
	t.Parallel()
	r := law.Default().Refund(law.RefundFacts{Informed: day(t, "2026-11-24"), Refunded: day(t, "2026-12-20"), Sum: euros(100_00)})
	if want := (law.Late{Interest: euros(0), Increase: euros(0)}); r.Late != want { // R8
		t.Errorf("R8: %+v", r.Late)
	}
}

func TestSumDue(t *testing.T) {
	t.Parallel()
	rule := func(f law.OutwardFee) law.Settings {
		s := law.Default()
		s.Money.OutwardFee = f
		return s
	}
	part := law.SumFacts{Goods: euros(30_00), Kept: euros(60_00), Delivery: euros(6_90)}
	withFee := part
	withFee.KeptFee = euros(4_90)
	dearer := part
	dearer.KeptFee = euros(9_90)
	express := withFee
	express.Delivery, express.Standard = euros(12_90), euros(6_90)
	for _, tt := range []struct {
		name                        string
		settings                    law.Settings
		facts                       law.SumFacts
		total, delivery, supplement string
	}{
		{"R9 express for standard", law.Default(), law.SumFacts{Goods: euros(50_00), Delivery: euros(12_90), Standard: euros(4_90)}, "54.90 EUR", "4.90 EUR", "8.00 EUR"},
		{"standard", law.Default(), law.SumFacts{Goods: euros(50_00), Delivery: euros(4_90), Standard: euros(4_90)}, "54.90 EUR", "4.90 EUR", "0.00 EUR"},
		{"less than standard was paid", law.Default(), law.SumFacts{Goods: euros(50_00), Delivery: euros(0), Standard: euros(4_90)}, "50.00 EUR", "0.00 EUR", "0.00 EUR"},
		{"nothing dearer known", law.Default(), law.SumFacts{Goods: euros(50_00), Delivery: euros(12_90)}, "62.90 EUR", "12.90 EUR", "0.00 EUR"},
		{"no delivery", law.Default(), law.SumFacts{Goods: euros(50_00)}, "50.00 EUR", "0.00 EUR", "0.00 EUR"},
		{"a part, the kept would have cost 4.90", law.Default(), withFee, "32.00 EUR", "2.00 EUR", "0.00 EUR"},
		{"a part, the kept would have cost more", law.Default(), dearer, "30.00 EUR", "0.00 EUR", "0.00 EUR"},
		{"a part, nobody knows", law.Default(), part, "30.00 EUR", "0.00 EUR", "0.00 EUR"},
		{"a part of an express order", law.Default(), express, "32.00 EUR", "2.00 EUR", "6.00 EUR"},
		{"a part, by value", rule(law.FeeByValue), withFee, "32.30 EUR", "2.30 EUR", "0.00 EUR"},
		{"a part, the whole fee", rule(law.FeeWhole), withFee, "36.90 EUR", "6.90 EUR", "0.00 EUR"},
		{"a part, no fee", rule(law.FeeKept), withFee, "30.00 EUR", "0.00 EUR", "0.00 EUR"},
		{"the rule is for parts alone", rule(law.FeeKept), law.SumFacts{Goods: euros(50_00), Delivery: euros(4_90)}, "54.90 EUR", "4.90 EUR", "0.00 EUR"},
	} {
		d, err := tt.settings.SumDue(tt.facts)
		if err != nil || d.Total.String() != tt.total || d.Delivery.String() != tt.delivery || d.Supplement.String() != tt.supplement {
			t.Errorf("%s: %v %v %v, %v", tt.name, d.Total, d.Delivery, d.Supplement, err)
		}
		if d.Goods != tt.facts.Goods {
			t.Errorf("%s: goods %v", tt.name, d.Goods)
		}
	}
	cent := law.SumFacts{Goods: euros(50_00), Kept: euros(1), Delivery: euros(4_90)}
	if d, err := rule(law.FeeKept).SumDue(cent); err != nil || d.Delivery != euros(0) {
		t.Errorf("a cent is kept: %v, %v", d.Delivery, err)
	}
	francs := money.Amount{Minor: 1, Currency: "CHF"}
	for name, f := range map[string]law.SumFacts{
		"kept": {Goods: euros(1), Kept: francs}, "delivery": {Goods: euros(1), Delivery: francs},
		"standard": {Goods: euros(1), Standard: francs}, "kept fee": {Goods: euros(1), Kept: euros(1), KeptFee: francs},
	} {
		if d, err := law.Default().SumDue(f); !errors.Is(err, money.ErrCurrency) {
			t.Errorf("%s in francs: %v, %v", name, d, err)
		}
	}
	most := euros(1<<63 - 1)
	if d, err := law.Default().SumDue(law.SumFacts{Goods: most, Delivery: euros(1)}); !errors.Is(err, money.ErrRange) {
		t.Errorf("too much: %v, %v", d, err)
	}
	if d, err := rule(law.FeeByValue).SumDue(law.SumFacts{Goods: most, Kept: euros(1), Delivery: euros(1)}); !errors.Is(err, money.ErrRange) {
		t.Errorf("too much to share: %v, %v", d, err)
	}
}

func TestWhoPaysTheReturn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ trader, told, consumer bool }{
		{false, true, true}, {true, true, false}, {false, false, false}, {true, false, false},
	} {
		if got, _ := law.ReturnCost(tt.trader, tt.told); got != tt.consumer {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

func TestOtherMeansNeedAnExpressAgreement(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ agreed, free, want bool }{{true, true, true}, {true, false, false}, {false, true, false}} {
		if got, _ := law.OtherMeans(tt.agreed, tt.free); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

func TestADeductionNeedsEverything(t *testing.T) {
	t.Parallel()
	whole := law.Deduction{Amount: euros(5_00), BeyondHandling: true, Evidence: true, DecidedBy: "Véronica", Informed: true}
	if ok, _ := law.MayDeduct(whole); !ok {
		t.Error("nothing is missing")
	}
	for name, change := range map[string]func(*law.Deduction){
		"amount": func(d *law.Deduction) { d.Amount = euros(0) }, "handling": func(d *law.Deduction) { d.BeyondHandling = false },
		"evidence": func(d *law.Deduction) { d.Evidence = false }, "a person": func(d *law.Deduction) { d.DecidedBy = "" },
		"information": func(d *law.Deduction) { d.Informed = false },
	} {
		d := whole
		change(&d)
		if ok, g := law.MayDeduct(d); ok || len(g.Reasons) != 1 {
			t.Errorf("without %s: %v, %v", name, ok, g)
		}
	}
	cent := whole
	cent.Amount = euros(1)
	if ok, _ := law.MayDeduct(cent); !ok {
		t.Error("a cent is an amount")
	}
}

func TestServiceShare(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		performed           law.Percent
		requested, informed bool
		want                string
	}{
		{25_00, true, true, "25.00 EUR"},
		{33_33, true, true, "33.33 EUR"},
		{250_00, true, true, "100.00 EUR"},
		{25_00, false, true, "0.00 EUR"},
		{25_00, true, false, "0.00 EUR"},
	} {
		if got, _ := law.ServiceShare(euros(100_00), tt.performed, tt.requested, tt.informed); got.String() != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}
