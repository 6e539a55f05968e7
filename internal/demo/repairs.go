package demo

// repairs are the stories of what broke, and of papers.
func repairs() []story {
	stone := drawRing()
	stone.name = "pierres-du-lot.png"
	invoice := pdf("facture-20351.pdf", "Maison Lila", "Facture 20351", "Collier Ondine  118,00 EUR", "dont TVA 20 %  19,67 EUR", "Merci de votre confiance")
	return []story{
		{"sophie", writer{name: "Sophie Marchand", address: "sophie.marchand@boite.example", program: outlook}, "La chaîne s'est cassée, c'est de la pacotille", []step{
			{due(3 * hour), writes{files: []file{inline(drawChain(), "image002@lila")}, text: "Bonjour,\n\nMa chaîne (commande 19902) s'est cassée net en enlevant mon pull, au bout de TROIS MOIS. À 74 euros c'est de la pacotille, franchement j'attendais autre chose d'une maison comme la vôtre.\n\nC'est sous garantie je suppose ? Je ne paierai pas de frais de port.\n\nSophie Marchand"}},
		}},
		{"david", writer{name: "David Brown", address: "david.brown@post.example", program: iPhone, english: true}, "Broken clasp", []step{
			{ago(6, 1045), writes{files: []file{drawChain()}, text: "Hi, the clasp on my daughter's necklace gave way after ten days. Photo attached. Order 20338. Can you repair it?"}},
			late(ago(4, 1615), marc, "Hello David,\n\nI am sorry for the wait, and for the clasp. It is covered: please send the necklace to the address below, we repay the postage (up to €9.00) and it leaves again within five working days.\n\nIf your daughter needs it before, tell me the date and we send a new one first.\n\nKind regards,"),
		}},
		{"jacqueline", writer{name: "Jacqueline Meunier", address: "jacqueline.meunier@poste.example", program: orange}, "pierre perdue", []step{
			mail(ago(1, 1020), "Bonjour Madame,\nLa petite pierre bleue de ma bague est tombée, je l'ai cherchée partout. La bague a 8 mois. Est ce que ca se remplace et à quel prix ?\nJ. Meunier"),
			{then(50 * minute), answers{by: sofia, holding: ahead(6 * hour), text: "Bonjour Madame Meunier,\n\nUne pierre se remplace très bien. Je demande à l'atelier s'il en reste de la même teinte et je vous écris avant le {délai}, avec le délai et le prix, s'il y en a un.\n\nBien à vous,"}},
			{then(10 * minute), asksInside{by: sofia, whom: workshop, question: "Reste-t-il la petite pierre bleue de la bague Myosotis (achetée il y a huit mois), de la même teinte ? Quel délai et quel prix pour la poser ?"}},
			{then(70 * minute), repliesInside{workshop, "Bonjour Sofia,\n\nOui, il m'en reste trois du même lot. Pose en deux jours dès que la bague est ici. À huit mois c'est sous garantie : rien à facturer.\n\nThomas, atelier Rivoire", &stone}},
		}},
		{"patrick", writer{name: "Patrick Olivier", address: "patrick.olivier@mail.example"}, "Mise à taille d'une bague de famille", []step{
			mail(ago(2, 1010), "Bonjour,\n\nFaites-vous la mise à taille d'une bague qui ne vient pas de chez vous (or jaune, ma grand-mère, de 58 à 53) ?\n\nPatrick Olivier"),
			answer(then(2*hour), julien, "Bonjour Monsieur Olivier,\n\nOui, c'est possible, à partir de 45,00 € et en dix jours ouvrés. Il nous faut voir la bague d'abord : cinq tailles en moins, cela dépend de la monture.\n\nPouvez-vous passer en boutique cette semaine, ou préférez-vous nous envoyer une photo ?\n\nBien à vous,"),
			{then(2 * minute), waits{julien}},
		}},
		{"chantal", writer{name: "Chantal Rousseau", address: "chantal.rousseau@boite-pleine.example", program: laPoste}, "Fermoir du bracelet", []step{
			mail(due(100*minute), "Bonjour, le fermoir de mon bracelet s'ouvre tout seul, j'ai failli le perdre deux fois. Que faire ? Commande 20314\nChantal Rousseau"),
			answer(then(30*minute), marc, "Bonjour Madame Rousseau,\n\nNe le portez plus en attendant : le ressort du fermoir est fatigué et se change en deux minutes. Passez en boutique quand vous voulez, ou renvoyez-le, le port est à notre charge.\n\nBien à vous,"),
			{passing(2 * minute), bounces{"5.2.2", "552 5.2.2 Mailbox full"}},
		}},
		{"eric", writer{name: "Éric Chevalier", address: "eric.chevalier@courriel.example", program: thunderbird}, "Garantie montre", []step{
			mail(ago(12, 1105), "Bonjour,\n\nLa montre offerte à mon fils retarde de dix minutes par jour. Elle a onze mois.\n\nÉric Chevalier"),
			{then(2 * hour), answers{by: julien, holding: then(11 * hour), text: "Bonjour Monsieur Chevalier,\n\nElle est sous garantie. Je me renseigne auprès de l'horloger sur le délai et je reviens vers vous avant le {délai}.\n\nBien à vous,"}},
			answer(then(5*hour), julien, "Bonjour Monsieur Chevalier,\n\nL'horloger la prend la semaine prochaine : envoyez-la avant le {o3}, elle vous revient réglée et garantie un an de plus. Rien à payer.\n\nBien à vous,"),
		}},
		{"claire", writer{name: "Claire Besson", address: "c.besson@entreprise.example", program: outlook}, "Facture commande 20351", []step{
			mail(ago(2, 930), "Bonjour,\n\nPouvez-vous m'adresser la facture de la commande 20351 au nom de la société (Besson Conseil, SIRET en signature) ?\n\nClaire Besson"),
			{then(45 * minute), answers{by: marc, file: &invoice, text: "Bonjour Madame Besson,\n\nVoici la facture 20351 en pièce jointe, au nom de Besson Conseil.\n\nBonne journée,"}},
		}},
		{"elodie", writer{name: "Élodie Marty", address: "elodie.marty@courriel.example"}, "Bague achetée en double", []step{
			{due(5*hour + 30*minute), writes{
				files: []file{pdf("facture-20406.pdf", "Maison Lila", "Facture 20406", "Bague Aube  139,00 EUR"), pdf("facture-20407.pdf", "Maison Lila", "Facture 20407", "Bague Aube  139,00 EUR")},
				text:  "Bonjour,\n\nVotre site a buggé au moment du paiement et j'ai été débitée deux fois. J'ai deux factures (jointes) pour la même bague. Je voudrais être remboursée de l'une des deux rapidement, ça me met à découvert.\n\nÉlodie Marty",
			}},
		}},
		{"lucie", writer{name: "Lucie Ferrand", address: "lucie.ferrand@courriel.example"}, "Créole perdue", []step{
			mail(ago(3, 1325), "Bonjour,\n\nJ'ai perdu une de mes créoles torsadées. Vendez-vous la deuxième seule ?\n\nLucie Ferrand"),
			answer(then(2*hour), sofia, "Bonjour Lucie,\n\nOui : une créole torsadée seule coûte 29,00 €, et nous la patinons pour qu'elle ressemble à l'autre. Dites-moi si c'est la droite ou la gauche, le sens de la torsade change.\n\nBien à vous,"),
			{then(2 * minute), waits{sofia}},
		}},
		{"antoine", writer{name: "Antoine Ferrand", address: "antoine.ferrand@entreprise.example", program: outlook}, "Re: Créole perdue", []step{
			{due(4*hour + 50*minute), writes{names: "lucie", text: "Bonjour,\n\nMa femme m'a transféré votre réponse : c'est la gauche. Est-ce que je peux la payer en boutique jeudi ? Je voudrais lui faire la surprise, donc répondez-moi à moi et pas à elle.\n\nAntoine Ferrand"}},
		}},
		{"isabelle", writer{name: "Isabelle Jourdan", address: "isabelle.jourdan@poste.example", program: laPoste}, "Bracelet noirci", []step{
			mail(ago(2, 1730), "Bonjour, mon bracelet en argent est devenu tout noir en deux mois. Je peux passer vous le montrer ?\nIsabelle Jourdan"),
			note(then(2*hour), sofia, "Mme Jourdan est passée : bracelet nettoyé devant elle, ravie."),
			{then(3 * minute), waives{sofia, "Vu en boutique : bracelet nettoyé, la cliente n'attend plus rien."}},
		}},
		{"rouille", writer{name: "Kévin Dubreuil", address: "kevin.dubreuil@mail.example", program: samsung}, "bague qui rouille ??", []step{
			{due(-3 * hour), writes{files: []file{drawRing()}, text: "salut, bague acier achetée chez vous en mai, y a des taches marron dedans. l'acier ca rouille pas normalement non ? photo jointe. je fais quoi"}},
		}},
	}
}
