package demo

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/promise"
)

// voices are the stories that did not come by mail: calls, talks, letters.
func voices() []story {
	return []story{
		{"lefevre", writer{name: "Alain Lefèvre"}, "", []step{
			{ago(1, 1610), contacts{
				by: marc, channel: "phone", phone: "02 47 00 18 56", promised: promise.CallBack, title: "Rappeler M. Lefèvre : devis du camée", due: then(70 * minute),
				text: "M. Lefèvre demande le prix de la restauration du camée déposé en octobre. Véronica a le devis ; je rappelle en fin d'après-midi.",
			}},
		}},
		{"odile", writer{name: "Odile Perrin"}, "", []step{
			{before(3 * hour), contacts{
				by: veronica, channel: "letter",
				text: "Lettre de Mme Perrin (12 rue Haute, 86000 Poitiers) : elle n'a pas internet et voudrait le catalogue des médailles de baptême, avec les prix. Pas de téléphone indiqué.",
			}},
		}},
		{"bastien", writer{name: "Michel Bastien", address: "michel.bastien@poste.example"}, "", []step{
			{ago(1, 1520), contacts{
				by: sofia, channel: "counter", answered: true,
				text: "M. Bastien, chaîne forçat cassée : ressoudée sur place en dix minutes, offert. Il repassera pour une paire de boutons de manchette.",
			}},
		}},
		{"chevalet", writer{name: "Nicole Chevalet"}, "", []step{
			{ago(3, 1000), contacts{
				by: sofia, channel: "phone", phone: "06 55 10 27 90", promised: promise.CallBack, title: "Rappeler Mme Chevalet : date de retour de l'atelier", due: then(6 * hour),
				text: "Mme Chevalet veut savoir quand sa bague revient de l'atelier. J'appelle l'atelier et je la rappelle avant ce soir.",
			}},
			note(then(2*hour), sofia, "Atelier : bague prête vendredi."),
			{then(20 * minute), does{sofia}},
		}},
		{"collier-perles", writer{name: "Françoise Lemaire", address: "francoise.lemaire@poste.example", program: orange}, "Renfilage collier de perles", []step{
			mail(ago(4, 1005), "Bonjour\nLe fil de mon collier de perles se détend. Faites vous le renfilage avec noeuds entre chaque perle ?\nMme Lemaire"),
			answer(then(3*hour), veronica, "Bonjour Madame Lemaire,\n\nOui, c'est même notre spécialité : renfilage sur soie, un nœud entre chaque perle, 2,20 € le centimètre. Comptez une semaine.\n\nVous pouvez déposer le collier en boutique aux heures d'ouverture, ou m'appeler si vous avez la moindre question.\n\nBien à vous,"),
			{ago(2, 1140), contacts{
				by: veronica, channel: "phone", phone: "02 47 00 33 12", promised: promise.Other, title: "Garder un fermoir ancien pour Mme Lemaire", due: ahead(24 * hour),
				text: "Mme Lemaire rappelle : elle passera la semaine prochaine et voudrait un fermoir ancien. Je lui en garde deux de côté.",
			}},
		}},
	}
}

// thanks are the kind words that nobody must answer.
func thanks() []story {
	asked := func(name, address, about, question, reply, thank string, p program, n int) story {
		local, _, _ := strings.Cut(address, "@")
		return story{name: "merci-" + local, from: writer{name: name, address: address, program: p}, about: about, steps: []step{
			mail(ago(4, 1030+n), question),
			answer(then(hour), sofia, reply),
			again(ago(1, 1500+n), thank),
		}}
	}
	return []story{
		asked("Manon Girard", "manon.girard@courriel.example", "Entretien argent", "Bonjour, comment nettoyer ma bague en argent sans l'abîmer ?\nManon",
			"Bonjour Manon,\n\nDe l'eau tiède, une goutte de savon doux, une brosse très souple, puis un chiffon de coton. Surtout pas de dentifrice, qui raye.\n\nBelle journée,", "Merci beaucoup pour votre réponse si rapide !\n\nManon", iPhone, 2),
		asked("Hugo Besnard", "hugo.besnard@mail.example", "Horaires", "Bonjour, êtes-vous ouverts le lundi matin ?\nHugo",
			"Bonjour Hugo,\n\nLe lundi, la boutique ouvre de 14 h à 18 h 30 ; du mardi au samedi, de 9 h 30 à 12 h 30 et de 14 h à 18 h 30.\n\nÀ bientôt,", "Parfait, merci", webGmail, 11),
		asked("Béatrice Collin", "beatrice.collin@poste.example", "Remboursement 20322", "Bonjour, quand le remboursement de la commande 20322 sera-t-il fait ?\nB. Collin",
			"Bonjour Madame Collin,\n\nLes 58,00 € sont partis ce matin sur votre carte ; votre banque les affiche le {o2} au plus tard.\n\nBien à vous,", "Bien reçu, merci pour votre gentillesse. Bonne journée", orange, 19),
		asked("Samir Haddou", "samir.haddou@courriel.example", "Écrin", "Salut, on peut avoir un écrin en plus pour la 20365 ?\nSamir",
			"Bonjour Samir,\n\nC'est noté, un second écrin part avec votre commande, sans supplément.\n\nBonne journée,", "Top, merci !", samsung, 27),
		{"merci-grace", writer{name: "Grace Turner", address: "grace.turner@post.example", english: true}, "Delivery to Edinburgh", []step{
			mail(ago(4, 1122), "Hello, do you deliver to Edinburgh before Christmas if I order this week?\n\nGrace"),
			answer(then(hour), marc, "Hello Grace,\n\nYes: five working days to Edinburgh, all taxes included. Order before the {o6} and it will be with you in good time.\n\nKind regards,"),
			again(ago(1, 1533), "Wonderful, thank you for your help!\n\nGrace"),
		}},
	}
}
