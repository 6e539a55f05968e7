package law_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/law"
	"github.com/comptoir-desk/comptoir/internal/money"
)

func stories(t *testing.T) []toldStory {
	t.Helper()
	var list []toldStory
	tell := func(name string, g law.Grounds) { list = append(list, toldStory{name, g}) }
	tellWithdrawals(t, tell)
	tellRefunds(t, tell)
	tellSums(tell)
	tellDeliveries(t, tell)
	tellGuarantees(t, tell)
	tellCalls(t, tell)
	tellMails(t, tell)
	tellData(t, tell)
	return list
}

type teller func(name string, g law.Grounds)

func tellWithdrawals(t *testing.T, tell teller) {
	t.Helper()
	s := law.Default()
	one := days(t, "2026-11-23")
	for _, w := range []struct {
		name  string
		facts law.WithdrawalFacts
	}{
		{"one parcel", law.WithdrawalFacts{Received: one, Buyer: law.Consumer}},
		{"buyer unknown", law.WithdrawalFacts{Received: one}},
		{"professional", law.WithdrawalFacts{Received: one, Buyer: law.Professional}},
		{"small trader", law.WithdrawalFacts{Received: one, Buyer: law.Professional, SmallTrader: &law.SmallTrader{OffPremises: true}}},
		{"small trader at a distance", law.WithdrawalFacts{Received: one, Buyer: law.Professional, SmallTrader: &law.SmallTrader{}}},
		{"two parcels, to a holiday", law.WithdrawalFacts{Received: days(t, "2026-11-23", "2026-12-11"), Buyer: law.Consumer}},
		{"parcel awaited", law.WithdrawalFacts{Received: one, MoreToCome: true, Buyer: law.Consumer}},
		{"subscription", law.WithdrawalFacts{Kind: law.Subscription, Received: one, Buyer: law.Consumer}},
		{"service", law.WithdrawalFacts{Kind: law.Service, Concluded: one[0], Buyer: law.Consumer}},
		{"service, no date", law.WithdrawalFacts{Kind: law.Service, Buyer: law.Consumer}},
		{"nothing received", law.WithdrawalFacts{Concluded: one[0], Buyer: law.Consumer}},
		{"old contract", law.WithdrawalFacts{Concluded: day(t, "2026-06-18"), Buyer: law.Consumer}},
		{"Saturday", law.WithdrawalFacts{Received: days(t, "2026-11-21"), Buyer: law.Consumer}},
		{"Sunday", law.WithdrawalFacts{Received: days(t, "2026-11-22"), Buyer: law.Consumer}},
		{"a holiday that is a Sunday", law.WithdrawalFacts{Received: days(t, "2026-10-18"), Buyer: law.Consumer}},
		{"Guadeloupe", law.WithdrawalFacts{Received: one, Buyer: law.Consumer, Place: in(calendar.Guadeloupe)}},
		{"La Réunion", law.WithdrawalFacts{Received: one, Buyer: law.Consumer, Place: in(calendar.Reunion)}},
		{"Good Friday in Alsace", law.WithdrawalFacts{Received: days(t, "2027-03-12"), Buyer: law.Consumer, Place: in(calendar.BasRhin)}},
		{"Belgium", law.WithdrawalFacts{Received: days(t, "2026-11-22"), Buyer: law.Consumer, Place: law.Place{Country: "BE"}}},
		{"never informed", law.WithdrawalFacts{Received: one, Buyer: law.Consumer, Uninformed: true}},
		{"informed late", law.WithdrawalFacts{Received: one, Buyer: law.Consumer, Uninformed: true, InformedOn: day(t, "2027-02-10")}},
		{"informed after the prolongation", law.WithdrawalFacts{Received: one, Buyer: law.Consumer, Uninformed: true, InformedOn: day(t, "2027-12-08")}},
		{"informed on receipt", law.WithdrawalFacts{Received: one, Buyer: law.Consumer, Uninformed: true, InformedOn: one[0]}},
	} {
		tell("withdrawal: "+w.name, s.Withdrawal(w.facts).Grounds)
	}
	s.ExtraHolidays = map[calendar.Zone][]calendar.Date{calendar.France: days(t, "2026-12-07")}
	tell("withdrawal: a day not worked", s.Withdrawal(law.WithdrawalFacts{Received: one, Buyer: law.Consumer}).Grounds)
	for _, own := range []int{7, 14, 30} {
		s := law.Default()
		s.Period.Days = law.Always(own)
		tell(fmt.Sprintf("withdrawal: the shop's %d days", own), s.Withdrawal(law.WithdrawalFacts{Received: one, Buyer: law.Consumer}).Grounds)
	}
	s = law.Default()
	s.Period.Seasons = []law.Season{{
		Name:  law.Text{FR: "Achats de Noël", EN: "Christmas purchases"},
		First: day(t, "2026-11-15"), Last: day(t, "2026-12-24"), Until: day(t, "2027-01-31"),
	}}
	tell("withdrawal: Christmas", s.Withdrawal(law.WithdrawalFacts{Concluded: one[0], Received: one, Buyer: law.Consumer}).Grounds)
	for _, concluded := range []string{"", "2026-06-18", "2026-06-19"} {
		_, g := law.FunctionDue(day(t, concluded))
		if concluded == "2026-06-18" { // nothing to cite for what isn't owed
			g.Articles = []string{"-"}
		}
		tell("function: contract of "+concluded, g)
	}
	for _, c := range []law.LineClaim{
		{Case: law.MadeToMeasure, Paid: true, Shown: law.MadeToMeasure.Proofs()},
		{Case: law.HygieneUnsealed, Paid: true, Shown: []law.Proof{law.UnsealedByConsumer}},
		{Case: law.DigitalContent, Shown: law.DigitalContent.Proofs()},
		{Case: 99, Paid: true},
	} {
		tell(fmt.Sprintf("exception %d", c.Case), law.Exclusion(c).Grounds)
	}
}

