package letters

var (
	firstNames = []string{
		"Camille", "Paul", "Inès", "Hugo", "Léa", "Nadia", "Thomas", "Élodie", "Karim", "Sophie", "Julien", "Manon", "Olivier", "Chloé", "Mehdi",
		"Aurélie", "Bastien", "Fatou", "Guillaume", "Margaux", "Romain", "Yasmine", "Étienne", "Clara", "Denis", "Noémie", "Arnaud", "Solène",
	}
	lastNames = []string{
		"Renaud", "Delmas", "Belkacem", "Garnier", "Fontaine", "Lemoine", "Barbier", "Nguyen", "Charpentier", "Diallo", "Perrin", "Marchand",
		"Leclercq", "Roussel", "Benali", "Vidal", "Caron", "Mercier", "Aubert", "Gauthier", "Poirier", "Hamdi", "Collet", "Tessier",
	}
	subjects = []string{
		"Où est mon colis ?", "Commande %d : bague trop petite", "Échange de la commande %d", "Facture de ma commande %d", "Fermoir cassé",
		"Livraison en retard, commande %d", "Remboursement toujours pas reçu", "Question sur l'entretien de l'argent", "Erreur d'adresse (%d)",
		"Boucle d'oreille perdue pendant le transport", "Cadeau à livrer avant samedi", "Chaîne reçue en double",
	}
	openings = []string{"Bonjour,", "Bonjour Madame, Monsieur,", "Bonsoir,", "Bonjour à toute l'équipe,", "Madame, Monsieur,"}
	closings = []string{"Cordialement,", "Bien à vous,", "Merci d'avance,", "Bonne journée,", "Avec mes remerciements,"}
	// Every sentence may stand beside every other.
	sentences = []string{
		"J'ai passé la commande %d il y a maintenant une dizaine de jours et je n'ai toujours rien reçu.",
		"Le suivi indique que le colis est resté au dépôt de Villeurbanne depuis lundi dernier.",
		"La bague est très jolie, mais la taille 54 est décidément trop petite pour mon annulaire.",
		"Serait-il possible de l'échanger contre la même en taille 56, sans frais supplémentaires ?",
		"Le fermoir du bracelet s'est ouvert tout seul dès le deuxième jour, j'ai failli le perdre.",
		"Vous trouverez ci-dessous l'échange que nous avons eu la semaine passée à ce sujet.",
		"C'est un cadeau pour les soixante ans de ma mère, et la fête a lieu samedi prochain.",
		"Pouvez-vous me confirmer que l'envoi partira bien avant la fin de la semaine ?",
		"J'ai payé 129,00 € par carte et le débit est passé le jour même sur mon compte.",
		"Le livreur a laissé un avis de passage alors que j'étais chez moi toute la matinée.",
		"Au bureau de poste on m'a répondu que le paquet avait déjà été renvoyé à l'expéditeur.",
		"Je préfère de loin un remboursement à un bon d'achat, merci de votre compréhension.",
		"La pierre centrale présente une petite rayure, visible seulement à la lumière du jour.",
		"Ma sœur a la même paire et la sienne n'a pas ce reflet légèrement rosé sur la monture.",
		"Combien de temps faut-il compter pour une réparation dans votre atelier de Lyon ?",
		"J'ai bien lu vos conditions, mais je n'ai pas trouvé la réponse à ma question.",
		"Mon adresse a changé depuis : 14 rue des Tanneurs, 69005 Lyon, deuxième étage à gauche.",
		"Est-ce que l'argent de cette chaîne supporte l'eau de mer, ou vaut-il mieux la retirer ?",
		"Votre collègue m'avait promis un appel mardi, et j'ai attendu en vain toute l'après-midi.",
		"Je reste joignable au 06 12 34 56 78 en dehors des heures de bureau.",
		"La gravure demandée était « Pour toujours », or il manque le « s » à la fin.",
		"Si ce n'est pas possible, dites-le-moi simplement et je renoncerai à l'échange.",
		"Je n'ai reçu aucune facture, ni dans le colis, ni par courrier électronique.",
		"Le paquet est arrivé ouvert, et il manquait l'écrin qui figurait pourtant sur la photo.",
	}
)
