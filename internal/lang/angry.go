package lang

import "strings"

// angryWords are words and phrases of customers beyond patience, folded, in
// French and English: insult, threat of law or of the public, a demand in anger.
// A phrase that a calm customer writes too ("remboursement", "je suis déçue")
// has no place here: whoever is put before others takes their place.
var angryWords = strings.Split(strings.TrimSpace(`
arnaque
arnaques
arnaquer
arnaqueur
arnaqueurs
escroc
escrocs
escroquerie
voleur
voleurs
scandaleux
scandaleuse
honteux
honteuse
une honte
c est du vol
inadmissible
inacceptable
intolerable
lamentable
foutage de gueule
vous foutez de moi
vous foutez de ma gueule
vous moquez de moi
se moquer du monde
vous fichez de moi
je suis furieux
je suis furieuse
je suis hors de moi
je suis excede
je suis excedee
ras le bol
y en a marre
j en ai marre
remboursez moi
rendez moi mon argent
bande d incapables
incapables
incompetents
porter plainte
porte plainte
deposer plainte
depot de plainte
plainte contre
dgccrf
repression des fraudes
60 millions de consommateurs
que choisir
signal conso
signalconso
mon avocat
un avocat
mise en demeure
saisir la justice
au tribunal
poursuites judiciaires
reseaux sociaux
avis negatif
mauvaise publicite
scam
scammers
scammed
fraud
fraudulent
rip off
ripped off
thieves
disgusting
disgraceful
outrageous
unacceptable
appalling
a joke of a company
what a joke
furious
fed up
sick of
worst service
worst company
give me my money back
i want my money back
refund me
my lawyer
legal action
small claims
trading standards
report you
chargeback
bad review
never buying
never again
`), "\n")

// calm phrases hold an angry word without the anger.
var calmPhrases = []string{"pas une arnaque", "pas d arnaque", "not a scam", "no joke"}

const (
	angryMostRunes = 20_000
	loudLetters    = 24 // of a line in capitals
	loudMarks      = 3  // "!!!"
)

// Angry tells whether a customer's words are evidently angry, in French or
// English: known words, or a line that shouts in capitals with exclamation
// marks. It is for putting conversations in order only; nothing is refused or
// answered by it. Text is the visible message without its quote; after 20,000
// characters it is cut.
func Angry(text string) bool {
	if r := []rune(text); len(r) > angryMostRunes {
		text = string(r[:angryMostRunes])
	}
	words := " " + strings.Join(strings.FieldsFunc(Fold(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), " ") + " "
	for _, calm := range calmPhrases {
		words = strings.ReplaceAll(words, " "+calm+" ", " ")
	}
	for _, w := range angryWords {
		if strings.Contains(words, " "+w+" ") {
			return true
		}
	}
	for line := range strings.Lines(text) {
		if shouts(line) {
			return true
		}
	}
	return false
}

// shouts: many capitals, no small letters, and exclamation marks.
func shouts(line string) bool {
	letters := 0
	for _, r := range line {
		folded := Fold(string(r))
		if folded == "" || folded[0] < 'a' || folded[0] > 'z' {
			continue
		}
		if strings.ToUpper(string(r)) != string(r) {
			return false
		}
		letters++
	}
	return letters >= loudLetters && strings.Count(line, "!")+strings.Count(line, "?") >= loudMarks
}
