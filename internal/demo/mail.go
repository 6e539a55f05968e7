package demo

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// said is a mail that a newcomer sends to the demo shop.
type said struct {
	from        writer
	about, text string
	files       func() []file
}

// Mail is the nth mail that "comptoir demo write" hands to the SMTP listener,
// written at now by one of the demo's customers or somebody new. The texts come
// round again after some; the Message-ID is its own each time.
func Mail(n int, now time.Time) (from, to string, raw []byte) {
	list := written()
	n = max(n, 0)
	s := list[n%len(list)]
	location, err := calendar.LoadLocation(timezone)
	if err != nil { // the zones are within the program
		location = time.UTC
	}
	l := letter{
		from: s.from, subject: s.about, text: s.text, date: now.In(location),
		id: messageID(fmt.Sprintf("write-%d-%x", n, now.UnixNano()), 1, s.from.address),
	}
	if s.files != nil {
		l.files = s.files()
	}
	return s.from.address, Address, l.bytes()
}

func written() []said {
	return []said{
		{
			writer{name: "Camille Renaud", address: "camille.renaud@courriel.example", program: iPhone},
			"Autre question",
			"Bonjour,\n\nEt si je venais chercher une bague en boutique samedi, vous pourriez m'en mettre une de côté ?\n\nCamille", nil,
		},
		{
			writer{name: "Mathilde Garcin", address: "mathilde.garcin@courriel.example"},
			"La bague Lila existe-t-elle en or rose ?",
			"Bonjour,\n\nJe cherche la bague « Lila » en or rose, taille 52. Est-ce possible, et à quel prix ? Je peux attendre un mois.\n\nMerci d'avance\nMathilde Garcin", nil,
		},
		{
			writer{name: "Sophie Marchand", address: "sophie.marchand@boite.example", program: outlook},
			"Chaîne cassée, suite",
			"Bonjour,\n\nJ'ai retrouvé le maillon manquant (photo). Est-ce que ça change quelque chose pour la garantie ?\n\nSophie Marchand",
			func() []file { return []file{drawChain()} },
		},
		{
			writer{name: "Rachel Green-Taylor", address: "rachel.gt@post.example", program: iPhone, english: true},
			"Birthday gift, is it too late?",
			"Hello! I need the Ondine necklace in Bristol by next Thursday for a birthday. Is it still possible and how much is express delivery?\n\nRachel", nil,
		},
		{
			writer{name: "Marcel Auger", address: "marcel.auger@poste.example", program: orange},
			"colis pas arrivé",
			"Bonjour\nCommande 20436 toujours pas arrivée, le facteur dit qu'il n'a rien. C'est un cadeau pour mon épouse, que faire ?\nM. Auger", nil,
		},
		{
			writer{name: "Nadia Kerbouche", address: "nadia.k@courriel.example", program: samsung},
			"Re: retour pendentif",
			"bonjour du coup ma fille veut bien la lune mais en doré, vous l'avez ? sinon remboursement svp", nil,
		},
		{
			writer{name: "Benoît Carpentier", address: "benoit.carpentier@entreprise.example", program: outlook},
			"Facture au nom de ma société",
			"Bonjour,\n\nPouvez-vous refaire la facture 20419 au nom de Carpentier SARL, 3 rue du Port, 17000 La Rochelle ? Notre comptable la demande avant vendredi.\n\nCordialement,\nBenoît Carpentier", nil,
		},
		{
			writer{name: "Ingrid Sauvage", address: "ingrid.sauvage@courriel.example"},
			"Je suis très déçue",
			"Bonjour,\n\nDeux fois que je reçois un écrin vide. DEUX FOIS. La commande 20440 est notée livrée, l'écrin est arrivé sans la bague, le sachet était ouvert. Je veux une solution aujourd'hui.\n\nIngrid Sauvage",
			func() []file { return []file{drawLabel()} },
		},
	}
}
