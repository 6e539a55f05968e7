package law_test

import (
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/law"
)

// The numbers are those of section 13.1 of the facts.
func TestWithdrawalOfGoods(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, received, zone, last, expires string }{
		{"W1 plain weekday", "2026-11-23", "FR", "2026-12-07", "2026-12-07T23:00:00Z"},
		{"W2 ends on a Sunday", "2026-11-22", "FR", "2026-12-07", "2026-12-07T23:00:00Z"},
		{"W4 ends on 1 November, a Sunday", "2026-10-18", "FR", "2026-11-02", "2026-11-02T23:00:00Z"},
		{"W6 Christmas Eve doesn't move", "2026-12-10", "FR", "2026-12-24", "2026-12-24T23:00:00Z"},
		{"W7 Christmas, Saturday, Sunday", "2026-12-11", "FR", "2026-12-28", "2026-12-28T23:00:00Z"},
		{"W9 year end", "2026-12-17", "FR", "2026-12-31", "2026-12-31T23:00:00Z"},
		{"W11 Easter Monday 2026", "2026-03-23", "FR", "2026-04-07", "2026-04-07T22:00:00Z"},
		{"W13 Whit Monday 2026", "2026-05-11", "FR", "2026-05-26", "2026-05-26T22:00:00Z"},
		{"W14 Good Friday", "2027-03-12", "FR", "2027-03-26", "2027-03-26T23:00:00Z"},
		{"W14 Good Friday in Alsace", "2027-03-12", "FR-67", "2027-03-30", "2027-03-30T22:00:00Z"},
		{"W16 Easter Monday and summer time", "2027-03-15", "FR", "2027-03-30", "2027-03-30T22:00:00Z"},
		{"W18 Ascension", "2027-04-22", "FR", "2027-05-07", "2027-05-07T22:00:00Z"},
		{"W20 Whit Monday 2027", "2027-05-03", "FR", "2027-05-18", "2027-05-18T22:00:00Z"},
		{"W21 14 July", "2027-06-30", "FR", "2027-07-15", "2027-07-15T22:00:00Z"},
		{"W23 1 November, a Monday", "2027-10-18", "FR", "2027-11-02", "2027-11-02T23:00:00Z"},
		{"W24, W38 winter time within: never 14 times 24 hours", "2026-10-12", "FR", "2026-10-26", "2026-10-26T23:00:00Z"},
		{"W26 leap day", "2028-02-15", "FR", "2028-02-29", "2028-02-29T23:00:00Z"},
		{"W28 Christmas on a Monday", "2028-12-11", "FR", "2028-12-26", "2028-12-26T23:00:00Z"},
		{"W28 and 26 December in Moselle", "2028-12-11", "FR-57", "2028-12-27", "2028-12-27T23:00:00Z"},
		{"W30 26 December", "2028-12-12", "FR", "2028-12-26", "2028-12-26T23:00:00Z"},
		{"W30 26 December in Haut-Rhin", "2028-12-12", "FR-68", "2028-12-27", "2028-12-27T23:00:00Z"},
		{"a Saturday moves to Monday", "2026-11-21", "FR", "2026-12-07", "2026-12-07T23:00:00Z"},
		{"Guadeloupe: local midnight is later", "2026-11-23", "FR-971", "2026-12-07", "2026-12-08T04:00:00Z"},
		{"La Réunion: midnight in Paris is later", "2026-11-23", "FR-974", "2026-12-07", "2026-12-07T23:00:00Z"},
		{"La Réunion: abolition of slavery, a Monday in 2027", "2027-12-06", "FR-974", "2027-12-21", "2027-12-21T23:00:00Z"},
	} {
		zone, err := calendar.ParseZone(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		w := law.Default().Withdrawal(law.WithdrawalFacts{Received: days(t, tt.received), Place: in(zone), Buyer: law.Consumer})
		sameDay(t, tt.name+": day 0", w.Start, tt.received)
		sameDay(t, tt.name, w.LastDay, tt.last)
		if got := w.Expires.Format(time.RFC3339); got != tt.expires || !w.Right {
			t.Errorf("%s: expires %s, want %s", tt.name, got, tt.expires)
		}
	}
}

