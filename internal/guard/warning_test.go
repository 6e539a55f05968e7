package guard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

// fired gives "rule words" of each finding on an answer.
func fired(d guard.Draft, f guard.Facts) []string {
	var list []string
	for _, found := range guard.Check(d, f) {
		list = append(list, strings.TrimSpace(found.Rule+" "+found.Words))
	}
	return list
}

func mondayMorning() guard.Facts {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	f := signed()
	f.Zone = paris
	f.Now = time.Date(2026, time.November, 23, 9, 30, 0, 0, paris)
	return f
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want string // "" for none
	}{
		{"Votre colis partira dans les meilleurs délais.", "vague_delay dans les meilleurs délais"},
		{"Votre colis partira dans les plus brefs délais.", "vague_delay dans les plus brefs délais"},
		{"La bague sera prête sous peu.", "vague_delay sous peu"},
		{"Le remboursement arrive dans quelques jours.", "vague_delay dans quelques jours"},
		{"Your ring will be ready as soon as possible.", "vague_delay as soon as possible"},
		{"The part is due shortly.", "vague_delay shortly"},
		{"La pièce arrive dans un délai raisonnable.", "vague_delay dans un délai raisonnable"},
		{"Il part au plus vite, jeudi 26 novembre au plus tard.", ""},
		{"Merci de nous renvoyer la bague dès que possible.", ""},
		{"Please send it back as soon as possible.", ""},
		{"À très bientôt !", ""},
		{"Vous nous avez répondu rapidement, merci.", ""},
		{"> dans les meilleurs délais\n\nNon.", ""},

		{"Vous n'aviez qu'à lire la page des retours.", "anger Vous n'aviez qu'à"},
		{"Je vous l'ai déjà dit.", "anger Je vous l'ai déjà dit"},
		{"C'est entièrement votre faute.", "anger C'est entièrement votre faute"},
		{"As I already told you, it is sold out.", "anger I already told you"},
		{"Calm down.", "anger Calm down"},
		{"Je ne vais pas me répéter indéfiniment.", "anger me répéter indéfiniment"},
		{"Nous n'acceptons pas ce ton.", "anger Nous n'acceptons pas ce ton"},
		{"Arrêtez de nous écrire.", "anger Arrêtez de nous écrire"},
		{"There is no need to shout.", "anger no need to shout"},
		{"LISEZ NOS CONDITIONS GÉNÉRALES AVANT", "anger LISEZ NOS CONDITIONS GÉNÉRALES AVANT"},
		{"Vous écriviez « c'est ridicule » et je le comprends.", ""},
		{"La BAGUE LUNE est en stock.", ""},
		{"C'est notre faute.", ""},

		{"Je vous rappelle.", "promise_unconfirmed Je vous rappelle"},
		{"Nous vous remboursons 49,90 €.", "promise_unconfirmed Nous vous remboursons 49,90 €"},
		{"I will let you know.", "promise_unconfirmed I will let you know"},
		{"Je vous rappelle que la bague est garantie.", ""},
		{"Je vous rappelle demain.", ""},
		{"Dès réception de votre colis, nous vous remboursons.", ""},
		{"Souhaitez-vous que je vous rappelle ?", ""},
		{"Nous vous avons remboursé.", ""},

		{"Voyez https://www.maison-lila.example/Ancien/ pour la suite.", ""},
		{"Voyez https://Maison-Lila.example/ancien.", "dead_link https://Maison-Lila.example/ancien"},
		{"Votre ticket est clos.", "preferred ticket"},
	}
	for _, tt := range tests {
		f := mondayMorning()
		f.DeadLinks = []string{"http://maison-lila.example/ancien/"}
		f.Preferred = map[string]string{"ticket": "demande"}
		var want []string
		if tt.want != "" {
			want = []string{tt.want}
		}
		if diff := cmp.Diff(want, fired(guard.Draft{Text: tt.text}, f)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.text, diff)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	const inFrench = "Bonjour, votre commande est partie ce matin et sera livrée demain."
	const inEnglish = "Hello, your order left this morning and will be delivered tomorrow."
	tests := []struct {
		name, text, lang, message string
		want                      bool
	}{
		{"French to French", inFrench, "fr", "", false},
		{"French to English", inFrench, "en", "", true},
		{"English to French", inEnglish, "fr", "Bonjour, où est ma commande ?", true},
		{"the message decides too", inEnglish, "fr", "Hello, where is my order please?", false},
		{"both languages", inEnglish + "\n\n" + inFrench, "fr", "", false},
		{"too short to tell", "Ok, thanks!", "fr", "", false},
		{"nobody knows", inEnglish, "", "", false},
	}
	for _, tt := range tests {
		f := signed()
		f.Message = tt.message
		got := fired(guard.Draft{Text: tt.text, Lang: tt.lang}, f)
		if (strings.Join(got, " ") == "language") != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestUnansweredQuestions(t *testing.T) {
	t.Parallel()
	const asked = "Bonjour,\nComment allez-vous ?\nQuand arrivera ma bague ? Et puis-je changer la gravure ?\nCamille"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"both", "Elle arrivera mercredi 25 novembre, et la gravure peut encore changer.", nil},
		{"one", "Elle arrivera mercredi 25 novembre.", []string{"Et puis-je changer la gravure ?"}},
		{"none", "Merci pour votre message.", []string{"Quand arrivera ma bague ?", "Et puis-je changer la gravure ?"}},
		{"an answer that gives a date for the answer", "Je reviens vers vous demain à 10 h.", nil},
	}
	for _, tt := range tests {
		f := mondayMorning()
		f.Message = asked
		d := guard.Draft{Text: tt.text, Lang: "fr"}
		var got []string
		for _, found := range guard.Check(d, f) {
			if found.Rule != "unanswered" || found.Start != 0 || found.End != 0 {
				t.Errorf("%s: %+v", tt.name, found)
			}
			_, question, _ := strings.Cut(found.French, "« ")
			got = append(got, strings.TrimSuffix(question, " »"))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
	for question, answer := range map[string]string{
		"Est-ce que la bague est en stock ?":              "Oui, il en reste deux.",
		"Is it waterproof?":                               "Yes, you can shower with it.",
		"Combien coûte la gravure ? Quel est le délai ?":  "Elle coûte 12 € et prend trois jours.",
		"Where is my parcel? Can I get an invoice please": "Your parcel is in transit, and the invoice is in your account.",
	} {
		f := mondayMorning()
		f.Message = question
		if got := fired(guard.Draft{Text: answer}, f); len(got) > 0 {
			t.Errorf("%s %s: %v", question, answer, got)
		}
	}
	for question, answer := range map[string]string{
		"Est-ce que la bague est en stock ? Livrez-vous en Suisse ?": "Oui, elle est en stock.",
		"Combien coûte la gravure ? Quel est le délai ?":             "Elle prend trois jours.",
		"Is it waterproof? And do you offer gift wrapping?":          "Yes, you can shower with it.",
	} {
		f := mondayMorning()
		f.Message = question
		if got := fired(guard.Draft{Text: answer}, f); len(got) != 1 || got[0] != "unanswered" {
			t.Errorf("%s %s: %v, want one question left", question, answer, got)
		}
	}
	f := mondayMorning()
	f.Message = asked
	questions := guard.Questions(guard.Draft{Text: "Elle arrivera mercredi."}, f)
	points := []rune(asked)
	for i, q := range questions {
		if string(points[q.Start:q.End]) != q.Words || q.Answered != (i == 0) {
			t.Errorf("%+v", q)
		}
	}
	if len(questions) != 2 {
		t.Errorf("%d questions, want 2 to tick", len(questions))
	}
}

// Three warnings a draft: the first of each rule in the order of the list, then
// the second of each.
func TestThreeWarningsAtMost(t *testing.T) {
	t.Parallel()
	f := mondayMorning()
	f.Preferred = map[string]string{"ticket": "demande"}
	text := "Votre ticket, ticket, ticket. Calmez-vous. Je vous rappelle. Il part dans les meilleurs délais. {prenom}"
	got := fired(guard.Draft{Text: text}, f)
	want := []string{"anger Calmez-vous", "promise_unconfirmed Je vous rappelle", "vague_delay dans les meilleurs délais", "hole {prenom}"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got = fired(guard.Draft{Text: "Votre ticket, ticket, ticket, ticket. Calmez-vous."}, f)
	want = []string{"preferred ticket", "preferred ticket", "anger Calmez-vous"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFixes(t *testing.T) {
	t.Parallel()
	f := mondayMorning()
	f.Customer.Name = "Camille Renaud"
	f.Orders = []string{"ML-20417"}
	f.Preferred = map[string]string{"ticket": "demande"}
	f.Forbidden = []guard.Forbidden{{Words: "client mystère"}, {Words: "avoir", Severity: guard.Warns}}
	tests := []struct{ text, lang, fix string }{
		{"Bonjour {prenom},", "fr", "Camille"},
		{"Bonjour [Nom du client],", "fr", "Camille Renaud"},
		{"Commande {{ order number }}", "fr", "ML-20417"},
		{"Livré le {date}.", "fr", ""},
		{"Carte 4242 4242 4242 4242", "fr", "•••• 4242"},
		{"Ticket clos.", "fr", "Demande"},
		{"Un client mystère.", "fr", ""},
		{"La bague part dans les meilleurs délais.", "fr", "au plus tard le 25/11/2026"},
		{"The ring leaves as soon as possible.", "en", "by Wednesday 25 November"},
		{"Je vous rappelle.", "fr", "Je vous rappelle d'ici le 25/11/2026"},
		{"I will let you know.", "en", "I will let you know by Wednesday 25 November"},
	}
	for _, tt := range tests {
		findings := guard.Check(guard.Draft{Text: tt.text, Lang: tt.lang}, f)
		if len(findings) != 1 || findings[0].Fix != tt.fix {
			t.Errorf("%q: %+v, want the fix %q", tt.text, findings, tt.fix)
		}
	}
	f.Promised = time.Date(2026, time.December, 1, 23, 0, 0, 0, time.UTC)
	if got := guard.Check(guard.Draft{Text: "Elle part sous peu."}, f); len(got) != 1 || got[0].Fix != "au plus tard le 02/12/2026" {
		t.Errorf("a known date is offered first: %+v", got)
	}
	if got := guard.Check(guard.Draft{Text: "Un avoir vous attend."}, f); len(got) != 1 || got[0].Severity != guard.Warns {
		t.Errorf("forbidden words are as grave as the shop says: %+v", got)
	}
}

// Each rule that a person can meet has advice in both languages.
func TestEachRuleAdvises(t *testing.T) {
	t.Parallel()
	for _, rule := range guard.Rules() {
		if guard.Advice(rule, "fr") == "" || guard.Advice(rule, "en") == "" || guard.Advice(rule, "fr") == guard.Advice(rule, "en") {
			t.Errorf("%s: %q, %q", rule, guard.Advice(rule, "fr"), guard.Advice(rule, "en"))
		}
	}
}

// Only what the author wrote counts.
func TestOthersWordsAreLeftOut(t *testing.T) {
	t.Parallel()
	const message = "Bonjour {prenom},\nma carte 4242 4242 4242 4242 ne passe pas\nVous trouverez ci-joint la photo"
	for i, text := range []string{
		"> ma carte 4242 4242 4242 4242\n\nMerci, nous regardons.",
		"Le 22 nov. 2026 à 09:12, Camille <c@example.org> a écrit :\n> {prenom}\n\nMerci.",
		"ma carte 4242 4242 4242 4242 ne passe pas\n\nElle passera demain.",
		"- Vous trouverez ci-joint la photo\n\nElle n'est pas arrivée.",
		"Vous écriviez « Vous trouverez ci-joint la photo » : elle n'est pas arrivée.",
		"Merci.\n\n----- Message d'origine -----\nDe : Camille\n{prenom} 4242 4242 4242 4242",
		"Merci.\n\n-- \nMaison Lila {prenom}",
	} {
		f := signed()
		f.Message = message
		if got := fired(guard.Draft{Text: text}, f); len(got) > 0 {
			t.Errorf("%d %q: %v", i, text, got)
		}
	}
	f := signed()
	f.Signature = "Véronica {prenom}"
	if got := fired(guard.Draft{Text: "Merci.\n\nVéronica {prenom}\n"}, f); len(got) > 0 {
		t.Errorf("the signature: %v", got)
	}
	f.Message = message
	want := []string{"attachment_missing ci-joint", "card_number 4242 4242 4242 4242"}
	if diff := cmp.Diff(want, fired(guard.Draft{Text: "Vous trouverez ci-joint la facture, payée par la carte 4242 4242 4242 4242."}, f)); diff != "" {
		t.Errorf("the author's own words (-want +got)\n%s", diff)
	}
}

func TestKindsThatARuleIsFor(t *testing.T) {
	t.Parallel()
	f := mondayMorning()
	f.Others = []string{"ML-20418"}
	f.Forbidden = []guard.Forbidden{{Words: "avoir"}}
	text := "Vous trouverez ci-joint un avoir pour la commande ML-20418. Je vous rappelle."
	got := map[string]string{}
	for _, kind := range []guard.DeliveryKind{guard.KindAnswer, guard.KindAssistant, guard.KindAcknowledgement, guard.KindNotice, guard.KindSystem, guard.KindLegalReceipt} {
		rules := []string{}
		for _, found := range guard.Check(guard.Draft{Text: text, Kind: kind}, f) {
			rules = append(rules, found.Rule)
		}
		got[string(kind)] = fmt.Sprint(rules)
	}
	want := map[string]string{
		"answer":          "[attachment_missing forbidden wrong_customer promise_unconfirmed]",
		"assistant":       "[attachment_missing forbidden wrong_customer]",
		"acknowledgement": "[wrong_customer]", "notice": "[wrong_customer]", "system": "[wrong_customer]", "legal_receipt": "[]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
