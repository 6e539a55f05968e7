package pledge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/phrase"
	"github.com/comptoir-desk/comptoir/internal/pledge"
)

// told is a promise as "kind due amount words", the due time on a clock in
// Paris; a day alone has no time, "~" is conditional.
func told(p pledge.Found, text string, zone *time.Location) string {
	due := "-"
	switch {
	case p.Exact:
		due = p.Due.In(zone).Format("2006-01-02T15:04")
	case !p.Due.IsZero():
		due = p.Due.In(zone).Format(time.DateOnly)
	case p.Conditional:
		due = "~"
	}
	amount := "-"
	if p.Amount.Value != "" {
		amount = p.Amount.Value + p.Amount.Currency
	}
	return strings.Join([]string{string(p.Kind), due, amount, text[p.At.Start:p.At.End]}, " ")
}

func mondayMorning(t *testing.T) pledge.Clock {
	t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return pledge.Clock{Now: time.Date(2026, time.November, 23, 9, 30, 0, 0, paris), Zone: paris}
}

func read(text string, c pledge.Clock) []pledge.Found {
	return pledge.Text{Tokens: phrase.Tokens(text), Clock: c, Quoted: func(phrase.Span) bool { return false }}.Promises()
}

// It is Monday, 23 November 2026, half past nine in Paris.
func TestPromises(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"Je vous rappelle demain à 10 h.", "call_back 2026-11-24T10:00 - Je vous rappelle demain à 10 h"},
		{"Nous vous remboursons 49,90 € sous 5 jours ouvrés.", "refund 2026-11-30 49.90EUR Nous vous remboursons 49,90 € sous 5 jours ouvrés"},
		{"Votre colis repart lundi.", "send 2026-11-30 - Votre colis repart lundi"},
		{"I'll get back to you by Friday.", "answer 2026-11-27 - I'll get back to you by Friday"},
		{"Dès réception de votre colis, nous vous remboursons sous 14 jours.", "refund ~ - nous vous remboursons sous 14 jours"},
		{"Once we receive it, we will refund you within 14 days.", "refund ~ - we will refund you within 14 days"},
		{"Je vous rappelle.", "call_back - - Je vous rappelle"},

		{"Demain matin, je vous envoie l'étiquette.", "send 2026-11-24T12:00 - Demain matin, je vous envoie"},
		{"Je vous appelle vendredi 27 novembre vers 15h30.", "call_back 2026-11-27T15:30 - Je vous appelle vendredi 27 novembre vers 15h30"},
		{"Marc vous rappelle jeudi à 14 h.", "call_back 2026-11-26T14:00 - vous rappelle jeudi à 14 h"},
		{"On vous répond d'ici ce soir.", "answer 2026-11-23 - On vous répond d'ici ce soir"},
		{"Vous recevrez votre bague mercredi entre 9 h et 12 h.", "send 2026-11-25T12:00 - Vous recevrez votre bague mercredi entre 9 h et 12 h"},
		{"Nous procédons au remboursement de 1 250,00 € aujourd'hui.", "refund 2026-11-23 1250.00EUR Nous procédons au remboursement de 1 250,00 € aujourd'hui"},
		{"Votre commande sera expédiée sous 2 à 3 jours ouvrés.", "send 2026-11-26 - Votre commande sera expédiée sous 2 à 3 jours ouvrés"},
		{"Elle sera livrée le 1er décembre.", "send 2026-12-01 - Elle sera livrée le 1er décembre"},
		{"Je m'en occupe demain.", "other 2026-11-24 - Je m'en occupe demain"},
		{"Je vous rappelle à 8 h.", "call_back 2026-11-24T08:00 - Je vous rappelle à 8 h"},
		{"Je vous rappelle dans dix minutes.", "call_back 2026-11-23T09:40 - Je vous rappelle dans dix minutes"},
		{"Une réponse vous parviendra sous 48 h.", "answer 2026-11-25T09:30 - Une réponse vous parviendra sous 48 h"},
		{"Nous vous remboursons sous quinzaine.", "refund 2026-12-08 - Nous vous remboursons sous quinzaine"},
		{"Nous vous remboursons sous 6 jours ouvrables.", "refund 2026-11-30 - Nous vous remboursons sous 6 jours ouvrables"},
		{"Vous aurez des nouvelles d'ici la fin de la semaine.", "answer 2026-11-27 - Vous aurez des nouvelles d'ici la fin de la semaine"},
		{"Je vous enverrai la facture le 5 janvier.", "send 2027-01-05 - Je vous enverrai la facture le 5 janvier"},
		{"Je vous enverrai la facture le 27.", "send 2026-11-27 - Je vous enverrai la facture le 27"},
		{"We'll call you back tomorrow at 10.", "call_back 2026-11-24T10:00 - We'll call you back tomorrow at 10"},
		{"We will call you at 3 pm.", "call_back 2026-11-23T15:00 - We will call you at 3 pm"},
		{"Your parcel will be delivered on Wednesday 25 November between 9 am and 1 pm.", "send 2026-11-25T13:00 - Your parcel will be delivered on Wednesday 25 November between 9 am and 1 pm"},
		{"We will refund €49.90 within 5 business days.", "refund 2026-11-30 49.90EUR We will refund €49.90 within 5 business days"},
		{"Your refund of $1,250.00 will be issued by 30/11/2026.", "refund 2026-11-30 1250.00USD Your refund of $1,250.00 will be issued by 30/11/2026"},
		{"We'll ship it next Monday.", "send 2026-11-30 - We'll ship it next Monday"},
		{"I will let you know on December 3rd.", "answer 2026-12-03 - I will let you know on December 3rd"},
		{"You'll hear from us within two weeks.", "answer 2026-12-07 - You'll hear from us within two weeks"},
		{"Je vous rembourse 49,90 € aujourd'hui et vous rappelle demain à 10 h.", "refund 2026-11-23 49.90EUR Je vous rembourse 49,90 € aujourd'hui; call_back 2026-11-24T10:00 - vous rappelle demain à 10 h"},

		{"Je vous rappelle que la bague est garantie jusqu'au 27/11/2027.", ""},
		{"Je vous rappelle la date : le 27/11.", ""},
		{"Je vous rappelle la semaine prochaine.", "call_back 2026-12-04 - Je vous rappelle la semaine prochaine"},
		{"Souhaitez-vous que je vous rappelle demain à 10 h ?", ""},
		{"Je ne vous rappelle pas demain.", ""},
		{"Nous avons remboursé 49,90 € le 20/11/2026.", ""},
		{"Nous vous remboursons votre commande du 27/11/2026.", "refund - - Nous vous remboursons"},
		{"La bague coûte 49,90 € et nous ouvrons demain.", ""},
		{"Le collier est parti lundi.", ""},
		{"Merci, et à demain !", ""},
	}
	f := mondayMorning(t)
	for _, tt := range tests {
		var got []string
		for _, p := range read(tt.text, f) {
			got = append(got, told(p, tt.text, f.Zone))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.text, diff)
		}
	}
}

