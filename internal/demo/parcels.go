package demo

// parcels are the stories of what is on its way, or should be.
func parcels() []story {
	camille := writer{name: "Camille Renaud", address: "camille.renaud@courriel.example"}
	return []story{
		{"camille-taille", camille, "Taille de la bague « Lila »", []step{
			mail(ago(24, 1122), "Bonjour,\n\nJe fais du 54 d'habitude mais j'ai les doigts un peu gonflés le soir. Je prends 54 ou 55 pour la Lila ?\n\nCamille"),
			answer(then(3*hour), marc, "Bonjour Camille,\n\nPrenez votre taille habituelle, le 54 : l'anneau de la Lila est fin (1,8 mm) et ne serre pas. Si elle n'allait pas, l'échange de taille est offert pendant 30 jours.\n\nBelle journée,"),
		}},
		{"camille", camille, "Où est mon colis ?", []step{
			mail(due(-70*minute), "Bonjour,\n\nToujours rien reçu (commande 20418, bague Lila taille 54), et le suivi n'a pas bougé depuis {jour-4}. C'est pour l'anniversaire de ma mère, samedi {samedi}. Est-ce que je l'aurai à temps ? Sinon je veux être remboursée.\n\nCamille Renaud"),
			give(then(20*minute), veronica),
			mail(passing(5*hour), "Je me permets de relancer, le suivi dit toujours « en cours d'acheminement ». J'aimerais juste une réponse svp"),
			note(before(40*minute), marc, "Vu avec Colissimo : introuvable depuis la plateforme de Rungis. Ils ouvrent une enquête, 10 jours. Il reste une Lila en 54 au coffre."),
		}},
		{"karim", writer{name: "Karim Benali", address: "k.benali@boite.example", program: iPhone}, "colis marqué livré mais RIEN recu", []step{
			{due(5 * hour), writes{files: []file{drawLabel()}, text: "Bonjour\n\nLe suivi Chronopost dit livré hier 11h42 \"remis au destinataire\". J'étais au travail, ma voisine n'a rien, le gardien non plus !! Commande 20431, deux boucles d'oreilles, 128 euros quand même.\nJe vous joins l'étiquette que j'avais reçue par mail.\n\nQu'est ce que je fais ?"}},
			give(then(25*minute), sofia),
			{then(5 * minute), asksInside{sofia, carrier, "Le colis de la commande 20431 est marqué remis hier à 11 h 42, le destinataire n'a rien. À qui a-t-il été remis, et pouvez-vous envoyer la preuve de remise ?", then(30 * minute)}},
		}},
		{"nathalie", writer{name: "Nathalie Coste", address: "nathalie.coste@poste.example", program: laPoste}, "Point relais fermé", []step{
			mail(due(6*hour+30*minute), "Bonjour,\nMon colis 20427 est au Mondial Relay de la rue Nationale, sauf que le magasin est fermé pour travaux jusqu'à la fin du mois, c'est écrit sur la porte. Le colis repart dans 8 jours. Pouvez vous le faire envoyer ailleurs ?\nMerci d'avance\nNathalie Coste"),
		}},
		{"stephane", writer{name: "Stéphane Guérin", address: "s.guerin@mail.example", program: outlook}, "Commande 20402 - délai", []step{
			mail(ago(5, 1015), "Bonjour,\n\nJ'ai commandé une chevalière le {-6}, le site annonçait 3 jours. Où en est-on ?\n\nCordialement,\nStéphane Guérin"),
			answer(then(2*hour), sofia, "Bonjour Monsieur Guérin,\n\nVotre chevalière (commande 20402) a quitté l'atelier le {p1}, avec un jour de retard que je vous prie de nous pardonner. Colissimo la livre le {o2}.\n\nVoici le suivi : 8R00420402FR.\n\nBien à vous,"),
			again(due(150*minute), "Bonjour,\n\nToujours rien dans la boîte aux lettres. Le suivi indique « livraison reportée ». Je pars en déplacement, pouvez-vous demander une livraison après le {+4} ?\n\nCordialement,\nStéphane Guérin"),
		}},
		{"corinne", writer{name: "Corinne Maillard", address: "corinne.maillard@boite.example", program: outlook}, "Colis arrivé ouvert", []step{
			{ago(3, 1010), writes{files: []file{inline(drawLabel(), "image001@lila")}, text: "Bonjour,\n\nLe carton est arrivé déchiré sur le côté, l'étiquette est abîmée (photo ci-dessous). Les boucles sont dedans mais l'écrin est écrasé, c'était pour offrir.\n\nCorinne Maillard"}},
			answer(then(90*minute), marc, "Bonjour Madame Maillard,\n\nMerci pour la photo, elle nous suffit : un écrin neuf et son ruban partent aujourd'hui par Colissimo, vous l'aurez le {o2}. Vous n'avez rien à renvoyer.\n\nLes boucles elles-mêmes sont-elles intactes ? Regardez surtout les poussettes, et dites-le-moi d'un mot.\n\nAvec nos excuses,"),
			{then(5 * minute), waits{marc}},
		}},
		{"emily", writer{name: "Emily Carter", address: "emily.carter@post.example", english: true}, "Where is my order?", []step{
			mail(due(5*hour+20*minute), "Hi there,\n\nI ordered the Ondine necklace two weeks ago (order 20388) and the tracking has been stuck on \"departed France\" since {-6}. Could you check with the carrier please? I leave for Canada on Friday week.\n\nMany thanks,\nEmily"),
		}},
		{"florian", writer{name: "Florian Weber", address: "florian.weber@entreprise.example", program: outlook}, "Changement d'adresse commande 20411", []step{
			mail(ago(4, 1640), "Bonjour,\n\nPeut-on livrer la commande 20411 à mon bureau plutôt qu'à la maison ? 8 quai Paul-Bert, 37100 Tours. Je ne suis jamais là aux heures du facteur.\n\nF. Weber"),
			answer(then(35*minute), sofia, "Bonjour Monsieur Weber,\n\nC'est fait : votre commande 20411 part demain matin, le {o1}, vers le 8 quai Paul-Bert. Le numéro de suivi vous parvient au moment de l'envoi.\n\nBonne fin de journée,"),
			{passing(2 * minute), writes{
				replies: true, subject: "Réponse automatique : Commande 20411", header: []string{"Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"},
				text: "Bonjour,\n\nJe suis absent du bureau jusqu'à lundi et lirai votre message à mon retour.\n\nF. Weber",
			}},
		}},
		{"margaux", writer{name: "Margaux Delaunay", address: "margaux.delaunay@courriel.example", program: iPhone}, "Cadeau pour les 30 ans de ma sœur", []step{
			mail(ago(1, 1118), "Bonjour, j'ai commandé le jonc gravé « Juliette » (n° 20424) pour les 30 ans de ma soeur le {+5}. C'est faisable ou je prends autre chose ? Je préfère savoir maintenant plutôt que d'arriver les mains vides :/"),
			give(then(15*minute), marc),
			{then(45 * minute), answers{by: marc, holding: ahead(45 * minute), text: "Bonjour Margaux,\n\nJe demande à l'atelier si la gravure peut passer avant les autres et je vous donne une réponse ferme avant le {délai}. Si c'était trop juste, je vous proposerai un jonc déjà en boutique.\n\nÀ très vite,"}},
			note(before(50*minute), sofia, "L'atelier rappelle ce jour, le graveur est là jusqu'à 17 h."),
		}},
		{"laurence", writer{name: "Laurence Picard", address: "laurence.picard@poste.example", program: thunderbird}, "Colis perdu ?", []step{
			mail(ago(9, 1432), "Bonjour,\n\nMa commande 20361 devait arriver il y a une semaine. Le transporteur me dit de voir avec vous, vous êtes mon seul recours.\n\nL. Picard"),
			answer(then(4*hour), sofia, "Bonjour Madame Picard,\n\nVous avez raison, c'est à nous de nous en occuper. Colissimo ne retrouve pas votre colis ; je ne vous fais pas attendre la fin de leur enquête : un second bracelet part aujourd'hui et arrive le {o2}.\n\nSi vous préférez être remboursée de 74,00 €, dites-le-moi avant ce soir.\n\nBien à vous,"),
			again(ago(7, 930), "Bonjour,\n\nNon non, renvoyez-le, c'est parfait. Faut-il signer quelque chose pour l'enquête ?\n\nL. Picard"),
			answer(then(2*hour), sofia, "Bonjour Madame Picard,\n\nRien à signer, nous nous en chargeons. Votre bracelet est en route : suivi 8R00420361FR, livraison le {o1}.\n\nBelle journée,"),
		}},
		{"gift-uk", writer{name: "Anna Lindqvist", address: "anna.lindqvist@post.example", program: thunderbird, english: true}, "Gift wrap and a handwritten card", []step{
			mail(ago(2, 1905), "Hello,\n\nIs it possible to have order 20429 gift wrapped, with a card in French saying \"Pour tes vingt ans\"? And no prices in the box please.\n\nBest,\nAnna"),
			answer(then(70*minute), veronica, "Hello Anna,\n\nOf course. Your order 20429 will be wrapped in our ivory box with the card \"Pour tes vingt ans\", handwritten, and no price inside.\n\nOne thing before it leaves: which name should we sign the card with?\n\nKind regards,"),
			{then(3 * minute), waits{veronica}},
		}},
		{"douane", writer{name: "Sarah O'Neill", address: "sarah.oneill@post.example", program: iPhone, english: true}, "Customs charge on order 20395", []step{
			mail(due(7*hour+30*minute), "Hi, the courier is asking me for £23.40 customs before they deliver. Your website said all taxes included for the UK. Do I pay it and you refund me, or will you sort it with them? The parcel goes back in 5 days."),
		}},
	}
}

// inline is a picture within the text.
func inline(f file, id string) file {
	f.inline = id
	return f
}
