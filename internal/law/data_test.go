package law_test

import (
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/law"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// The numbers are those of section 13.6.
func TestDataRequest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, received                    string
		extended                          bool
		due, rolled, tellBy, target, ours string
	}{
		{"G4", "2026-11-23", false, "2026-12-23", "2026-12-23", "2026-12-23", "2026-12-23", "2026-12-23"},
		{"G4 extended", "2026-11-23", true, "2027-02-23", "2027-02-23", "2026-12-23", "2026-12-23", "2027-02-23"},
		{"G6", "2027-01-31", false, "2027-02-28", "2027-03-01", "2027-02-28", "2027-02-28", "2027-03-01"},
		{"G6 extended", "2027-01-31", true, "2027-04-30", "2027-04-30", "2027-02-28", "2027-03-02", "2027-04-30"},
		{"5 March", "2026-03-05", false, "2026-04-05", "2026-04-07", "2026-04-05", "2026-04-04", "2026-04-07"},
		{"31 August", "2026-08-31", false, "2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30"},
	} {
		r := law.Default().DataRequest(day(t, tt.received), tt.extended)
		sameDay(t, tt.name+": due", r.Due, tt.due)
		sameDay(t, tt.name+": rolled", r.DueRolled, tt.rolled)
		sameDay(t, tt.name+": tell by", r.TellBy, tt.tellBy)
		sameDay(t, tt.name+": target", r.Target, tt.target)
		rolled := law.Default()
		rolled.RollTrader = true
		sameDay(t, tt.name+": due by setting", rolled.DataRequest(day(t, tt.received), tt.extended).Due, tt.ours)
	}
}

func TestBreach(t *testing.T) {
	t.Parallel()
	for aware, want := range map[string]string{
		"2026-12-23 17:30": "2026-12-26T16:30:00Z", // G8
		"2027-03-26 12:00": "2027-03-29T11:00:00Z", // summer time: hours are hours
	} {
		if due, _ := law.BreachDue(clock(t, aware)); due.Format(time.RFC3339) != want {
			t.Errorf("G8 known %s: %s, want %s", aware, due.Format(time.RFC3339), want)
		}
	}
}

func TestMediation(t *testing.T) {
	t.Parallel()
	complaint := day(t, "2026-11-23")
	m := law.Default().Mediation(law.MediationFacts{Complaint: complaint, On: day(t, "2027-11-23")}) // G12
	sameDay(t, "G12", m.Until, "2027-11-23")
	sameDay(t, "answer by", m.AnswerBy, "2027-01-23")
	if !m.Admissible || m.InfoOwed || !m.ResultBy.IsZero() {
		t.Errorf("G12: %+v", m)
	}
	if m := law.Default().Mediation(law.MediationFacts{Complaint: complaint, On: day(t, "2027-11-24")}); m.Admissible {
		t.Error("a day too late")
	}
	if m := law.Default().Mediation(law.MediationFacts{Complaint: complaint, On: complaint, Elsewhere: true}); m.Admissible {
		t.Error("before a judge")
	}
	if m := law.Default().Mediation(law.MediationFacts{On: complaint}); m.Admissible || !m.Until.IsZero() || !m.AnswerBy.IsZero() {
		t.Errorf("without a complaint: %+v", m)
	}
	failed := law.MediationFacts{Complaint: complaint, FinalAnswer: day(t, "2026-12-01"), FileComplete: day(t, "2026-12-10"), On: complaint}
	m = law.Default().Mediation(failed)
	sameDay(t, "result by", m.ResultBy, "2027-03-10")
	if !m.InfoOwed {
		t.Error("the mediator's details are owed")
	}
	failed.InfoSent = day(t, "2026-12-02")
	if m := law.Default().Mediation(failed); m.InfoOwed {
		t.Error("they were sent")
	}
}

func TestKeep(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		kind     law.DataKind
		from     string
		until    string
		duty     bool
		archived bool
	}{
		{"G13", law.Prospect, "2024-02-29", "2027-02-28", false, false},
		{"G14", law.Invoice, "2026-12-31", "2036-12-31", true, true},
		{"a case", law.OrderFile, "2026-11-23", "2031-11-23", true, true},
		{"a withdrawal", law.WithdrawalStatement, "2026-11-23", "2031-11-23", true, true},
		{"a consent", law.PhoneConsentProof, "2026-11-22", "2029-11-22", true, true},
		{"an objection", law.OptOut, "2026-11-23", "2029-11-23", true, false},
		{"a card", law.CardNumber, "2026-11-23", "2027-12-23", false, true},
		{"its code", law.CardCode, "2026-11-23", "-", false, false},
		{"an identity", law.IdentityCopy, "2026-11-23", "2027-11-23", false, false},
		{"a recording", law.CallRecording, "2026-11-23", "2027-05-23", false, false},
		{"its notes", law.CallNotes, "2026-11-23", "2027-11-23", false, false},
		{"a choice", law.CookieChoice, "2026-11-23", "2027-05-23", false, false},
		{"a tracker", law.Tracker, "2026-11-23", "2027-12-23", false, false},
		{"audience", law.AudienceData, "2026-11-23", "2028-12-23", false, false},
	} {
		k, ok := law.Default().Keep(tt.kind, day(t, tt.from))
		sameDay(t, tt.name, k.Until, tt.until)
		if !ok || k.Kind != tt.kind || k.Archive != tt.archived || slices.Contains(k.Articles, "RGPD art. 17(3)") != tt.duty {
			t.Errorf("%s: %v %+v", tt.name, ok, k)
		}
	}
	if k, ok := law.Default().Keep("message", day(t, "2026-11-23")); ok {
		t.Errorf("no text fixes how long messages stay: %+v", k)
	}
}

func TestKeepContract(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                 string
		price                money.Amount
		concluded, delivered string
		kind                 law.DataKind
		until                string
	}{
		{"G15", euros(120_00), "2026-11-20", "2026-11-23", law.LargeContract, "2036-11-23"},
		{"at once", euros(300_00), "2026-11-23", "-", law.LargeContract, "2036-11-23"},
		{"119.99", euros(119_99), "2026-11-20", "2026-11-23", law.OrderFile, "2031-11-23"},
		{"a price in francs", money.Amount{Minor: 1_00, Currency: "CHF"}, "2026-11-20", "2026-11-23", law.LargeContract, "2036-11-23"},
		{"no price known", money.Amount{}, "2026-11-20", "2026-11-23", law.LargeContract, "2036-11-23"},
	} {
		k := law.Default().KeepContract(tt.price, day(t, tt.concluded), day(t, tt.delivered))
		sameDay(t, tt.name, k.Until, tt.until)
		if k.Kind != tt.kind || !k.Archive {
			t.Errorf("%s: %s", tt.name, k.Kind)
		}
	}
}