func TestWhichDeliveryStartsThePeriod(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		facts       law.WithdrawalFacts
		start, last string
	}{
		{"W32 two parcels: the last", law.WithdrawalFacts{Received: days(t, "2026-11-23", "2026-12-11")}, "2026-12-11", "2026-12-28"},
		{"W32 in whatever order", law.WithdrawalFacts{Received: days(t, "2026-12-11", "2026-11-23")}, "2026-12-11", "2026-12-28"},
		{"W33 monthly box: the first", law.WithdrawalFacts{Kind: law.Subscription, Received: days(t, "2026-12-23", "2026-11-23", "2027-01-23")}, "2026-11-23", "2026-12-07"},
		{"W33 a day that isn't known is passed over", law.WithdrawalFacts{Kind: law.Subscription, Received: days(t, "", "2026-11-23")}, "2026-11-23", "2026-12-07"},
		{"W35 collected at the pick-up point", law.WithdrawalFacts{Received: days(t, "2026-12-04")}, "2026-12-04", "2026-12-18"},
		{"W40 nothing received", law.WithdrawalFacts{Concluded: day(t, "2026-11-20")}, "-", "-"},
		{"W40 no box received", law.WithdrawalFacts{Kind: law.Subscription}, "-", "-"},
		{"one of two parcels still under way", law.WithdrawalFacts{Received: days(t, "2026-11-23"), MoreToCome: true}, "-", "-"},
		{"a box to come changes nothing", law.WithdrawalFacts{Kind: law.Subscription, Received: days(t, "2026-11-23"), MoreToCome: true}, "2026-11-23", "2026-12-07"},
		{"a service: the contract", law.WithdrawalFacts{Kind: law.Service, Concluded: day(t, "2026-11-23"), Received: days(t, "2026-12-11")}, "2026-11-23", "2026-12-07"},
		{"a service whose contract has no date", law.WithdrawalFacts{Kind: law.Service, Received: days(t, "2026-12-11")}, "-", "-"},
	} {
		w := law.Default().Withdrawal(tt.facts)
		sameDay(t, tt.name+": day 0", w.Start, tt.start)
		sameDay(t, tt.name, w.LastDay, tt.last)
		if open := w.Expires.IsZero(); open != (tt.last == "-") || open && !w.InTime(clock(t, "2030-01-01 00:00")) {
			t.Errorf("%s: expires %s", tt.name, w.Expires)
		}
	}
}

func TestInTimeByTheConsumersSending(t *testing.T) {
	t.Parallel()
	w := law.Default().Withdrawal(law.WithdrawalFacts{Received: days(t, "2026-11-23")})
	for at, want := range map[string]bool{ // W36
		"2026-12-07 23:59:59": true, "2026-12-08 00:00:00": false, "2026-11-20 09:00": true, "2027-01-01 00:00": false,
	} {
		if got := w.InTime(clock(t, at)); got != want {
			t.Errorf("W36 sent %s: %v", at, got)
		}
	}
	none := law.Default().Withdrawal(law.WithdrawalFacts{Buyer: law.Professional})
	if none.Right || none.InTime(clock(t, "2026-12-07 12:00")) {
		t.Error("a professional has no right to use in time")
	}
}

func TestOnlineFunction(t *testing.T) {
	t.Parallel()
	for concluded, want := range map[string]bool{"2026-06-18": false, "2026-06-19": true, "2026-11-23": true, "": true} { // W39
		due, g := law.FunctionDue(day(t, concluded))
		w := law.Default().Withdrawal(law.WithdrawalFacts{Concluded: day(t, concluded)})
		if due != want || w.Function != want {
			t.Errorf("W39 contract of %q: %v, %v", concluded, due, w.Function)
		}
		if len(g.Reasons) != 1 || slices.Contains(g.Articles, "D221-5 c. conso") != want {
			t.Errorf("W39 contract of %q: %+v", concluded, g)
		}
	}
}

func TestFunctionLabels(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]law.FunctionLabels{
		"fr": {Begin: "renoncer au contrat ici", Confirm: "confirmer la rétractation"},
		"en": {Begin: "withdraw from contract here", Confirm: "confirm withdrawal"},
		"de": {Begin: "Vertrag widerrufen", Confirm: "Widerruf bestätigen"},
		"it": {Begin: "recedere dal contratto qui", Confirm: "conferma recesso"},
		"es": {Begin: "desistir del contrato aquí", Confirm: "confirmar desistimiento"},
		"pl": {Begin: "renoncer au contrat ici", Confirm: "confirmer la rétractation"},
	} {
		if got := law.LabelsFor(language); got != want {
			t.Errorf("%s: %+v", language, got)
		}
	}
	french := law.LabelsFor("fr")
	for words, want := range map[string]bool{
		"renoncer au contrat ici": true, "Renoncer au  contrat ici ": true,
		"Annuler": false, "Demande de retour": false, "": false, "renoncer": false,
	} {
		if french.IsLabel(words) != want {
			t.Errorf("%q: %v", words, !want)
		}
	}
}