// The shop's own open days count where they are known.
func TestOpenDaysOfTheShop(t *testing.T) {
	t.Parallel()
	f := mondayMorning(t)
	hours, err := calendar.ParseHours([]byte(`{"timezone":"Europe/Paris","holidays":"FR","week":{"tue":[["09:00","18:00"]],"sat":[["09:00","12:00"]]},"closed":["2026-11-28"]}`))
	if err != nil {
		t.Fatal(err)
	}
	f.Hours = hours
	const text = "Je vous réponds sous deux jours ouvrés."
	got := read(text, f)
	if len(got) != 1 || told(got[0], text, f.Zone) != "answer 2026-12-01 - Je vous réponds sous deux jours ouvrés" {
		t.Errorf("%+v", got)
	}
}

// Clocks change on 25 October 2026: ten o'clock is ten o'clock.
func TestPromisesAcrossAChangeOfClocks(t *testing.T) {
	t.Parallel()
	f := mondayMorning(t)
	f.Now = time.Date(2026, time.October, 24, 12, 0, 0, 0, f.Zone)
	got := read("Je vous rappelle demain à 10 h.", f)
	if len(got) != 1 || got[0].Due.UTC().Format(time.RFC3339) != "2026-10-25T09:00:00Z" {
		t.Errorf("%+v", got)
	}
}

func TestPromisesWithoutAClockHaveNoDate(t *testing.T) {
	t.Parallel()
	got := read("Je vous rappelle demain à 10 h.", pledge.Clock{})
	if len(got) != 1 || !got[0].Due.IsZero() {
		t.Errorf("%+v", got)
	}
	if tokens := phrase.Tokens("demain à 10 h"); !(pledge.Clock{}).Dated(tokens) {
		t.Error("a date stands there all the same")
	}
}

func FuzzPromises(f *testing.F) {
	f.Add("Je vous rappelle demain à 10 h et vous rembourse 1 250,00 € sous 3 à 5 jours ouvrés.", int64(1795422600))
	f.Add("I'll ship it by 31/12 or on Friday, November 27th at noon, $1,250.00 within 999 weeks", int64(0))
	f.Add("nous vous livrons le 29 février 2027 entre 9 h et 25 h, le 31/04, 2026-11-31 24h61", int64(-62135596800))
	f.Fuzz(func(t *testing.T, text string, now int64) {
		c := pledge.Clock{Now: time.Unix(now%4_000_000_000, 0)}
		for _, p := range read(text, c) {
			if p.At.Start < 0 || p.At.End < p.At.Start || p.At.End > len(text) {
				t.Fatalf("%+v is outside the text", p)
			}
			if !p.Due.IsZero() && p.Due.Before(c.Now.Truncate(24*time.Hour)) {
				t.Fatalf("%+v was due before it was promised at %v", p, c.Now)
			}
		}
	})
}
