package law_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/law"
)

// The numbers are those of section 13.7, with a consent that holds.
func TestSalesCalls(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, at string
		zone     calendar.Zone
		allowed  bool
		next     string // in Paris
	}{
		{"C1 09:59", "2026-11-24 09:59", calendar.France, false, "2026-11-24 10:00"},
		{"C1 10:00", "2026-11-24 10:00", calendar.France, true, ""},
		{"before lunch", "2026-11-24 12:59", calendar.France, true, ""},
		{"C2 13:00", "2026-11-24 13:00", calendar.France, false, "2026-11-24 14:00"},
		{"C2 14:00", "2026-11-24 14:00", calendar.France, true, ""},
		{"C3 19:59", "2026-11-24 19:59", calendar.France, true, ""},
		{"C3 20:00", "2026-11-24 20:00", calendar.France, false, "2026-11-25 10:00"},
		{"C5 Saturday", "2026-11-28 11:00", calendar.France, false, "2026-11-30 10:00"},
		{"Sunday", "2026-11-29 11:00", calendar.France, false, "2026-11-30 10:00"},
		{"Christmas, a Friday", "2026-12-25 11:00", calendar.France, false, "2026-12-28 10:00"},
		{"C7 La Réunion, 20:00 there", "2026-11-24 17:00", calendar.Reunion, false, "2026-11-25 07:00"},
		{"La Réunion, a minute before", "2026-11-24 16:59", calendar.Reunion, true, ""},
		{"26 December in Alsace is no holiday of L3133-1", "2028-12-26 11:00", calendar.BasRhin, true, ""},
	} {
		c := law.Default().Call(law.CallFacts{At: clock(t, tt.at), Place: in(tt.zone), Consent: law.PhoneConsent{Given: day(t, tt.at[:10])}})
		if c.Allowed != tt.allowed {
			t.Errorf("%s: %v", tt.name, c.Allowed)
		}
		if tt.next == "" && !c.Next.IsZero() || tt.next != "" && !c.Next.Equal(clock(t, tt.next)) {
			t.Errorf("%s: next %s, want %s", tt.name, c.Next, tt.next)
		}
	}
	local := law.Default()
	local.Calls.LocalHolidays = true
	later := law.PhoneConsent{Given: day(t, "2028-12-01")}
	if c := local.Call(law.CallFacts{At: clock(t, "2028-12-26 11:00"), Place: in(calendar.BasRhin), Consent: later}); c.Allowed {
		t.Error("26 December in Alsace, by setting")
	}
	national := law.Default()
	national.LocalHolidays = false
	if c := national.Call(law.CallFacts{At: clock(t, "2026-12-25 11:00"), Place: in(calendar.BasRhin), Consent: consent(t)}); c.Allowed {
		t.Error("Christmas")
	}
}

// consent holds from 2026-11-22 to 2027-11-22.
func consent(t *testing.T) law.PhoneConsent {
	t.Helper()
	return law.PhoneConsent{Given: day(t, "2026-11-22")}
}

func TestCallsThatNeedNoHours(t *testing.T) {
	t.Parallel()
	night := clock(t, "2026-11-28 23:00")
	if c := law.Default().Call(law.CallFacts{At: night, Purpose: law.PerformanceCall}); !c.Allowed {
		t.Error("a call about a delivery")
	}
	if c := law.Default().Call(law.CallFacts{At: night, Accepted: true, Consent: consent(t)}); !c.Allowed {
		t.Error("an hour that the consumer accepted")
	}
	if c := law.Default().Call(law.CallFacts{At: night, Accepted: true}); c.Allowed || !c.Next.IsZero() {
		t.Error("accepted hour without a consent")
	}
}