func tellRefunds(t *testing.T, tell teller) {
	t.Helper()
	for _, r := range []struct {
		name                 string
		recovered, refunded  string
		service, collects    bool
		sum, price           int64
		rate                 *law.Percent
		informed, dispatched string
	}{
		{name: "service", service: true},
		{name: "collected", collects: true},
		{name: "recovered", recovered: "2026-11-30"},
		{name: "proof late", dispatched: "2026-12-10"},
		{name: "on the very day", recovered: "2026-12-08"},
		{name: "Sunday", informed: "2026-11-29", dispatched: "2026-11-30"},
		{name: "suspended"},
		{name: "suspended and refunded", refunded: "2026-12-20"},
		{name: "in time", service: true, refunded: "2026-12-08"},
		{name: "a day late", service: true, refunded: "2026-12-09", sum: 100_00, rate: rate(667)},
		{name: "ten days late", service: true, refunded: "2026-12-18", sum: 100_00, rate: rate(667)},
		{name: "ten days late, no rate", service: true, refunded: "2026-12-18", sum: 100_00},
		{name: "ten days late, no sum", service: true, refunded: "2026-12-18", rate: rate(667)},
		{name: "eleven days late", service: true, refunded: "2026-12-19", sum: 100_00},
		{name: "ninety days late", service: true, refunded: "2027-03-08", sum: 100_00},
		{name: "152 days late", service: true, refunded: "2027-05-09", sum: 100_00},
		{name: "152 days late, with a price", service: true, refunded: "2027-05-09", sum: 100_00, price: 100_00},
		{name: "two years late", service: true, refunded: "2028-12-08", sum: 104_90, price: 60_00, rate: rate(250)},
	} {
		facts := law.RefundFacts{
			Informed: day(t, "2026-11-24"), Recovered: day(t, r.recovered), Dispatched: day(t, r.dispatched), Refunded: day(t, r.refunded),
			Service: r.service, Collects: r.collects, Rate: r.rate,
		}
		if r.informed != "" {
			facts.Informed = day(t, r.informed)
		}
		if r.sum > 0 {
			facts.Sum = euros(r.sum)
		}
		if r.price > 0 {
			facts.Price = euros(r.price)
		}
		tell("refund: "+r.name, law.Default().Refund(facts).Grounds)
	}
	tell("refund: Belgium", law.Default().Refund(law.RefundFacts{Informed: day(t, "2026-11-24"), Place: law.Place{Country: "BE"}}).Grounds)
	tell("refund: nothing due, 152 days late", law.Default().Refund(law.RefundFacts{
		Informed: day(t, "2026-11-24"), Service: true, Refunded: day(t, "2027-05-09"), Sum: euros(0), Price: euros(100_00),
	}).Grounds)
	tell("refund: no rate in a first half", law.Default().Refund(law.RefundFacts{
		Informed: day(t, "2027-01-04"), Service: true, Refunded: day(t, "2027-01-20"), Sum: euros(100_00),
	}).Grounds)
}

