package guard_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

const fullText = "Bonjour {prenom}, malheureusement la carte 4242 4242 4242 4242 de Paul Delmas ne passe pas. Vous trouverez ci-joint la facture. " +
	"Je vous rappelle demain à 10 h, et nous vous remboursons 49,90 € dans les meilleurs délais. Calmez-vous. Votre ticket est clos : https://maison-lila.example/ancien "

func BenchmarkFull(b *testing.B) {
	facts := known()
	t := strings.Repeat(fullText, 6)
	for b.Loop() {
		guard.Read(guard.Draft{Text: t, Lang: "fr"}, facts)
	}
}