func TestFourAttemptsInThirtyDays(t *testing.T) {
	t.Parallel()
	attempts := func(list ...string) []time.Time {
		var at []time.Time
		for _, s := range list {
			at = append(at, clock(t, s))
		}
		return at
	}
	for _, tt := range []struct {
		name     string
		at       string
		attempts []time.Time
		allowed  bool
		next     string
	}{
		{"three", "2026-12-22 11:00", attempts("2026-12-01 10:00", "2026-12-08 10:00", "2026-12-15 10:00"), true, ""},
		{"four", "2026-12-22 11:00", attempts("2026-12-01 10:00", "2026-12-08 10:00", "2026-12-15 10:00", "2026-12-22 10:00"), false, "2026-12-31 10:00"},
		{"four, the first thirty days ago", "2026-12-31 11:00", attempts("2026-12-01 19:00", "2026-12-08 10:00", "2026-12-15 10:00", "2026-12-22 10:00"), true, ""},
		{"four, the first twenty-nine days ago", "2026-12-30 11:00", attempts("2026-12-01 10:00", "2026-12-08 10:00", "2026-12-15 10:00", "2026-12-22 10:00"), false, "2026-12-31 10:00"},
		{"four, one of them planned for later", "2026-12-22 11:00", attempts("2026-12-01 10:00", "2026-12-08 10:00", "2026-12-15 10:00", "2026-12-22 18:00"), true, ""},
		{"the fourth at this very instant counts", "2026-12-22 11:00", attempts("2026-12-01 10:00", "2026-12-08 10:00", "2026-12-15 10:00", "2026-12-22 11:00"), false, "2026-12-31 10:00"},
	} {
		for _, accepted := range []bool{false, true} {
			c := law.Default().Call(law.CallFacts{At: clock(t, tt.at), Consent: consent(t), Attempts: tt.attempts, Accepted: accepted})
			if c.Allowed != tt.allowed || tt.next != "" && !c.Next.Equal(clock(t, tt.next)) {
				t.Errorf("%s: %v, next %s", tt.name, c.Allowed, c.Next)
			}
		}
	}
}

// The consent ends before the next hour to call.
func TestNoNextCallWithoutConsent(t *testing.T) {
	t.Parallel()
	c := law.Default().Call(law.CallFacts{At: clock(t, "2026-11-27 20:00"), Consent: law.PhoneConsent{Given: day(t, "2026-11-22"), Until: day(t, "2026-11-29")}})
	if c.Allowed || !c.Next.IsZero() {
		t.Errorf("%+v", c)
	}
	// Nor is there one within sixty days for who was called too often.
	var often []time.Time
	for d := clock(t, "2026-12-01 10:00"); len(often) < 80; d = d.AddDate(0, 0, 1) {
		often = append(often, d, d.Add(time.Minute), d.Add(2*time.Minute), d.Add(3*time.Minute))
	}
	if c := law.Default().Call(law.CallFacts{At: clock(t, "2026-12-20 12:00"), Consent: consent(t), Attempts: often}); c.Allowed || !c.Next.Equal(clock(t, "2027-01-19 10:00")) {
		t.Errorf("next %s", c.Next)
	}
}

func TestARequestedCall(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{
		"2026-12-24": "2026-12-31", // C10: Christmas and a Sunday between, a Saturday counts
		"2026-11-23": "2026-11-28", "2026-11-28": "2026-12-04",
	} {
		until, _ := law.RequestedCallUntil(day(t, asked))
		sameDay(t, "C10 asked "+asked, until, want)
	}
}

