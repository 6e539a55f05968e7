package demo

// questions are the stories from before the sale.
func questions() []story {
	return []story{
		{"ines", writer{name: "Inès Belkacem", address: "ines.belkacem@courriel.example"}, "Vos bijoux sont-ils vraiment en or ?", []step{
			mail(due(2*hour), "Bonjour,\n\nSur la fiche de la bague « Aube » c'est écrit « or 750 » mais à 139 € j'ai un doute. C'est de l'or massif, du plaqué, du vermeil ? Et est-ce qu'il y a un poinçon ?\n\nMerci\nInès"),
		}},
		{"luc", writer{name: "Luc Aubry", address: "luc.aubry@mail.example", program: thunderbird}, "Gravure au dos du médaillon", []step{
			mail(due(4*hour), "Bonjour,\n\nPeut-on faire graver le médaillon rond au dos ? Il me faudrait « 14.02.1979 - Toujours ». Est-ce que ça rentre, et combien de temps cela prend-il ?\n\nLuc Aubry"),
			give(then(10*minute), marc),
			{then(15 * minute), drafts{marc, "Bonjour Monsieur Aubry,\n\nOui, « 14.02.1979 - Toujours » tient au dos du médaillon rond, sur deux lignes. La gravure prend trois jours ouvrés et coûte 18,00 €.\n\nSouhaitez-vous que nous gravions en anglaise ou en capitales ?"}},
			{before(6 * minute), rereads{marc, veronica}},
		}},
		{"amandine", writer{name: "Amandine Faure", address: "amandine.faure@courriel.example", program: iPhone}, "Gravure en arabe ?", []step{
			mail(due(3*hour+30*minute), "Bonjour ! Est-ce que votre graveur sait écrire en arabe ? C'est un prénom de 5 lettres, je peux vous envoyer un modèle. Pour l'intérieur d'une alliance de 3 mm. Merci beaucoup, Amandine"),
			give(then(10*minute), marc),
			{then(20 * minute), drafts{marc, "Bonjour Amandine,\n\nOui, notre graveur travaille d'après modèle : envoyez-nous le prénom écrit tel que vous le souhaitez, en PDF ou en photo bien nette.\n\nPour une alliance de 3 mm, la hauteur des lettres serait de"}},
		}},
		{"bruno", writer{name: "Bruno Salvat", address: "bruno.salvat@boite.example", program: outlook}, "Délai pour une paire d'alliances", []step{
			mail(due(6*hour+10*minute), "Bonjour,\n\nNous nous marions dans sept semaines. Est-il trop tard pour une paire d'alliances en or blanc, tailles 51 et 61, avec gravure ?\n\nBruno Salvat"),
			{then(30 * minute), answers{by: veronica, sendAt: ahead(4*hour + 20*minute), text: "Bonjour Monsieur Salvat,\n\nNon, ce n'est pas trop tard : comptez quatre semaines de fabrication et trois jours de gravure. En passant commande avant le {o5}, vous aurez vos alliances trois semaines avant la cérémonie.\n\nVoulez-vous que je réserve un rendez-vous en boutique pour l'essayage ?\n\nBien à vous,"}},
		}},
		{"james", writer{name: "James Whitfield", address: "james.whitfield@post.example", english: true}, "Ring size US 7", []step{
			mail(ago(4, 1510), "Hello, I'd like the Aube ring but your sizes are French. My wife is a US 7. What should I order?\n\nJames"),
			answer(then(90*minute), marc, "Hello James,\n\nA US 7 is a French 54 (inner diameter 17.3 mm). If it does not fit, the first exchange is free within 30 days.\n\nKind regards,"),
			again(due(4*hour+40*minute), "Perfect, thank you so much!\n\nJames"),
		}},
		{"laura", writer{name: "Laura Mitchell", address: "laura.mitchell@post.example", program: outlook, english: true}, "Engraving inside a bangle", []step{
			mail(ago(7, 1135), "Good morning,\n\nCould the bangle (ref. JM-12) be engraved on the inside with two dates and a small heart? What would it cost?\n\nLaura Mitchell"),
			answer(then(2*hour), veronica, "Good morning Laura,\n\nYes: two dates and a heart fit easily inside the JM-12. Engraving is €18.00 and takes three working days.\n\nYou can write the text in the \"engraving\" box when you order.\n\nKind regards,"),
		}},
		{"melanie", writer{name: "Mélanie Royer", address: "melanie.royer@courriel.example", program: samsung}, "allergie nickel", []step{
			mail(ago(3, 2125), "bonjour je fais des plaques avec le nickel est ce que les boucles fleur sont sans nickel svp ? meme le clou ?"),
			answer(then(55*minute), sofia, "Bonjour Mélanie,\n\nLes boucles « Fleur » sont en argent 925 sans nickel, clous et poussettes compris ; le certificat de l'atelier est du {-90}. Si votre peau réagissait tout de même, nous les reprenons, portées ou non.\n\nBien à vous,"),
		}},
		{"vasseur", writer{name: "Gérard Vasseur", address: "g.vasseur@poste.example", program: orange}, "poinçon tête d'aigle", []step{
			mail(ago(5, 1100), "Bonjour\nma femme a recu de vous une chaine en or. Je ne vois pas de poinçon tête d'aigle meme à la loupe. Est-ce normal ?\nG. Vasseur"),
			late(ago(3, 1640), julien, "Bonjour Monsieur Vasseur,\n\nPardonnez cette réponse tardive, j'ai voulu vérifier à l'atelier. Votre chaîne pèse 2,6 g : en dessous de 3 g, le poinçon de l'État n'est pas obligatoire, seul figure celui du fabricant, un losange près du fermoir.\n\nElle est bien en or 750 ; je vous en envoie le certificat par courrier le {o1}.\n\nBien à vous,"),
		}},
		{"aurelie", writer{name: "Aurélie Fontanel", address: "aurelie.fontanel@entreprise.example", program: outlook}, "Six bracelets pour un mariage", []step{
			mail(ago(2, 1710), "Bonjour,\n\nJe marie ma sœur en juin et je cherche six bracelets identiques pour les témoins, gravés d'une initiale chacun. Faites-vous un tarif ? Peut-on voir un modèle avant ?\n\nAurélie Fontanel"),
			answer(then(3*hour), veronica, "Bonjour Aurélie,\n\nAvec plaisir. Pour six bracelets « Fil » gravés, je vous propose 39,00 € pièce au lieu de 46,00 €, gravure comprise, et un premier exemplaire à voir avant de lancer les cinq autres.\n\nQuelle longueur de poignet dois-je prévoir, et quelle est la date du mariage ?\n\nBien à vous,"),
			again(due(5*hour+50*minute), "Bonjour Véronica,\n\nC'est d'accord pour le prix. Mariage le 12 juin, poignets entre 15 et 17 cm. Est-ce que je dois payer un acompte pour l'exemplaire ?\n\nAurélie"),
			give(then(5*minute), veronica),
		}},
		{"code", writer{name: "Jessica Morand", address: "jess.morand@courriel.example", program: iPhone}, "code promo marche pas", []step{
			mail(due(7*hour+50*minute), "Coucou, le code BIENVENUE10 marche pas sur mon panier alors que c'est ma 1ere commande ??? j'ai essayé 4 fois. du coup j'ai pas commandé"),
		}},
		{"carte", writer{name: "Denis Hamon", address: "denis.hamon@mail.example"}, "Carte cadeau jamais arrivée", []step{
			mail(due(6*hour+45*minute), "Bonjour,\n\nJ'ai acheté hier une carte cadeau de 80 € pour ma nièce, elle n'a rien reçu, ni dans les indésirables. Pouvez-vous la renvoyer à son adresse ? lea.hamon@courriel.example\n\nDenis Hamon"),
		}},
		{"longueur", writer{name: "Sylvie Garnier"}, "", []step{
			{before(150 * minute), contacts{
				by: sofia, channel: "phone", phone: "06 12 44 08 31", promised: "call_back", title: "Rappeler Mme Garnier : longueur de chaîne", due: ahead(35 * minute),
				text: "Mme Garnier cherche la longueur de chaîne pour une enfant de 9 ans (communion). 36 ou 38 cm ? Je mesure sur le buste et je la rappelle.",
			}},
		}},
		{"stock", writer{name: "Olivier Prat", address: "olivier.prat@boite.example"}, "La Lila en 49, un jour ?", []step{
			mail(ago(8, 1930), "Bonjour, la Lila n'existe pas en 49 sur le site. C'est prévu ?"),
			answer(then(1*hour), sofia, "Bonjour Monsieur Prat,\n\nNous la faisons en 49 sur commande, au même prix, en douze jours ouvrés. Si vous la commandez en 50, notez « taille 49 » dans le champ de message et je m'en occupe.\n\nBien à vous,"),
			again(passing(50*minute), "Merci beaucoup, c'est noté !"),
			{then(30 * minute), waives{sofia, "courtesy"}},
		}},
	}
}
