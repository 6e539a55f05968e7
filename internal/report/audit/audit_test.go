package audit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/report/audit"
)

const own = "bonjour@maison-lila.example"

// monday is Monday 23 November 2026, 10:00 in Paris.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// box is a mailbox that is told mail by mail.
type box struct {
	t       *testing.T
	reading audit.Reading
}

func open(t *testing.T) *box {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return &box{t, audit.Reading{Own: []string{own}, Zone: zone, Now: monday, Days: 30}}
}

// in is a mail that arrived so long ago.
func (b *box) in(ago time.Duration, from, subject, id string, more ...string) *box {
	b.reading.Take(audit.Header{ArrivedAt: monday.Add(-ago), Bytes: header(from, own, subject, id, more...)})
	return b
}

// out is a mail of ours that left so long ago.
func (b *box) out(ago time.Duration, to, subject, id string, more ...string) *box {
	b.reading.Take(audit.Header{Sent: true, ArrivedAt: monday.Add(-ago), Bytes: header(own, to, subject, id, more...)})
	return b
}

func header(from, to, subject, id string, more ...string) []byte {
	lines := append([]string{"From: " + from, "To: " + to, "Subject: " + subject, "Message-ID: <" + id + ">", "Date: Mon, 23 Nov 2026 10:00:00 +0100"}, more...)
	return []byte(strings.Join(lines, "\r\n") + "\r\n\r\n")
}

const day = 24 * time.Hour

func TestAMonthOfMail(t *testing.T) {
	t.Parallel()
	b := open(t).
		in(20*day, "Camille <camille@example.org>", "Ma bague", "c1").
		out(20*day-2*time.Hour, "camille@example.org", "Re: Ma bague", "s1", "In-Reply-To: <c1>").
		in(19*day, "camille@example.org", "Re: Ma bague", "c2", "In-Reply-To: <s1>", "References: <c1> <s1>"). // thanks, perhaps
		in(15*day, "paul@example.org", "Colis jamais arrivé", "p1").
		in(14*day, "paul@example.org", "RE: RE : Colis jamais arrivé", "p2", "In-Reply-To: <p1>").
		out(13*day, "paul@example.org", "Rép : colis jamais arrive", "s2"). // a new mail by hand: same person, same matter
		in(10*day, "ines@example.org", "Taille de la chaîne", "i1").
		out(9*day, "ines@example.org", "Nos nouveautés", "s3"). // another matter
		in(day, "lea@example.org", "Ouvert lundi ?", "l1").
		in(9*day, "Mode <news@example.net>", "Soldes", "n1", "List-Unsubscribe: <https://example.net/u>").
		in(8*day, "MAILER-DAEMON@example.net", "Undelivered Mail Returned to Sender", "b1", "Auto-Submitted: auto-replied", "Return-Path: <>").
		in(8*day, "no-reply@transport.example", "Votre colis est en route", "r1").
		out(8*day, "camille@example.org", "Absence", "s4", "Auto-Submitted: auto-replied")
	got, oldest := b.reading.Findings()
	if got.Headers != 13 || got.Customers != 6 || got.Answered != 3 || got.Never != 2 || got.NeverReplies != 1 || got.Recent != 1 || got.LeftOut != 4 {
		t.Errorf("%+v", got)
	}
	if got.Median == nil || *got.Median != int64(day.Seconds()) || *got.P90 != int64((2*day).Seconds()) {
		t.Errorf("median %v, 90th percentile %v", *got.Median, *got.P90)
	}
	if got.Within24 == nil || *got.Within24 != 0.4 { // two of five
		t.Errorf("within a day: %v", *got.Within24)
	}
	if len(oldest) != 1 || oldest[0].Subject != "Taille de la chaîne" || !oldest[0].At.Equal(monday.Add(-10*day)) {
		t.Errorf("%+v", oldest)
	}
}

func TestAnAnswerBeforeTheMailIsNone(t *testing.T) {
	t.Parallel()
	got, _ := open(t).
		out(5*day, "camille@example.org", "Ma bague", "s1").
		in(4*day, "camille@example.org", "Ma bague", "c1").
		in(6*day, "paul@example.org", "", "p1").
		out(5*day, "paul@example.org", "", "s2"). // "no subject" is no matter
		reading.Findings()
	if got.Answered != 0 || got.Never != 2 || got.Median != nil {
		t.Errorf("%+v", got)
	}
}

func TestAnEmptyMailbox(t *testing.T) {
	t.Parallel()
	got, oldest := open(t).reading.Findings()
	if got.Customers != 0 || got.Median != nil || got.Within24 != nil || got.Slowest != nil || len(oldest) != 0 {
		t.Errorf("%+v %+v", got, oldest)
	}
}

// Mails of Sunday evening wait longest; an hour with two answers says nothing.
func TestTheSlowestHourOfTheWeek(t *testing.T) {
	t.Parallel()
	b := open(t)
	for n := range 30 {
		b.in(time.Duration(3+n)*day, "c@example.org", fmt.Sprint("Question ", n), fmt.Sprint("q", n))
	}
	for n := range 30 {
		left := time.Duration(3+n)*day - time.Hour
		if monday.Add(-time.Duration(3+n)*day).Weekday() == time.Sunday {
			left -= 20 * time.Hour
		}
		b.out(left, "c@example.org", "Re: "+fmt.Sprint("Question ", n), fmt.Sprint("a", n), fmt.Sprintf("In-Reply-To: <q%d>", n))
	}
	got, _ := b.reading.Findings()
	if got.Slowest == nil || got.Slowest.Weekday != 0 || got.Slowest.Hour != 10 || got.Slowest.Median != int64((21*time.Hour).Seconds()) || got.Slowest.Sample < 3 {
		t.Errorf("%+v", got.Slowest)
	}
}

// The oldest are twenty at most, oldest first; hostile headers end nothing.
func TestTheOldestAndTheNastiest(t *testing.T) {
	t.Parallel()
	b := open(t)
	for n := range 40 {
		b.in(time.Duration(3+n)*day, "c@example.org", fmt.Sprint("Question ", n), fmt.Sprint("q", n))
	}
	for _, odd := range []string{"", "\x00\xff", "From: a@b\r\n", strings.Repeat("Re: ", 5000), "Subject: " + strings.Repeat("re: ", 5000) + "\r\n\r\n", ": :\r\n\r\n"} {
		b.reading.Take(audit.Header{ArrivedAt: monday, Bytes: []byte(odd)})
	}
	got, oldest := b.reading.Findings()
	if got.Never != 40 || len(oldest) != audit.Most || oldest[0].Subject != "Question 39" || got.Headers != 46 {
		t.Errorf("%+v, %d named, first %+v", got, len(oldest), oldest[0])
	}
}

// Nothing that a mailbox holds ends the process.
func FuzzTake(f *testing.F) {
	f.Add([]byte("From: a@example.org\r\nSubject: Re: RE : Rép : x\r\nReferences: <a> <b>\r\n\r\n"))
	f.Add([]byte("Subject: =?utf-8?q?=C3=89?= Re[2]: x\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := audit.Reading{Own: []string{own}, Zone: time.UTC, Now: monday}
		r.Take(audit.Header{ArrivedAt: monday.Add(-5 * day), Bytes: raw})
		r.Take(audit.Header{Sent: true, ArrivedAt: monday.Add(-4 * day), Bytes: raw})
		if got, _ := r.Findings(); got.Headers != 2 || got.Answered > got.Customers {
			t.Errorf("%+v", got)
		}
	})
}
