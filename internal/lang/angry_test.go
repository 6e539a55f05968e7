package lang_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

func TestAngry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       bool
	}{
		{"an insult", "Bande d'escrocs, je n'ai jamais rien reçu.", true},
		{"accents and capitals", "C'est SCANDALEUX. J'attends depuis un mois.", true},
		{"the word with a typographic apostrophe", "C’est une honte, vraiment.", true},
		{"a threat of the authority", "Sans réponse, je saisis la DGCCRF.", true},
		{"a threat of law", "Mon avocat prendra contact avec vous.", true},
		{"a complaint to the police", "Je vais porter plainte.", true},
		{"a demand in anger", "Remboursez-moi tout de suite", true},
		{"shouting", "OU EST MON COLIS DEPUIS TROIS SEMAINES !!!", true},
		{"in English", "This is disgusting, I want my money back.", true},
		{"English, a scam", "Is this shop a scam?", true},
		{"disappointed, no more", "Je suis un peu déçue par la couleur, puis-je l'échanger ?", false},
		{"asks for a refund calmly", "Je souhaite un remboursement, quelle est la marche à suivre ?", false},
		{"a short line in capitals", "MERCI !", false},
		{"a form in capitals without marks", "CAMILLE RENAUD 12 RUE DES LILAS 69003 LYON", false},
		{"a denial", "Je sais que ce n'est pas une arnaque, mais où en est ma commande ?", false},
		{"a word within another", "La Place des Voleuses est une rue ? Livraison à Arnaquette-les-Bains.", false},
		{"calm English", "Could you tell me when my ring will be shipped?", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := lang.Angry(tt.text); got != tt.want {
				t.Errorf("Angry(%q) = %v", tt.text, got)
			}
		})
	}
}

func TestAngryReadsALongMailQuickly(t *testing.T) {
	t.Parallel()
	calm := strings.Repeat("bonjour, où en est ma commande ? ", 100_000)
	if lang.Angry(calm) {
		t.Error("a long calm mail is read as angry")
	}
}
