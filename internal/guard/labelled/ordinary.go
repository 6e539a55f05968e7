package labelled

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

//go:embed ordinary_fr.txt
var french string

//go:embed ordinary_en.txt
var english string

const perBase = 5

// Ordinary makes ordinary answers of those written by hand in ordinary_fr.txt
// and ordinary_en.txt, a line each: it puts them into greetings, closings,
// quotations and contexts as an ordinary day brings them. They are the same each
// time, and nothing may stop them.
func Ordinary() ([]Draft, error) {
	rng := rand.New(rand.NewPCG(3, 14)) //nolint:gosec // the same drafts each time
	var drafts []Draft
	seen := map[string]bool{}
	for _, lang := range []string{"fr", "en"} {
		bases := strings.Split(strings.TrimSpace(map[string]string{"fr": french, "en": english}[lang]), "\n")
		for _, base := range bases {
			for v := range perBase {
				text, context := one(rng, lang, base, v)
				if seen[text] {
					continue
				}
				seen[text] = true
				known, err := json.Marshal(context)
				if err != nil {
					return nil, err
				}
				drafts = append(drafts, Draft{ID: fmt.Sprintf("clean-%04d", len(drafts)+1), Lang: lang, Text: text, Context: known})
			}
		}
	}
	return drafts, nil
}

func pick[T any](rng *rand.Rand, list ...T) T { return list[rng.IntN(len(list))] }

type customer struct{ first, last, email string }

var customers = []customer{
	{"Camille", "Renaud", "camille.renaud@example.org"},
	{"Paul", "Delmas", "p.delmas@example.net"},
	{"Inès", "Belkacem", "ines.b@example.com"},
	{"Jean-Marc", "Le Goff", "jmlegoff@example.fr"},
	{"Sarah", "Whitfield", "sarah@example.co.uk"},
	{"Élodie", "d'Arc", "elodie.darc@example.org"},
	{"Mohamed", "Ait Ali", "m.aitali@example.fr"},
	{"Lucie", "N'Guyen", "lucie@example.net"},
	{"Thomas", "O'Neil", "tom.oneil@example.ie"},
	{"Anaïs", "Petit", "anais.petit@example.fr"},
}

func one(rng *rand.Rand, lang, base string, variant int) (text string, context map[string]any) {
	fr := lang == "fr"
	who := pick(rng, customers...)
	order := fmt.Sprintf("ML-%d", 20000+rng.IntN(9000))
	base, file := strings.CutPrefix(base, "@file ")
	body := filled(rng, fr, strings.ReplaceAll(base, `\n`, "\n"), order)
	if variant == 3 {
		body = misspelt(rng, body)
	}
	author := pick(rng, "Véronica", "Marc", "Julie Bernard", "Zoé")
	text = opening(rng, fr, who) + body + closing(rng, fr)
	context = map[string]any{
		"now": "2026-11-23T10:15:00+01:00", "zone": "Europe/Paris", "lang": lang, "channel": "mail",
		"author": map[string]any{"name": author}, "shop": map[string]any{"name": "Maison Lila", "siret": "380 129 866 00012"},
		"customer": map[string]any{"name": who.first + " " + who.last, "email": who.email},
		"orders":   []any{map[string]any{"number": order}},
	}
	switch variant {
	case 0, 3:
		context["signature"] = author + "\nMaison Lila"
	case 1:
		text += "\n" + author
	case 2:
		text += "\n" + author + pick(rng, "\nMaison Lila", " – Maison Lila", ", service client")
		context["signature"] = nil
	case 4:
		context["signature"] = pick(rng, "Bien à vous,\n", "") + author + "\nMaison Lila · 14 rue des Orfèvres, 69002 Lyon · 04 72 00 00 00"
	}
	if file {
		context["attachments"] = []any{pick(rng, "facture.pdf", "etiquette-R-3318.pdf", "IMG_2041.jpg")}
	}
	if rng.IntN(3) == 0 {
		context["others"] = others(rng, who, order)
	}
	if rng.IntN(3) == 0 {
		context["forbidden"] = []any{pick(rng, "client mystère", "bon marché", "cheap", "réclamation abusive"), pick(rng, "faute du client", "gratos", "rip-off")}
		context["preferred"] = map[string]any{"ticket": pick(rng, "demande", "request")}
	}
	if rng.IntN(2) == 0 {
		message := theirs(rng, fr, order)
		context["message"] = message
		if rng.IntN(3) == 0 {
			text = quoting(rng, fr, text, message, who)
		}
	}
	return text, context
}