func tellSums(tell teller) {
	for _, rule := range []law.OutwardFee{law.FeeDifference, law.FeeByValue} {
		s := law.Default()
		s.Money.OutwardFee = rule
		for name, f := range []law.SumFacts{
			{Goods: euros(50_00), Delivery: euros(12_90), Standard: euros(4_90)},
			{Goods: euros(50_00), Delivery: euros(4_90)},
			{Goods: euros(50_00), Delivery: euros(4_91), Standard: euros(4_90)},
			{Goods: euros(30_00), Kept: euros(60_00), Delivery: euros(6_90)},
			{Goods: euros(30_00), Kept: euros(60_00), Delivery: euros(6_90), KeptFee: euros(4_90)},
		} {
			d, err := s.SumDue(f)
			if err != nil {
				panic(err)
			}
			tell(fmt.Sprintf("sum: rule %d, case %d", rule, name), d.Grounds)
		}
	}
	for _, c := range [][2]bool{{true, true}, {false, true}, {false, false}} {
		_, g := law.ReturnCost(c[0], c[1])
		tell(fmt.Sprintf("return cost: %v", c), g)
	}
	for _, agreed := range []bool{true, false} {
		_, g := law.OtherMeans(agreed, true)
		tell(fmt.Sprintf("other means: agreed %v", agreed), g)
	}
	for i := range 6 {
		d := law.Deduction{Informed: i > 0, BeyondHandling: i > 1, Evidence: i > 2}
		if i > 3 {
			d.Amount = euros(5_00)
		}
		if i > 4 {
			d.DecidedBy = "Véronica"
		}
		_, g := law.MayDeduct(d)
		tell(fmt.Sprintf("deduction: step %d", i), g)
	}
	for _, requested := range []bool{true, false} {
		_, g := law.ServiceShare(money.Amount{Minor: 100_00, Currency: "EUR"}, 25_00, requested, true)
		tell(fmt.Sprintf("service share: requested %v", requested), g)
	}
}

func tellDeliveries(t *testing.T, tell teller) {
	t.Helper()
	for _, d := range []struct{ promised, terminated, refunded string }{
		{},
		{promised: "2026-12-24"},
		{terminated: "2026-12-28"},
		{terminated: "2026-12-28", refunded: "2027-01-11"},
		{terminated: "2026-12-28", refunded: "2027-01-12"},
		{terminated: "2026-12-28", refunded: "2027-01-26"},
		{terminated: "2026-12-28", refunded: "2027-02-11"},
	} {
		tell(fmt.Sprintf("delivery: promised %s, ended %s, refunded %s", d.promised, d.terminated, d.refunded), law.Default().Delivery(law.DeliveryFacts{
			Concluded: day(t, "2026-11-22"), Promised: day(t, d.promised), Terminated: day(t, d.terminated), Refunded: day(t, d.refunded), Buyer: law.Consumer,
		}).Grounds)
	}
	tell("delivery: professional", law.Default().Delivery(law.DeliveryFacts{Concluded: day(t, "2026-11-22"), Buyer: law.Professional}).Grounds)
	for _, f := range []law.TerminationFacts{
		{},
		{RefusedOn: day(t, "2026-12-10")},
		{Essential: true},
		{NoticeOn: day(t, "2026-12-23")},
		{NoticeOn: day(t, "2026-12-23"), NoticeUntil: day(t, "2026-12-25")},
		{Essential: true, Received: clock(t, "2026-12-22 12:00")},
		{Essential: true, Received: clock(t, "2026-12-23 12:00")},
		{Essential: true, Received: clock(t, "2026-12-23 12:00"), Delivered: clock(t, "2026-12-23 09:30")},
	} {
		f.DeliverBy = day(t, "2026-12-22")
		tell(fmt.Sprintf("termination: refused %v, essential %v, notice %v, received %v, delivered %v",
			!f.RefusedOn.IsZero(), f.Essential, !f.NoticeOn.IsZero(), !f.Received.IsZero(), !f.Delivered.IsZero()), law.Default().Termination(f).Grounds)
	}
}

func tellGuarantees(t *testing.T, tell teller) {
	t.Helper()
	delivered := day(t, "2026-11-23")
	for _, f := range []law.GuaranteeFacts{
		{},
		{SecondHand: true},
		{Repairs: days(t, "2027-03-01")},
		{Replaced: day(t, "2027-03-01")},
		{Buyer: law.Professional},
	} {
		f.Delivered = delivered
		tell(fmt.Sprintf("guarantee: second-hand %v, repairs %d, replaced %v, buyer %d", f.SecondHand, len(f.Repairs), !f.Replaced.IsZero(), f.Buyer), law.Default().Guarantee(f).Grounds)
	}
	for _, f := range []law.RemedyFacts{
		{},
		{Grave: true},
		{Minor: true},
		{SellersRefusal: true},
		{SellersRefusal: true, InWriting: true},
		{GoodsReturned: day(t, "2026-12-15")},
		{CostsAccepted: day(t, "2026-12-15")},
		{CostsAccepted: day(t, "2026-12-15"), CostsRefunded: day(t, "2026-12-30")},
	} {
		f.Asked = day(t, "2026-12-01")
		tell(fmt.Sprintf("remedy: %+v", f), law.Default().Remedy(f).Grounds)
	}
	for _, sold := range []string{"2006-11-23", "2026-11-23"} {
		_, g := law.Default().HiddenDefect(day(t, sold), day(t, "2025-03-01"))
		tell("hidden defect: sold "+sold, g)
	}
}

