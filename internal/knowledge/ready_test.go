package knowledge_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
)

// customers are the people whom each ready answer must be fit to be sent to.
var customers = map[string]render.Customer{
	"says her civility": {Name: "Mme Camille Renaud", Email: "camille@example.org", Phone: "06 12 34 56 78"},
	"civility unknown":  {Name: "Inès Belkacem", Email: "ines@example.org", Phone: "06 12 34 56 78"},
	"no name":           {Email: "bonjour@example.org", Phone: "06 12 34 56 78"},
	"a company":         {Name: "Atelier Brun SARL", Email: "contact@brun.example", Phone: "03 88 00 00 00"},
	"English":           {Name: "Mr Paul Delmas", Email: "paul@example.org", Phone: "+44 20 7946 0000"},
	"an emoji name":     {Name: "✨ Léa 💍", Email: "lea@example.org", Phone: "06 12 34 56 78"},
	"only emoji":        {Name: "🦊", Email: "renard@example.org", Phone: "06 12 34 56 78"},
	"a very long name":  {Name: strings.Repeat("Marie-Charlotte de la Tour ", 7), Email: "mc@example.org", Phone: "06 12 34 56 78"},
	"a hostile name":    {Name: `{{order.number}} [nom] <script>alert(1)</script>`, Email: "x@example.org", Phone: "06 12 34 56 78"},
	"a program's name":  {Name: "null undefined", Email: "null@example.org", Phone: "06 12 34 56 78"},
}

func day(month time.Month, d int) render.Value {
	return render.Day(calendar.Date{Year: 2026, Month: month, Day: d})
}

// more is what the other parts of the desk know of a sample order.
var more = map[string]render.Value{
	"order.number": render.Words("20418"), "order.date": day(11, 12), "order.total": render.Money(8990, "EUR"),
	"order.delivery_date": day(11, 18), "order.shipped_on": day(11, 13), "order.ships_on": day(11, 24), "order.delivered_on": day(11, 17),
	"order.carrier": render.Words("Colissimo"), "order.tracking_number": render.Words("6A12345678901"),
	"order.tracking_url": render.Words("https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678901"),
	"order.address":      render.Words("Camille Renaud\n3 rue du Puits\n67000 Strasbourg"),
	"refund.amount":      render.Money(124990, ""), "refund.date": day(11, 20), "refund.means": render.Words("Visa"),
	"product.name": render.Words("Bague Aurore"), "product.size": render.Words("54"), "product.material": render.Words("or 750 millièmes"),
	"product.available_on": day(12, 3), "product.url": render.Words("https://maison-lila.fr/bague-aurore"),
	"voucher.code": render.Words("LILA10"), "voucher.amount": render.Money(1000, ""), "voucher.until": day(12, 31),
	"call.time": render.Words("15:30"), "claim.wish": render.Words("un échange"), "claim.cause": render.Words("Le colis est parti deux fois."),
	"claim.remedy": render.Words("Un seul vous sera débité."), "claim.written_on": day(10, 1),
	"shop.mediator":     render.Words("Médiation Exemple\n1 place du Marché, 67000 Strasbourg\nhttps://mediation.example"),
	"shop.return_costs": render.Words("ils sont à notre charge."), "shop.gift_wrapping": render.Words("4,00 € par article."),
	"shop.instalments": render.Words("en 3 fois à partir de 100 €."),
}