func TestPhoneConsent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name         string
		c            law.PhoneConsent
		usable, kept string
	}{
		{"G10", law.PhoneConsent{Given: day(t, "2026-11-22")}, "2027-11-22", "2029-11-22"},
		{"three months stated", law.PhoneConsent{Given: day(t, "2026-11-22"), Until: day(t, "2027-02-22")}, "2027-02-22", "2029-11-22"},
		{"two years stated are one", law.PhoneConsent{Given: day(t, "2026-11-22"), Until: day(t, "2028-11-22")}, "2027-11-22", "2029-11-22"},
		{"withdrawn", law.PhoneConsent{Given: day(t, "2026-11-22"), Withdrawn: day(t, "2027-01-10")}, "2027-01-09", "2029-11-22"},
		{"withdrawn on the last day", law.PhoneConsent{Given: day(t, "2026-11-22"), Withdrawn: day(t, "2027-11-22")}, "2027-11-21", "2029-11-22"},
		{"withdrawn after its end", law.PhoneConsent{Given: day(t, "2026-11-22"), Withdrawn: day(t, "2027-11-23")}, "2027-11-22", "2029-11-22"},
		{"a box ticked beforehand", law.PhoneConsent{Given: day(t, "2026-11-22"), Tacit: true}, "-", "-"},
		{"none", law.PhoneConsent{}, "-", "-"},
	} {
		got := law.Default().PhoneConsent(tt.c)
		sameDay(t, tt.name+": usable", got.UsableTo, tt.usable)
		sameDay(t, tt.name+": kept", got.ProofKept, tt.kept)
		if got.Valid != (tt.usable != "-") {
			t.Errorf("%s: valid %v", tt.name, got.Valid)
		}
		if !got.Valid {
			if tt.c.Usable(day(t, "2026-12-01")) {
				t.Errorf("%s: usable", tt.name)
			}
			continue
		}
		last := day(t, tt.usable)
		for d, want := range map[int]bool{0: true, 1: false} {
			if tt.c.Usable(last.AddDays(d)) != want {
				t.Errorf("%s: usable %d days after its end", tt.name, d)
			}
		}
		if tt.c.Usable(tt.c.Given.AddDays(-1)) || !tt.c.Usable(tt.c.Given) {
			t.Errorf("%s: usable from its first day on", tt.name)
		}
	}
}

func TestMarketingMail(t *testing.T) {
	t.Parallel()
	on := day(t, "2026-11-23")
	soft := law.SoftOptIn{FromPerson: true, AtSale: true, SimilarGoods: true, SameEntity: true, ChanceAtOnce: true, ChanceInEachMail: true}
	without := func(change func(*law.SoftOptIn)) law.MailFacts {
		o := soft
		change(&o)
		return law.MailFacts{On: on, SoftOptIn: o}
	}
	for name, tt := range map[string]struct {
		facts   law.MailFacts
		allowed bool
	}{
		"nothing":                           {law.MailFacts{On: on}, false},
		"a service message":                 {law.MailFacts{On: on, Service: true, Objected: day(t, "2026-01-01")}, true},
		"a promotion in it":                 {law.MailFacts{On: on, Service: true, Promotion: true}, false},
		"a promotion in it, consented":      {law.MailFacts{On: on, Service: true, Promotion: true, Consent: on}, true},
		"consented today":                   {law.MailFacts{On: on, Consent: on}, true},
		"consents tomorrow":                 {law.MailFacts{On: on, Consent: on.AddDays(1)}, false},
		"objected today":                    {law.MailFacts{On: on, Consent: on.AddDays(-5), Objected: on}, false},
		"objects tomorrow":                  {law.MailFacts{On: on, Consent: on.AddDays(-5), Objected: on.AddDays(1)}, true},
		"consented anew":                    {law.MailFacts{On: on, Consent: on, Objected: on.AddDays(-5)}, true},
		"consented and objected on one day": {law.MailFacts{On: on, Consent: on, Objected: on}, false},
		"will consent anew":                 {law.MailFacts{On: on, Consent: on.AddDays(1), Objected: on.AddDays(-5), SoftOptIn: soft}, false},
		"a professional":                    {law.MailFacts{On: on, Professional: true}, true},
		"a professional who objected":       {law.MailFacts{On: on, Professional: true, Objected: on}, false},
		"a customer":                        {law.MailFacts{On: on, SoftOptIn: soft}, true},
		"a customer who objected":           {law.MailFacts{On: on, SoftOptIn: soft, Objected: on}, false},
		"an address from elsewhere":         {without(func(o *law.SoftOptIn) { o.FromPerson = false }), false},
		"an abandoned cart":                 {without(func(o *law.SoftOptIn) { o.AtSale = false }), false},
		"other goods":                       {without(func(o *law.SoftOptIn) { o.SimilarGoods = false }), false},
		"a partner":                         {without(func(o *law.SoftOptIn) { o.SameEntity = false }), false},
		"no chance at collection":           {without(func(o *law.SoftOptIn) { o.ChanceAtOnce = false }), false},
		"no chance in each mail":            {without(func(o *law.SoftOptIn) { o.ChanceInEachMail = false }), false},
	} {
		if got, _ := law.Default().Mail(tt.facts); got != tt.allowed {
			t.Errorf("%s: %v", name, got)
		}
	}
}