func tellCalls(t *testing.T, tell teller) {
	t.Helper()
	given := law.PhoneConsent{Given: day(t, "2026-11-22")}
	often := []time.Time{clock(t, "2026-11-23 10:00"), clock(t, "2026-11-23 11:00"), clock(t, "2026-11-23 12:00"), clock(t, "2026-11-23 15:00")}
	for _, f := range []law.CallFacts{
		{At: clock(t, "2026-11-24 10:00"), Consent: given},
		{At: clock(t, "2026-11-24 09:59"), Consent: given},
		{At: clock(t, "2026-11-28 10:00"), Consent: given},
		{At: clock(t, "2026-12-25 10:00"), Consent: given},
		{At: clock(t, "2026-11-24 17:00"), Consent: given, Place: in(calendar.Reunion)},
		{At: clock(t, "2026-11-24 10:00"), Consent: given, Attempts: often},
		{At: clock(t, "2026-11-28 10:00"), Consent: given, Accepted: true},
		{At: clock(t, "2026-11-24 10:00")},
		{At: clock(t, "2026-11-28 10:00"), Purpose: law.PerformanceCall},
	} {
		tell(fmt.Sprintf("call: %s in %q, purpose %d, consent %v, accepted %v, attempts %d",
			f.At.Format(time.DateTime), f.Place.Zone, f.Purpose, !f.Consent.Given.IsZero(), f.Accepted, len(f.Attempts)), law.Default().Call(f).Grounds)
	}
	_, g := law.RequestedCallUntil(day(t, "2026-12-24"))
	tell("requested call", g)
	tell("consent", law.Default().PhoneConsent(given).Grounds)
	given.Withdrawn = day(t, "2027-01-10")
	tell("consent: withdrawn", law.Default().PhoneConsent(given).Grounds)
	tell("consent: none", law.Default().PhoneConsent(law.PhoneConsent{}).Grounds)
	s := law.Default()
	s.Calls.Declared = map[string]law.NumberClass{"3639": law.SurchargedNumber}
	for _, written := range []string{"01 42 68 53 00", "0805 123 456", "0806 123 456", "0820 123 456", "0836 123 456", "+32 2 555 12 12", "116 006", "118 712", "3014", "3631", "3639"} {
		n, err := s.Number(written)
		if err != nil {
			t.Fatal(err)
		}
		tell("number: "+written, n.Grounds)
	}
}

func tellMails(t *testing.T, tell teller) {
	t.Helper()
	on := day(t, "2026-11-23")
	for i, f := range []law.MailFacts{
		{},
		{Service: true},
		{Service: true, Promotion: true},
		{Consent: on},
		{Professional: true},
		{Objected: on},
		{SoftOptIn: law.SoftOptIn{FromPerson: true, AtSale: true, SimilarGoods: true, SameEntity: true, ChanceAtOnce: true, ChanceInEachMail: true}},
	} {
		f.On = on
		_, g := law.Default().Mail(f)
		tell(fmt.Sprintf("mail: case %d", i), g)
	}
}

func tellData(t *testing.T, tell teller) {
	t.Helper()
	for _, received := range []string{"2026-11-23", "2027-01-31"} {
		for _, extended := range []bool{false, true} {
			tell(fmt.Sprintf("data request of %s, extended %v", received, extended), law.Default().DataRequest(day(t, received), extended).Grounds)
		}
	}
	_, g := law.BreachDue(clock(t, "2026-12-23 17:30"))
	tell("breach", g)
	complaint := day(t, "2026-11-23")
	for i, f := range []law.MediationFacts{
		{},
		{Complaint: complaint},
		{Complaint: complaint, On: day(t, "2027-11-24")},
		{Complaint: complaint, Elsewhere: true},
		{Complaint: complaint, FinalAnswer: complaint},
		{Complaint: complaint, FileComplete: complaint},
	} {
		tell(fmt.Sprintf("mediation: case %d", i), law.Default().Mediation(f).Grounds)
	}
	for _, r := range law.Default().Data.Keep {
		k, _ := law.Default().Keep(r.Kind, complaint)
		tell("keep: "+string(r.Kind), k.Grounds)
	}
}
