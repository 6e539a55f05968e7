package law_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/law"
)

// The numbers are those of section 13.6.
func TestGuarantee(t *testing.T) {
	t.Parallel()
	directive := law.Default()
	directive.Defects.Repair = law.Dated[law.Extension]{{Value: law.Extension{Months: 6}}, {From: day(t, "2027-07-01"), Value: law.Extension{Months: 12, Once: true}}}
	none := law.Default()
	none.Defects.Repair = nil
	for _, tt := range []struct {
		name            string
		settings        law.Settings
		facts           law.GuaranteeFacts
		until, presumed string
	}{
		{"G1", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23")}, "2028-11-23", "2028-11-23"},
		{"G1 after a repair", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-03-01")}, "2029-05-23", "2028-11-23"},
		{"two repairs", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-03-01", "")}, "2029-11-23", "2028-11-23"},
		{"second-hand", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), SecondHand: true}, "2028-11-23", "2027-11-23"},
		{"leap day", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2028-02-29")}, "2030-02-28", "2030-02-28"},
		{"replaced instead of repaired", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Replaced: day(t, "2027-03-01")}, "2029-03-01", "2029-03-01"},
		{"replaced, second-hand", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Replaced: day(t, "2027-03-01"), SecondHand: true}, "2029-03-01", "2028-03-01"},
		{"repaired often, then replaced: the later end", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-01-04", "2027-02-01"), Replaced: day(t, "2027-03-01")}, "2029-11-23", "2029-03-01"},
		{"the directive's twelve months, once", directive, law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-08-02", "2027-09-01")}, "2029-11-23", "2028-11-23"},
		{"a repair before it", directive, law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-06-30")}, "2029-05-23", "2028-11-23"},
		{"a repair whose day isn't known counts by the day of delivery", directive, law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "")}, "2029-05-23", "2028-11-23"},
		{"a second repair under the directive adds nothing, one before it does", directive, law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-08-02", "2027-09-01", "2027-06-30")}, "2030-05-23", "2028-11-23"},
		{"no rule, no months", none, law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Repairs: days(t, "2027-03-01")}, "2028-11-23", "2028-11-23"},
		{"a professional", law.Default(), law.GuaranteeFacts{Delivered: day(t, "2026-11-23"), Buyer: law.Professional}, "-", "-"},
	} {
		g := tt.settings.Guarantee(tt.facts)
		sameDay(t, tt.name, g.Until, tt.until)
		sameDay(t, tt.name+": presumed", g.PresumedUntil, tt.presumed)
		if g.Applies != (tt.until != "-") {
			t.Errorf("%s: applies %v", tt.name, g.Applies)
		}
	}
}

func TestRemedy(t *testing.T) {
	t.Parallel()
	r := law.Default().Remedy(law.RemedyFacts{Asked: day(t, "2026-12-01")}) // G3
	sameDay(t, "G3 by", r.By, "2026-12-31")
	sameDay(t, "G3 from", r.OtherFrom, "2027-01-01")
	if r.AtOnce || !r.MayTerminate || r.RefuseStands || !r.RefundDue.IsZero() || !r.CostsDue.IsZero() {
		t.Errorf("G3: %+v", r)
	}
	for name, facts := range map[string]law.RemedyFacts{"refused": {Refused: true}, "still there": {Persists: true}, "grave": {Grave: true}} {
		facts.Asked = day(t, "2026-12-01")
		if r := law.Default().Remedy(facts); !r.AtOnce || !r.MayTerminate {
			t.Errorf("%s: %+v", name, r)
		}
	}
	for name, want := range map[string]bool{"in writing": true, "only said": false} {
		if r := law.Default().Remedy(law.RemedyFacts{Asked: day(t, "2026-12-01"), SellersRefusal: true, InWriting: want}); r.RefuseStands != want {
			t.Errorf("choice refused %s: %+v", name, r)
		}
	}
	if r := law.Default().Remedy(law.RemedyFacts{Asked: day(t, "2026-12-01"), Minor: true}); r.MayTerminate {
		t.Errorf("minor: %+v", r)
	}
	rolled := law.Default()
	rolled.RollTrader = true
	sameDay(t, "rolled by setting", rolled.Remedy(law.RemedyFacts{Asked: day(t, "2026-12-02")}).By, "2027-01-04")
}

func TestMoneyOfARemedy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, returned, proof, due string }{
		{"goods", "2026-12-01", "-", "2026-12-15"},
		{"proof", "-", "2026-12-01", "2026-12-15"},
		{"proof first", "2026-12-04", "2026-12-01", "2026-12-15"},
		{"goods first", "2026-12-01", "2026-12-04", "2026-12-15"},
		{"neither", "-", "-", "-"},
	} {
		r := law.Default().Remedy(law.RemedyFacts{Asked: day(t, "2026-11-01"), GoodsReturned: day(t, tt.returned), ProofOfReturn: day(t, tt.proof)})
		sameDay(t, tt.name, r.RefundDue, tt.due)
	}
	for refunded, want := range map[string]struct {
		late int
		add  law.Percent
	}{
		"2026-12-01": {0, 0}, "2026-12-15": {0, 0}, "2026-12-16": {1, 10_00}, "2026-12-29": {14, 10_00}, "2026-12-30": {15, 20_00},
		"2027-01-14": {30, 20_00}, "2027-01-15": {31, 50_00}, "": {0, 0},
	} {
		r := law.Default().Remedy(law.RemedyFacts{Asked: day(t, "2026-11-01"), CostsAccepted: day(t, "2026-12-01"), CostsRefunded: day(t, refunded)})
		sameDay(t, "costs", r.CostsDue, "2026-12-15")
		if r.CostsDaysLate != want.late || r.CostsIncreased != want.add {
			t.Errorf("costs refunded %s: %d days, %s", refunded, r.CostsDaysLate, r.CostsIncreased)
		}
	}
}

func TestHiddenDefect(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ sold, discovered, until string }{
		{"2026-11-23", "2027-03-01", "2029-03-01"},
		{"2006-11-23", "2025-03-01", "2026-11-23"},
		{"2006-11-23", "2024-11-23", "2026-11-23"},
	} {
		until, _ := law.Default().HiddenDefect(day(t, tt.sold), day(t, tt.discovered))
		sameDay(t, "sold "+tt.sold+", discovered "+tt.discovered, until, tt.until)
	}
}
