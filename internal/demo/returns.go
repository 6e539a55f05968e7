package demo

import "github.com/comptoir-desk/comptoir/internal/promise"

// returns are the stories of what comes back, and of the money that should.
func returns() []story {
	helene := writer{name: "Hélène Barbier", address: "helene.barbier@boite.example", program: orange}
	return []story{
		{"paul", writer{name: "Paul Delmas", address: "paul.delmas@boite.example", program: outlook}, "Rétractation bracelet, commande 20377", []step{
			mail(due(25*minute), "Madame, Monsieur,\n\nJe renonce à ma commande n° 20377 (bracelet jonc martelé), reçue le {-9}. Comment dois-je le renvoyer et sous quel délai serai-je remboursé ?\n\nPaul Delmas\n4 allée des Tilleuls, 44000 Nantes"),
			give(then(30*minute), sofia),
		}},
		{"nadia", writer{name: "Nadia Kerbouche", address: "nadia.k@courriel.example", program: samsung}, "retour pendentif", []step{
			mail(due(6*hour), "bonsoir ma fille n'aime plus le pendentif etoile (commande 18211) elle l'a pas porté, encore dans la boite. je peux le rendre ou l'échanger contre la lune ? la différence je paye"),
		}},
		{"helene", helene, "remboursement commande 20299", []step{
			mail(ago(10, 1010), "Bonjour\nje vous ai renvoyé la bague 20299 il y a 12 jours, accusé de réception à l'appui. Toujours pas remboursée.\nMme Barbier"),
			answer(then(3*hour), julien, "Bonjour Madame Barbier,\n\nVotre bague est bien arrivée à l'atelier. Le remboursement de 149,00 € part sur la carte qui a servi à l'achat ; comptez qu'il soit sur votre compte le {o5}.\n\nBien à vous,"),
			again(due(-8*hour), "C'est la TROISIEME fois que j'écris. Vous m'aviez donné une date, elle est passée, toujours rien sur mon compte. 149 euros pour vous c'est peut être rien mais pour moi si.\nSans nouvelle de votre part aujourd'hui je laisse un avis partout ou je peux et je saisis le médiateur.\nMme Barbier"),
			give(then(10*minute), julien),
		}},
		{"thomas", writer{name: "Thomas Aubert", address: "thomas.aubert@mail.example", program: iPhone}, "Ce n'est pas la bonne bague", []step{
			{due(90 * minute), writes{files: []file{drawRing()}, text: "Bonjour,\n\nJ'ai commandé la Lila en topaze JAUNE (n° 20409) et j'ai reçu celle de la photo. Elle est jolie mais ce n'est pas ça. Je dois la demande en mariage samedi {samedi}, donc c'est un peu la panique.\n\nThomas"}},
			note(then(20*minute), sofia, "Une topaze jaune en 52 est réservée au coffre, il faut l'accord de Julien pour l'envoyer avant le retour de l'autre."),
		}},
		{"romain", writer{name: "Romain Lacroix", address: "romain.lacroix@courriel.example"}, "Échange de taille, alliance", []step{
			mail(ago(6, 1230), "Bonjour, mon alliance est trop grande, je flotte dedans. Il me faudrait un 60 au lieu du 62. Commande 20344.\n\nRomain"),
			answer(then(2*hour+20*minute), marc, "Bonjour Romain,\n\nL'échange est offert. Glissez l'alliance dans son écrin, collez l'étiquette prépayée que vous trouverez dans votre dossier et déposez le tout dans un bureau de poste avant le {o8}.\n\nLa taille 60 repart de chez nous le jour où nous recevons la première.\n\nÀ bientôt,"),
			again(ago(4, 2015), "Super, je la poste vendredi ou lundi au plus tard. Vous me prévenez quand vous l'avez ?"),
			answer(then(40*minute), marc, "Bonsoir Romain,\n\nOui, je vous écris le jour même.\n\nBonne soirée,"),
			{then(2 * minute), waits{marc}},
			{then(1 * minute), snoozes{marc, ahead(20 * hour)}},
		}},
		{"michael", writer{name: "Michael Chen", address: "m.chen@post.example", english: true}, "Return from Singapore", []step{
			mail(due(7*hour), "Dear Maison Lila,\n\nThe pendant arrived and it's lovely but far smaller than I pictured. I'd like to return it (order 20370, received {-5}). Do I need a customs form so that you are not charged when it comes back?\n\nRegards,\nMichael Chen"),
		}},
		{"gaelle", writer{name: "Gaëlle Le Goff", address: "gaelle.legoff@poste.example", program: laPoste}, "ANNULATION commande 20433", []step{
			mail(due(4*hour+10*minute), "Bonjour\nje me suis trompée d'article, est il encore temps d'annuler la 20433 passée ce matin à 8h ? avant que ca parte\nmerci\nG. Le Goff"),
		}},
		{"pauline", writer{name: "Pauline Roche", address: "pauline.roche@courriel.example"}, "Retour créoles 20390", []step{
			mail(ago(3, 1034), "Bonjour,\n\nLes créoles sont trop lourdes pour moi, je souhaite les renvoyer. Commande 20390.\n\nPauline Roche"),
			answer(then(80*minute), sofia, "Bonjour Pauline,\n\nVotre retour est ouvert sous le numéro R-20390. Renvoyez les créoles avant le {+14} à l'adresse de la boutique, avec le bon joint à votre commande. Le remboursement de 96,00 € part sous 3 jours ouvrés après réception.\n\nBien à vous,"),
			again(due(8*hour), "Bonjour, je ne retrouve pas le bon de retour dans la boîte, vous pouvez me le renvoyer par mail ?"),
		}},
		{"pauline-bureau", writer{name: "Pauline Roche", address: "p.roche@entreprise.example", program: outlook}, "Bon de retour", []step{
			mail(due(8*hour), "Bonjour, je vous écris de mon adresse du bureau, j'ai demandé un bon de retour pour les créoles 20390 depuis mon adresse perso. Vous pouvez l'envoyer ici, j'ai une imprimante.\n\nPauline Roche"),
			{before(8 * minute), merges{sofia, "pauline"}},
		}},
		{"yanis", writer{name: "Yanis Amrani", address: "yanis.amrani@mail.example", program: iPhone}, "Geste commercial ?", []step{
			mail(due(3*hour+40*minute), "Bonjour, la bague de fiançailles est arrivée APRES la demande, j'ai demandé ma copine en mariage avec un papier découpé. On en rigole maintenant mais bon, 480 euros et la livraison express en plus. Vous pouvez faire quelque chose ?"),
			give(then(10*minute), sofia),
			{before(40 * minute), escalates{sofia, "Livraison express en retard de 3 jours pour une demande en mariage : frais d'envoi remboursés (14,90 €) et gravure offerte, d'accord ?"}},
		}},
		{"veuve", writer{name: "Monique Tessier", address: "monique.tessier@poste.example", program: orange}, "Retour hors délai", []step{
			mail(ago(5, 1545), "Bonjour,\nJ'ai acheté une médaille pour mon mari il y a deux mois, il est décédé avant que je la lui donne. Je sais que le délai est passé. Est ce que vous la reprendriez ?\nMme Tessier"),
			{then(30 * minute), escalates{marc, "Retour à 61 jours, médaille non portée, deuil. On reprend ?"}},
			{then(40 * minute), does{julien}},
			note(then(1*minute), julien, "Oui, remboursement complet, et on ne lui demande rien."),
			answer(then(10*minute), marc, "Bonjour Madame Tessier,\n\nToute l'équipe vous présente ses condoléances.\n\nNous reprenons la médaille et vous remboursons 82,00 €. Une enveloppe prépayée part ce jour à votre adresse ; prenez le temps qu'il vous faut.\n\nTrès cordialement,"),
		}},
		{"attestation", writer{name: "Bernard Vidal", address: "b.vidal@poste.example"}, "", []step{
			{ago(1, 1505), contacts{
				by: julien, channel: "counter", promised: promise.Send, title: "Envoyer l'attestation de valeur pour l'assurance", due: ahead(9 * hour),
				text: "M. Vidal est passé avec sa montre à gousset. Il lui faut une attestation de valeur pour son assurance ; je lui envoie par courrier.", answered: false,
			}},
		}},
	}
}