func filled(rng *rand.Rand, fr bool, body, order string) string {
	day := 1 + rng.IntN(21)
	amount := fmt.Sprintf("%d,%02d €", 8+rng.IntN(400), rng.IntN(20)*5)
	weekday := pick(rng, "mardi", "mercredi 25 novembre", "jeudi", "vendredi 27/11", "lundi 30 novembre")
	product := pick(rng, "bague Aurore", "bague Lune", "chaîne Marine [or rose]", "broche Iris", "bague « Rosée »", "bague Ginkgo (XL)")
	if !fr {
		amount = fmt.Sprintf("%s%d.%02d", pick(rng, "€", "€", "£", "$"), 8+rng.IntN(400), rng.IntN(20)*5)
		weekday = pick(rng, "Tuesday", "Wednesday 25 November", "Thursday", "Friday", "Monday 30 November")
		product = pick(rng, "Aurora ring", "Moon ring", "Marine chain [rose gold]", "Iris brooch", "“Dew” ring", "Ginkgo ring (XL)")
	}
	return strings.NewReplacer(
		"<order>", order, "<amount>", amount, "<weekday>", weekday, "<product>", product,
		"<size>", fmt.Sprint(48+2*rng.IntN(7)),
		"<track>", pick(rng, fmt.Sprintf("6A%011d", rng.IntN(99999999999)), fmt.Sprintf("LX%09dFR", rng.IntN(999999999)), fmt.Sprintf("%013d", 8000000000000+rng.IntN(999999999))),
		"<date>", fmt.Sprintf("%02d/12/2026", 1+rng.IntN(28)),
		"<pastdate>", pick(rng, fmt.Sprintf("%02d/11/2026", day), map[bool]string{true: fmt.Sprintf("%d novembre", 1+day), false: fmt.Sprintf("%d November", 1+day)}[fr]),
		"<pastday>", pick(rng, map[bool][]string{true: {"vendredi", "samedi", "hier"}, false: {"Friday", "Saturday", "yesterday"}}[fr]...),
	).Replace(body)
}

func opening(rng *rand.Rand, fr bool, who customer) string {
	if fr {
		return pick(rng,
			"Bonjour "+who.first+",\n\n", "Bonjour,\n\n", "Bonjour Madame "+who.last+",\n\n", "Bonsoir "+who.first+" !\n\n", "Chère "+who.first+",\n\n",
			"Bonjour "+who.first+" "+who.last+",\n\nMerci pour votre message.\n\n", "Bonjour,\n\nMerci de nous avoir écrit, et pardon pour l'attente…\n\n", "bonjour,\n", "",
			"Rebonjour "+who.first+",\n\n", "Madame, Monsieur,\n\n", "Bonjour M. "+who.last+",\n\nJ'ai bien lu votre message.\n\n")
	}
	return pick(rng,
		"Hello "+who.first+",\n\n", "Hello,\n\n", "Dear Ms "+who.last+",\n\n", "Hi "+who.first+"!\n\n", "Dear "+who.first+",\n\nThank you for your message.\n\n",
		"Good morning "+who.first+",\n\nThanks for getting in touch, and sorry for the wait…\n\n", "hi,\n", "", "Dear Sir or Madam,\n\n", "Hello again "+who.first+",\n\n")
}

