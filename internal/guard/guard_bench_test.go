package guard_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/testkit/effort"
)

// ordinary is an answer of about 300 words.
var ordinary = strings.Repeat("Bonjour Camille, merci pour votre message. Votre commande n° ML-20417 du 12/11/2026 est partie ce matin de "+
	"notre atelier (suivi 6A12345678901), et sera livrée le mardi 24 novembre entre 9 h et 12 h ; le montant de 49,90 € vous a été remboursé. ", 7)

// The target is 5 ms, 2 ms for the 99th percentile: `make bench-guard`.
func BenchmarkCheck300Words(b *testing.B) {
	facts := known()
	for b.Loop() {
		guard.Check(guard.Draft{Text: ordinary, Lang: "fr"}, facts)
	}
}

// known are facts for every rule.
func known() guard.Facts {
	f := signed()
	f.Now = time.Date(2026, time.November, 23, 8, 30, 0, 0, time.UTC)
	f.Message = "Bonjour,\nOù est ma commande ML-20417 ? Et puis-je avoir une facture ?\nCamille"
	f.Orders = []string{"ML-20417"}
	f.Others = []string{"Paul Delmas", "paul@example.org", "ML-20418", "12 rue des Lilas, 69003 Lyon"}
	f.Forbidden = []guard.Forbidden{{Words: "malheureusement"}, {Words: "pas de souci"}}
	f.Preferred = map[string]string{"ticket": "demande"}
	f.DeadLinks = []string{"https://maison-lila.example/ancien"}
	return f
}

// Nothing that somebody can paste makes the guard slow: more text costs more
// work, and no more than that.
func TestHostileTextsAreReadInTime(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{
		"{", "{{", "[", "«", "<", "%", "_", "XXX ", "1 ", "4 4", "4111 ", "a@b.c ", "je joins ", "ci-joint ", "je vous rappelle demain ",
		"sous 3 à ", "à 10 h ", "dans les meilleurs délais ", "\n", "> ", "Bonjour ,\n", "commande ML", "à compléter ", `"`, "« ", "https://", "n° ", "si vous ",
		"vous pouvez nous envoyer en pièce jointe ", "a b c\n", "le 27 ", "Paul ", "malheureusement ", "ticket ", "É", "\xff", "IMPOSSIBLE ", "___ ", "___ :\n", "tu peux ", "Nom :\n", "[x] ", "(ajouter le lien) ", "à  est ", "du a été ", "\uff38\uff38 ", "e\u0301", "\u200b", "1, ", "a/b ", ",, ", "contacter au ",
		"OPTION A - x\n", "[...]\n", "[a b]\n", "(x ?) ", "Marc, tu peux\n", "→ check\n", "<a b> ", "Port ........ 3\n", "avec ce mail la facture ", "aB ", "____ x\n",
	} {
		effort.Linear(t, piece, func(text string) {
			f := known()
			f.Message = text
			guard.Check(guard.Draft{Text: text}, f)
			guard.Promises(guard.Draft{Text: text}, f)
		})
	}
}