func factsFor(t *testing.T, language string, c render.Customer) render.Facts {
	t.Helper()
	hours, err := calendar.ParseHours([]byte(`{"timezone":"Europe/Paris","holidays":"FR-67",
		"week":{"mon":[["14:00","18:30"]],"tue":[["09:30","12:30"],["14:00","18:30"]],"wed":[["09:30","12:30"],["14:00","18:30"]],
			"thu":[["09:30","12:30"],["14:00","18:30"]],"fri":[["09:30","12:30"],["14:00","18:30"]]},
		"closed":[{"first":"2026-12-14","last":"2026-12-15","text":"Fermé pour inventaire lundi 14 et mardi 15 décembre."}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return render.Facts{
		Now: monday, Received: monday.AddDate(0, 0, -1), Lang: language, Customer: c, Hours: hours, More: more,
		Shop: render.Shop{
			Name: "Maison Lila", URL: "https://maison-lila.fr", Phone: "03 88 00 00 00", Email: "bonjour@maison-lila.fr",
			Address: "12 rue des Tanneurs\n67000 Strasbourg", Language: "fr",
		},
		Author: render.Author{Name: "Véronica Morel", Role: "Fondatrice"},
	}
}

func ready(t *testing.T, language string) []knowledge.ReadyAnswer {
	t.Helper()
	list, err := knowledge.Ready(language)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 40 {
		t.Fatalf("only %d ready answers in %q", len(list), language)
	}
	return list
}

// P09: with the facts there nothing is left to fill in, whoever the customer is,
// and the guard has nothing to say.
func TestEachReadyAnswerIsFilledForEachCustomer(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"fr", "en"} {
		for _, a := range ready(t, language) {
			for who, c := range customers {
				out := render.HTML(a.HTML, factsFor(t, language, c))
				if len(out.Holes) > 0 {
					t.Errorf("%s/%s for %s: holes %q", language, a.Key, who, out.Holes)
				}
				if out.HTML != sanitise.Fragment(out.HTML) {
					t.Errorf("%s/%s for %s: what was filled in is no text of the composer:\n%s", language, a.Key, who, out.HTML)
				}
				text := compose.TextFromHTML(out.HTML)
				for _, f := range guard.Check(guard.Draft{
					Text: text, Lang: language, Kind: guard.KindAnswer, Channel: "mail", Attachments: []string{"document.pdf"},
				}, guard.Facts{
					Now: monday, Author: guard.Person{Name: "Véronica"}, Signature: "Véronica, Maison Lila", Shop: guard.Shop{Name: "Maison Lila"},
				}) {
					t.Errorf("%s/%s for %s: the guard finds %s %q", language, a.Key, who, f.Rule, f.Words)
				}
			}
		}
	}
}

// Without an order nobody invents one: the variable stays where person and
// guard see it.
func TestAReadyAnswerWithoutItsOrderIsHeld(t *testing.T) {
	t.Parallel()
	for _, a := range ready(t, "fr") {
		if a.Key != "parcel_lost" {
			continue
		}
		f := factsFor(t, "fr", customers["civility unknown"])
		f.More = nil
		out := render.HTML(a.HTML, f)
		if !slices.Equal(out.Holes, []string{"{{order.number}}"}) {
			t.Errorf("holes %q", out.Holes)
		}
		found := guard.Check(guard.Draft{Text: compose.TextFromHTML(out.HTML), Lang: "fr"}, guard.Facts{Signature: "Véronica"})
		if len(found) != 1 || found[0].Rule != "hole" || found[0].Words != "{{order.number}}" {
			t.Errorf("findings %+v", found)
		}
	}
}

// inventedConditions are what the law doesn't know (I6), and vague are delays
// that are none (P05). Folded.
var (
	inventedConditions = regexp.MustCompile(`parfait etat|etat d.origine|etat neuf|emballage d.origine|boite d.origine|\bmotif|photo|etiquette intacte|jamais porte` +
		`|perfect condition|original (?:packaging|condition|box)|as new|unworn|\bpicture|reason for (?:the|your) return|return (?:authori[sz]ation|number)|avoir\b.{0,12}\bboutique`)
	vague = regexp.MustCompile(`meilleurs delais|rapidement|des que possible|prochainement|sous peu|au plus vite|quelques (?:jours|heures)|bientot|incessamment` +
		`|as soon as|shortly|\bsoon\b|promptly|quickly|a few (?:days|hours)|in due course`)
)

func TestNoReadyAnswerInventsAConditionOrADelay(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"fr", "en"} {
		for _, a := range ready(t, language) {
			text := lang.Fold(compose.TextFromHTML(a.HTML))
			for _, re := range []*regexp.Regexp{inventedConditions, vague} {
				if found := re.FindString(text); found != "" {
					t.Errorf("%s/%s says %q", language, a.Key, found)
				}
			}
			if !strings.HasPrefix(text, "{{greeting}}") || strings.Contains(text, "{{author") {
				t.Errorf("%s/%s doesn't greet, or signs: the app signs", language, a.Key)
			}
		}
	}
	for said, re := range map[string]*regexp.Regexp{"dans son emballage d’origine": inventedConditions, "dans les meilleurs délais": vague} {
		if !re.MatchString(lang.Fold(said)) {
			t.Errorf("%q isn't seen", said)
		}
	}
}

func TestTheReadyAnswersAreTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	fr, en := ready(t, "fr"), ready(t, "en")
	for i, a := range fr {
		b := en[i]
		if a.Key != b.Key || a.Folder != b.Folder || !slices.Equal(a.Actions, b.Actions) {
			t.Errorf("%s and %s differ", a.Key, b.Key)
		}
		va, vb := render.HTML(a.HTML, render.Facts{}).Holes, render.HTML(b.HTML, render.Facts{}).Holes
		slices.Sort(va)
		slices.Sort(vb)
		if !slices.Equal(va, vb) {
			t.Errorf("%s: the French text uses %q, the English %q", a.Key, va, vb)
		}
		if got := lang.Detect(compose.TextFromHTML(a.HTML)); got != "fr" {
			t.Errorf("%s: the French text reads as %q", a.Key, got)
		}
		if got := lang.Detect(compose.TextFromHTML(b.HTML)); got != "en" {
			t.Errorf("%s: the English text reads as %q", a.Key, got)
		}
	}
	for _, list := range [][]knowledge.ReadyAnswer{fr, en} {
		seen := map[string]string{}
		for _, a := range list {
			if seen[a.Shortcut] != "" || a.Shortcut == "" {
				t.Errorf("%s and %s have the shortcut %q", a.Key, seen[a.Shortcut], a.Shortcut)
			}
			seen[a.Shortcut] = a.Key
		}
	}
}

// A withdrawal told word for word, with the dates of the law.
func TestTheAnswerToAWithdrawal(t *testing.T) {
	t.Parallel()
	list := ready(t, "fr")
	at := slices.IndexFunc(list, func(a knowledge.ReadyAnswer) bool { return a.Key == "withdrawal_received" })
	got := compose.TextFromHTML(render.HTML(list[at].HTML, factsFor(t, "fr", customers["says her civility"])).HTML)
	// Received on Sunday the 22nd: the consumer's fourteenth day is a Sunday and
	// moves on, the shop's own doesn't.
	want := "Bonjour Madame Renaud,\n\n" +
		"Nous avons bien reçu, le 22/11/2026, votre décision de renoncer à votre commande n° 20418. Elle est enregistrée, et vous n’avez aucune raison à donner.\n\n" +
		"- Renvoyez les articles au plus tard le lundi 7 décembre 2026 à : Maison Lila, 12 rue des Tanneurs\n  67000 Strasbourg\n" +
		"- Frais de renvoi : ils sont à notre charge.\n" +
		"- Nous vous remboursons tout ce que vous avez payé, livraison standard comprise, par le même moyen de paiement, au plus tard le dimanche 6 décembre 2026. " +
		"Nous pouvons attendre d’avoir les articles ou la preuve de leur envoi : s’ils nous parviennent après cette date, nous remboursons le jour même."
	if got = strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(got); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
