package guard_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

// signed are facts that leave the signature rule content.
func signed() guard.Facts {
	return guard.Facts{
		Author: guard.Person{Name: "Véronica"}, Signature: "Véronica\nMaison Lila",
		Shop: guard.Shop{Name: "Maison Lila", SIRET: "380 129 866 00012"},
	}
}

func TestCheckSaysWhere(t *testing.T) {
	t.Parallel()
	text := "Été 🌸 {prenom}, la carte 4242 4242 4242 4242 et la commande n° ."
	var got []string
	for _, f := range guard.Check(guard.Draft{Text: text, Lang: "fr"}, signed()) {
		got = append(got, f.Rule+" "+f.Words)
		points := []rune(text)
		if string(points[f.Start:f.End]) != f.Words {
			t.Errorf("%s: %d to %d is %q, not %q", f.Rule, f.Start, f.End, string(points[f.Start:f.End]), f.Words)
		}
		if f.Severity != guard.NeverPassed || f.Advice == "" {
			t.Errorf("%s: severity %s, advice %q", f.Rule, f.Severity, f.Advice)
		}
	}
	want := []string{"hole {prenom}", "card_number 4242 4242 4242 4242", "hole n° ."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		kind      guard.DeliveryKind
		channel   string
		author    string
		signature string
		want      bool
	}{
		{"an answer without", guard.KindAnswer, "mail", "Véronica", "", true},
		{"blank is none", guard.KindAnswer, "mail", "Véronica", " \n", true},
		{"an answer with", guard.KindAnswer, "mail", "Véronica", "Véronica, Maison Lila", false},
		{"no kind is an answer", "", "mail", "Véronica", "", true},
		{"chat shows the name", guard.KindAnswer, "chat", "Véronica", "", false},
		{"chat without a name", guard.KindAnswer, "chat", "", "", false},
		{"acknowledgement", guard.KindAcknowledgement, "mail", "", "", false},
		{"assistant", guard.KindAssistant, "mail", "", "", false},
		{"system", guard.KindSystem, "mail", "", "", false},
		{"legal receipt", guard.KindLegalReceipt, "mail", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			findings := guard.Check(
				guard.Draft{Text: "Votre colis est parti.", Kind: tt.kind, Channel: tt.channel, Lang: "fr"},
				guard.Facts{Author: guard.Person{Name: tt.author}, Signature: tt.signature},
			)
			if got := len(findings) == 1 && findings[0].Rule == "signature" && findings[0].Severity == guard.Stops; got != tt.want {
				t.Errorf("findings %+v, want a missing signature: %v", findings, tt.want)
			}
			if guard.Blocks(findings) {
				t.Error("a missing signature is passed with a reason, never blocked for good")
			}
		})
	}
}

// I3: whatever stands in a legal receipt, it leaves.
func TestNothingDelaysALegalReceipt(t *testing.T) {
	t.Parallel()
	d := guard.Draft{Text: "Bonjour {prenom}, carte 4242 4242 4242 4242", Kind: guard.KindLegalReceipt}
	if findings := guard.Check(d, guard.Facts{}); len(findings) > 0 {
		t.Errorf("findings %+v", findings)
	}
	for _, kind := range []guard.DeliveryKind{
		guard.KindAnswer, guard.KindAssistant, guard.KindAcknowledgement, guard.KindNotice, guard.KindSystem,
	} {
		d.Kind = kind
		if !guard.Blocks(guard.Check(d, signed())) {
			t.Errorf("%s leaves with a hole and a card number", kind)
		}
	}
}

func TestAdviceSpeaksTheDraftsLanguage(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"fr": "Un champ est resté vide", "": "Un champ est resté vide", "en": "A field was left empty"} {
		findings := guard.Check(guard.Draft{Text: "{{ name }}", Lang: lang}, signed())
		if len(findings) != 1 || !strings.HasPrefix(findings[0].Advice, want) {
			t.Errorf("%q: %+v", lang, findings)
		}
	}
}

func TestAnOrdinaryAnswerPasses(t *testing.T) {
	t.Parallel()
	if findings := guard.Check(guard.Draft{Text: ordinary, Lang: "fr"}, signed()); len(findings) > 0 {
		t.Errorf("%+v", findings)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Bonjour {{ customer.name }}, carte 4242 4242 4242 4242", "answer", "ma carte\n{{ name }}", "Véronica")
	f.Add("`{prenom}` [Nom] <date> «XXX» n° . ___ à compléter", "system", "", "")
	f.Add("Ci-joint la facture de Paul Delmas, ML-20418, je vous rappelle dans les meilleurs délais. IL FAUT LIRE NOS CONDITIONS", "answer", "Quand ? Et où ?", "-- \nx")
	f.Fuzz(func(t *testing.T, text, kind, message, signature string) {
		d := guard.Draft{Text: text, Kind: guard.DeliveryKind(kind)}
		facts := known()
		facts.Message, facts.Signature = message, signature
		findings := guard.Check(d, facts)
		if diff := cmp.Diff(findings, guard.Check(d, facts)); diff != "" {
			t.Fatalf("twice the same draft, two answers: %s", diff)
		}
		warnings := 0
		for _, found := range findings {
			if found.Start < 0 || found.End < found.Start || found.End > utf8.RuneCountInString(text) {
				t.Fatalf("%+v is outside the draft", found)
			}
			if utf8.ValidString(text) && string([]rune(text)[found.Start:found.End]) != found.Words {
				t.Fatalf("%+v names other words", found)
			}
			if found.Severity == guard.Warns {
				warnings++
			}
		}
		if warnings > 3 {
			t.Fatalf("%d warnings", warnings)
		}
		guard.Questions(d, facts)
	})
}