// The numbers are those of section 13.2.
func TestNotInformed(t *testing.T) {
	t.Parallel()
	capped := law.Default()
	capped.Period.CapInformed = true
	for _, tt := range []struct {
		name, received, informed, end string
		settings                      law.Settings
	}{
		{"X1 never", "2026-11-23", "", "2027-12-07", law.Default()},
		{"X2 never, from a day that moved", "2026-12-11", "", "2027-12-28", law.Default()},
		{"X4 during the prolongation", "2026-11-23", "2027-02-10", "2027-02-24", law.Default()},
		{"X7 in its last days", "2026-11-23", "2027-12-01", "2027-12-15", law.Default()},
		{"X7 capped", "2026-11-23", "2027-12-01", "2027-12-07", capped},
		{"X4 capped changes nothing", "2026-11-23", "2027-02-10", "2027-02-24", capped},
		{"on the last day of the prolongation", "2026-11-23", "2027-12-07", "2027-12-21", law.Default()},
		{"after the prolongation nothing reopens", "2026-11-23", "2027-12-08", "2027-12-07", law.Default()},
		{"on the day of receipt", "2026-11-23", "2026-11-23", "2026-12-07", law.Default()},
		{"a day later, within the fourteen days", "2026-11-23", "2026-11-24", "2026-12-08", law.Default()},
		{"before receipt", "2026-11-23", "2026-11-20", "2026-12-07", law.Default()},
		{"fourteen days that end on a Sunday", "2026-11-23", "2027-02-07", "2027-02-22", law.Default()},
		{"leap day: no such date a year later", "2028-02-15", "", "2029-02-28", law.Default()},
	} {
		w := tt.settings.Withdrawal(law.WithdrawalFacts{Received: days(t, tt.received), Uninformed: true, InformedOn: day(t, tt.informed)})
		sameDay(t, tt.name, w.LastDay, tt.end)
	}
}

func TestTheShopsOwnPeriod(t *testing.T) {
	t.Parallel()
	christmas := law.Season{
		Name:  law.Text{FR: "Achats de Noël", EN: "Christmas purchases"},
		First: day(t, "2026-11-15"), Last: day(t, "2026-12-24"), Until: day(t, "2027-01-31"),
	}
	for _, tt := range []struct {
		name                string
		own                 int
		seasons             []law.Season
		concluded, received string
		uninformed          bool
		want                string
	}{
		{"thirty days", 30, nil, "2026-11-20", "2026-11-23", false, "2026-12-23"},
		{"thirty days that end on a Saturday", 30, nil, "", "2026-11-26", false, "2026-12-28"},
		{"seven days are fourteen", 7, nil, "2026-11-20", "2026-11-23", false, "2026-12-07"},
		{"fourteen", 14, nil, "2026-11-20", "2026-11-23", false, "2026-12-07"},
		{"thirty days don't shorten a prolongation", 30, nil, "2026-11-20", "2026-11-23", true, "2027-12-07"},
		{"two years outlast a prolongation", 730, nil, "2026-11-20", "2026-11-23", true, "2028-11-22"},
		{"Christmas, to the working day after the Sunday", 0, []law.Season{christmas}, "2026-11-20", "2026-11-23", false, "2027-02-01"},
		{"Christmas, first day", 0, []law.Season{christmas}, "2026-11-15", "2026-11-23", false, "2027-02-01"},
		{"Christmas, last day", 0, []law.Season{christmas}, "2026-12-24", "2026-12-28", false, "2027-02-01"},
		{"the day before", 0, []law.Season{christmas}, "2026-11-14", "2026-11-23", false, "2026-12-07"},
		{"the day after", 0, []law.Season{christmas}, "2026-12-25", "2026-12-28", false, "2027-01-11"},
		{"bought on a day that isn't known", 0, []law.Season{christmas}, "", "2026-11-23", false, "2026-12-07"},
		{"received so late that the law gives more", 0, []law.Season{christmas}, "2026-12-01", "2027-01-25", false, "2027-02-08"},
		{"the longer of both", 100, []law.Season{christmas}, "2026-11-20", "2026-11-23", false, "2027-03-03"},
	} {
		settings := law.Default()
		settings.Period.Seasons = tt.seasons
		if tt.own > 0 {
			settings.Period.Days = law.Always(tt.own)
		}
		w := settings.Withdrawal(law.WithdrawalFacts{Concluded: day(t, tt.concluded), Received: days(t, tt.received), Uninformed: tt.uninformed})
		sameDay(t, tt.name, w.LastDay, tt.want)
	}
}

