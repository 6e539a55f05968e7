package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// common are words as customers write them, most frequent first; behind them
// come made-up ones, each rarer than the one before (Zipf), as names, typing
// mistakes and product names are.
var common = map[string][]string{
	"fr": strings.Fields(`de la le et je vous ma est les pas pour un une que en mon bonjour commande merci à des du avec il ce dans ai sur ne votre colis
		me plus avez par suis reçu bague livraison bien cordialement au été avoir taille mais numéro si trop jours petite retour quand vos toujours jour avant encore
		bracelet collier remboursement échanger boucles oreilles adresse envoyer demande reçue réponse cadeau paiement facture article produit chaîne semaine échange
		livrée dommage cassé attends suivi transporteur rien email mail téléphone photo argent or fermoir anniversaire mariage couleur abîmé perdu attente possible
		rapidement problème service client bijou bijoux gravure erreur annuler commandé souhaite savoir point relais poste lundi mardi vendredi novembre décembre`),
	"en": strings.Fields(`the i my to and is it a for you of have in not order that was this on with ring please me be your hello thank received delivery but are
		yet would small return size parcel when bracelet can necklace still refund number days earrings address gift exchange ordered send payment invoice wrong item
		tracking waiting since birthday wedding broken colour clasp silver gold chain lost week soon could know possible change cancel customer service question
		arrived late shipping engraved mistake monday friday november december money card phone photo damaged box missing again`),
}

const (
	vocabulary = 40_000
	steepness  = 1.05
)

// author writes messages of realistic word frequencies, the same each time.
type author struct {
	rnd *rand.Rand
	sum []float64 // of the words' shares
}

func newAuthor() *author {
	a := &author{rnd: rand.New(rand.NewPCG(41, 7)), sum: make([]float64, vocabulary)} //nolint:gosec // the same every time is what is wanted
	total := 0.0
	for i := range a.sum {
		total += 1 / math.Pow(float64(i)+2.7, steepness)
		a.sum[i] = total
	}
	return a
}

// word gives the word of a rank.
func word(language string, rank int) string {
	if rank < len(common[language]) {
		return common[language][rank]
	}
	var b strings.Builder
	const consonants, vowels = "bcdfglmnprstv", "aeiou"
	for n := rank*7919 + 104_729; n > 0 || b.Len() < 5; n /= 65 {
		b.WriteByte(consonants[n%13])
		b.WriteByte(vowels[n/13%5])
	}
	return b.String()
}

func (a *author) rank() int {
	at := a.rnd.Float64() * a.sum[len(a.sum)-1]
	low, high := 0, len(a.sum)-1
	for low < high {
		if mid := (low + high) / 2; a.sum[mid] < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// text is a message: some 60 words, seldom many more.
func (a *author) text(language string, median int) []string {
	n := min(max(int(float64(median)*math.Exp(a.rnd.NormFloat64()*0.7)), 5), 1500)
	words := make([]string, n)
	for i := range words {
		words[i] = word(language, a.rank())
	}
	return words
}

var (
	firstNames = strings.Fields("Camille Paul Inès Léa Hugo Chloé Louis Emma Jules Zoé Adam Manon Noah Sarah Ethan Clara Lina Tom Anna Théo Julie Marc Nora Oscar Alice Victor")
	lastNames  = strings.Fields("Renaud Delmas Belkacem Martin Petit Durand Leroy Moreau Simon Laurent Garcia Roux Fournier Girard Bonnet Lambert Faure Rousseau Blanc Guérin Muller Henry")
)

func (a *author) person(i int) (name, address string) {
	first, last := firstNames[i%len(firstNames)], lastNames[i/len(firstNames)%len(lastNames)]
	if i >= len(firstNames)*len(lastNames) {
		last += " " + strings.ToUpper(word("fr", 200+i%5000)[:1]) + word("fr", 200+i%5000)[1:]
	}
	return first + " " + last, fmt.Sprintf("%s.%d@client.example", plain.Replace(strings.ToLower(strings.ReplaceAll(first+"."+last, " ", "-"))), i)
}

var plain = strings.NewReplacer("é", "e", "è", "e", "ï", "i")