func closing(rng *rand.Rand, fr bool) string {
	if fr {
		return pick(rng,
			"\n\nBonne journée,", "\n\nCordialement,", "\n\nBien à vous,", "\n\nBelle soirée à vous !\n", "\n\nN'hésitez pas si vous avez d'autres questions.\n\nBien cordialement,",
			"\n\nJe reste à votre disposition pour toute question.\n\nSincères salutations,", "\n\nÀ bientôt :-)\n", "\n\nTrès bonne fin de semaine,", "\n\nMerci encore pour votre confiance !\n\nChaleureusement,", "\n\n")
	}
	return pick(rng,
		"\n\nHave a lovely day,", "\n\nKind regards,", "\n\nBest wishes,", "\n\nWarmly,", "\n\nDo let me know if you have any other question.\n\nBest regards,",
		"\n\nI hope this helps!\n\nAll the best,", "\n\nThanks again for your trust :)\n", "\n\nYours sincerely,", "\n\n")
}

func theirs(rng *rand.Rand, fr bool, order string) string {
	if fr {
		return pick(rng,
			"Bonjour,\n\nJe n'ai toujours pas reçu ma commande "+order+". Où est-elle ?\n\nMerci",
			"Bonjour, la bague est trop petite, puis-je l'échanger contre une taille au-dessus ?",
			"C'est la troisième fois que j'écris !!! Quand serai-je remboursée ? JE VEUX UNE RÉPONSE",
			"bjr, {prenom} c'est quoi ce mail ? vous trouverez ci-joint la capture",
			"Bonjour,\nMa carte est la 4111 1111 1111 1111, pouvez-vous vérifier le paiement ?\nMerci d'avance",
			"Bonjour, avez-vous cette bague en or rose, et combien coûte la gravure ?")
	}
	return pick(rng,
		"Hello,\n\nI still haven't received my order "+order+". Where is it?\n\nThanks",
		"Hi, the ring is too small, can I exchange it for the next size?",
		"This is the third time I write!!! When will I be refunded? I WANT AN ANSWER",
		"hi, what is this mail, \"Dear {first_name}\"? please find attached the screenshot",
		"Hello,\nMy card is 4111 1111 1111 1111, can you check the payment?\nThanks in advance",
		"Hello, do you have this ring in rose gold, and how much is engraving?")
}

// quoting puts the customer's words below the answer, or a line of them above.
func quoting(rng *rand.Rand, fr bool, text, message string, who customer) string {
	lines := strings.Split(message, "\n")
	quote := "> " + strings.Join(lines, "\n> ")
	head := "On 22 November 2026 at 09:12, " + who.first + " " + who.last + " <" + who.email + "> wrote:\n"
	if fr {
		head = "Le 22 nov. 2026 à 09:12, " + who.first + " " + who.last + " <" + who.email + "> a écrit :\n"
	}
	if rng.IntN(2) == 0 {
		return text + "\n\n" + head + quote
	}
	return lines[len(lines)-1] + "\n\n" + text
}

// others are customers whose facts must not be in the answer, and are not.
func others(rng *rand.Rand, who customer, order string) []any {
	var list []any
	for _, c := range customers {
		if c != who && rng.IntN(2) == 0 {
			list = append(list, c.first+" "+c.last, c.email)
		}
	}
	if number := fmt.Sprintf("ML-%d", 30000+rng.IntN(9000)); number != order {
		list = append(list, number)
	}
	return append(list, "12 rue des Lilas, 69003 Lyon")
}

// misspelt writes as people do in a hurry.
func misspelt(rng *rand.Rand, s string) string {
	pairs := []string{"é", "e", "è", "e", "ç", "c", "à ", "a ", " !", "!", "n'est", "nest", "vous", "vosu", "the ", "teh ", "you", "yuo", "'", "’", ".", "…", "oui", "ouii"}
	for range 3 {
		i := 2 * rng.IntN(len(pairs)/2)
		s = strings.Replace(s, pairs[i], pairs[i+1], 1+rng.IntN(2))
	}
	return s
}