// A shop that changed its period keeps what it said to who bought before.
func TestTheShopsPeriodIsThatOfTheContract(t *testing.T) {
	t.Parallel()
	settings := law.Default()
	settings.Period.Days = law.Dated[int]{{From: day(t, "2026-12-01"), Value: 60}, {Value: 30}}
	for concluded, want := range map[string]string{"2026-11-30": "2027-01-06", "2026-12-01": "2027-02-05", "": "2027-02-05"} {
		w := settings.Withdrawal(law.WithdrawalFacts{Concluded: day(t, concluded), Received: days(t, "2026-12-07")})
		sameDay(t, "contract of "+concluded, w.LastDay, want)
	}
}

func TestWhoMayWithdraw(t *testing.T) {
	t.Parallel()
	small := law.SmallTrader{Employees: 5, OffPremises: true}
	for _, tt := range []struct {
		name  string
		buyer law.Buyer
		small *law.SmallTrader
		want  bool
	}{
		{"a consumer", law.Consumer, nil, true},
		{"nobody knows", law.Unknown, nil, true},
		{"a professional", law.Professional, nil, false},
		{"a small trader off premises", law.Professional, &small, true},
		{"six employees", law.Professional, &law.SmallTrader{Employees: 6, OffPremises: true}, false},
		{"at a distance", law.Professional, &law.SmallTrader{Employees: 1}, false},
		{"the main activity", law.Professional, &law.SmallTrader{Employees: 1, OffPremises: true, MainActivity: true}, false},
		{"a consumer stays one", law.Consumer, &law.SmallTrader{Employees: 50}, true},
	} {
		w := law.Default().Withdrawal(law.WithdrawalFacts{Buyer: tt.buyer, SmallTrader: tt.small, Received: days(t, "2026-11-23")})
		if w.Right != tt.want || w.LastDay.IsZero() == tt.want {
			t.Errorf("%s: right %v, last day %s", tt.name, w.Right, w.LastDay)
		}
	}
}

func TestOtherCountriesAndSettings(t *testing.T) {
	t.Parallel()
	madeira, err := calendar.LoadLocation("Atlantic/Madeira")
	if err != nil {
		t.Fatal(err)
	}
	parisOnly, noLocal, extra := law.Default(), law.Default(), law.Default()
	parisOnly.Period.LocalMidnight = false
	noLocal.LocalHolidays = false
	extra.ExtraHolidays = map[calendar.Zone][]calendar.Date{calendar.SaintMartin: days(t, "2027-05-28")}
	for _, tt := range []struct {
		name     string
		settings law.Settings
		place    law.Place
		received string
		last     string
		expires  string
	}{
		{"Belgium: France's holidays", law.Default(), law.Place{Country: "BE"}, "2027-06-30", "2027-07-15", "2027-07-15T22:00:00Z"},
		{"Portugal with its clock", law.Default(), law.Place{Country: "PT", Location: madeira}, "2026-11-23", "2026-12-07", "2026-12-08T00:00:00Z"},
		{"a zone means nothing abroad", law.Default(), law.Place{Country: "DE", Zone: calendar.BasRhin}, "2027-03-12", "2027-03-26", "2027-03-26T23:00:00Z"},
		{"FR is France", law.Default(), law.Place{Country: "FR", Zone: calendar.BasRhin}, "2027-03-12", "2027-03-30", "2027-03-30T22:00:00Z"},
		{"Paris midnight alone, by setting", parisOnly, in(calendar.Guadeloupe), "2026-11-23", "2026-12-07", "2026-12-07T23:00:00Z"},
		{"national holidays alone, by setting", noLocal, in(calendar.BasRhin), "2027-03-12", "2027-03-26", "2027-03-26T23:00:00Z"},
		{"national ones still count then", noLocal, in(calendar.BasRhin), "2027-03-15", "2027-03-30", "2027-03-30T22:00:00Z"},
		{"Saint-Martin, 27 May", law.Default(), in(calendar.SaintMartin), "2027-05-13", "2027-05-28", "2027-05-29T04:00:00Z"},
		{"Saint-Martin with 28 May too", extra, in(calendar.SaintMartin), "2027-05-13", "2027-05-31", "2027-06-01T04:00:00Z"},
		{"which is nobody else's", extra, in(calendar.France), "2027-05-14", "2027-05-28", "2027-05-28T22:00:00Z"},
	} {
		w := tt.settings.Withdrawal(law.WithdrawalFacts{Received: days(t, tt.received), Place: tt.place})
		sameDay(t, tt.name, w.LastDay, tt.last)
		if got := w.Expires.Format(time.RFC3339); got != tt.expires {
			t.Errorf("%s: expires %s, want %s", tt.name, got, tt.expires)
		}
	}
}
