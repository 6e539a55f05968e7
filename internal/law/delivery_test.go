package law_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/law"
)

// The numbers are those of section 13.5.
func TestDelivery(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                                      string
		concluded, promised, terminated, refunded string
		by, rolled, due, dueRolled                string
		late                                      int
		add                                       law.Percent
	}{
		{"D1 no date given", "2026-11-22", "-", "-", "-", "2026-12-22", "2026-12-22", "-", "-", 0, 0},
		{"D2 ends on New Year's Day", "2026-12-02", "-", "-", "-", "2027-01-01", "2027-01-04", "-", "-", 0, 0},
		{"a date given, later than thirty days", "2026-11-22", "2027-02-06", "-", "-", "2027-02-06", "2027-02-08", "-", "-", 0, 0},
		{"D4 ended", "2026-11-22", "-", "2026-12-28", "-", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 0, 0},
		{"ended on a Saturday", "2026-11-22", "-", "2026-12-26", "-", "2026-12-22", "2026-12-22", "2027-01-09", "2027-01-11", 0, 0},
		{"D5 one day late", "2026-11-22", "-", "2026-12-28", "2027-01-12", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 1, 10_00},
		{"in time", "2026-11-22", "-", "2026-12-28", "2027-01-11", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 0, 0},
		{"early", "2026-11-22", "-", "2026-12-28", "2027-01-02", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 0, 0},
		{"14 days late", "2026-11-22", "-", "2026-12-28", "2027-01-25", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 14, 10_00},
		{"15 days late", "2026-11-22", "-", "2026-12-28", "2027-01-26", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 15, 20_00},
		{"30 days late", "2026-11-22", "-", "2026-12-28", "2027-02-10", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 30, 20_00},
		{"31 days late", "2026-11-22", "-", "2026-12-28", "2027-02-11", "2026-12-22", "2026-12-22", "2027-01-11", "2027-01-11", 31, 50_00},
		{"refunded without having been ended", "2026-11-22", "-", "-", "2027-02-11", "2026-12-22", "2026-12-22", "-", "-", 0, 0},
	} {
		d := law.Default().Delivery(law.DeliveryFacts{
			Concluded: day(t, tt.concluded), Promised: day(t, tt.promised), Terminated: day(t, tt.terminated), Refunded: day(t, tt.refunded),
		})
		sameDay(t, tt.name+": by", d.DeliverBy, tt.by)
		sameDay(t, tt.name+": by, rolled", d.DeliverByRolled, tt.rolled)
		sameDay(t, tt.name+": refund", d.RefundDue, tt.due)
		sameDay(t, tt.name+": refund, rolled", d.RefundDueRolled, tt.dueRolled)
		if !d.Applies || d.DaysLate != tt.late || d.Percent != tt.add {
			t.Errorf("%s: %d days, %s", tt.name, d.DaysLate, d.Percent)
		}
	}
}

func TestDeliveryByOtherReadings(t *testing.T) {
	t.Parallel()
	s := law.Default()
	s.RollTrader = true
	d := s.Delivery(law.DeliveryFacts{Concluded: day(t, "2026-12-02"), Terminated: day(t, "2026-12-26"), Refunded: day(t, "2027-01-11")})
	sameDay(t, "D2 by setting", d.DeliverBy, "2027-01-04")
	sameDay(t, "refund by setting", d.RefundDue, "2027-01-11")
	if d.DaysLate != 0 || d.Percent != 0 {
		t.Errorf("late %d days", d.DaysLate)
	}
	pro := law.Default().Delivery(law.DeliveryFacts{Buyer: law.Professional, Concluded: day(t, "2026-12-02"), Terminated: day(t, "2026-12-26")})
	if pro.Applies || !pro.RefundDue.IsZero() {
		t.Errorf("a professional: %+v", pro)
	}
}

func TestTermination(t *testing.T) {
	t.Parallel()
	// Due by Tuesday 2026-12-22.
	for _, tt := range []struct {
		name          string
		facts         law.TerminationFacts
		from          string
		notice, short bool
		ended         string
	}{
		{"D8 delivered an hour before", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), Received: clock(t, "2027-01-04 10:00"), Delivered: clock(t, "2027-01-04 09:00")}, "2026-12-31", false, false, "-"},
		{"D8 delivered an hour after", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), Received: clock(t, "2027-01-04 10:00"), Delivered: clock(t, "2027-01-04 11:00")}, "2026-12-31", false, false, "2027-01-04"},
		{"D8 at the same instant it isn't in between", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), Received: clock(t, "2027-01-04 10:00"), Delivered: clock(t, "2027-01-04 10:00")}, "2026-12-31", false, false, "2027-01-04"},
		{"no notice yet", law.TerminationFacts{}, "-", true, false, "-"},
		{"an ending without a notice", law.TerminationFacts{Received: clock(t, "2027-01-04 10:00")}, "-", true, false, "-"},
		{"a notice with its own period", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), NoticeUntil: day(t, "2027-01-10")}, "2027-01-11", false, false, "-"},
		{"a notice of seven days", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), NoticeUntil: day(t, "2026-12-30")}, "2026-12-31", false, false, "-"},
		{"a notice of six", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), NoticeUntil: day(t, "2026-12-29")}, "2026-12-30", false, true, "-"},
		{"a notice before the date counts from the date", law.TerminationFacts{NoticeOn: day(t, "2026-12-01")}, "2026-12-30", false, false, "-"},
		{"on the last day of the notice", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), Received: clock(t, "2026-12-30 23:59")}, "2026-12-31", false, false, "-"},
		{"on the day after", law.TerminationFacts{NoticeOn: day(t, "2026-12-23"), Received: clock(t, "2026-12-31 00:00")}, "2026-12-31", false, false, "2026-12-31"},
		{"an essential date", law.TerminationFacts{Essential: true, Received: clock(t, "2026-12-23 00:00")}, "2026-12-23", false, false, "2026-12-23"},
		{"an essential date, on that day", law.TerminationFacts{Essential: true, Received: clock(t, "2026-12-22 23:00")}, "2026-12-23", false, false, "-"},
		{"refused", law.TerminationFacts{RefusedOn: day(t, "2026-12-10"), Received: clock(t, "2026-12-10 12:00")}, "2026-12-10", false, false, "2026-12-10"},
	} {
		tt.facts.DeliverBy = day(t, "2026-12-22")
		got := law.Default().Termination(tt.facts)
		sameDay(t, tt.name+": from", got.From, tt.from)
		sameDay(t, tt.name+": on", got.On, tt.ended)
		if got.NoticeNeeded != tt.notice || got.ShortNotice != tt.short || got.Terminated != (tt.ended != "-") {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

// The day of an ending is that of Paris, where the trader is.
func TestTheDayOfAnEndingIsThatOfParis(t *testing.T) {
	t.Parallel()
	got := law.Default().Termination(law.TerminationFacts{
		DeliverBy: day(t, "2026-12-22"), Essential: true, Received: time.Date(2026, 12, 22, 23, 30, 0, 0, time.UTC),
	})
	sameDay(t, "half past midnight in Paris", got.On, "2026-12-23")
}
