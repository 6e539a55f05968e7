package demo

// regulars are customers of the last three months who want nothing today.
var regulars = []writer{
	{name: "Agnès Tellier", address: "agnes.tellier@poste.example", program: orange},
	{name: "Baptiste Noël", address: "baptiste.noel@courriel.example"},
	{name: "Damien Leroux", address: "damien.leroux@entreprise.example", program: outlook},
	{name: "Fatou Diallo", address: "fatou.diallo@courriel.example", program: samsung},
	{name: "Jean-Marc Pujol", address: "jm.pujol@poste.example", program: laPoste},
	{name: "Khadija El Idrissi", address: "khadija.elidrissi@courriel.example", program: iPhone},
	{name: "Oliver Hughes", address: "oliver.hughes@post.example", english: true},
	{name: "Solène Kervella", address: "solene.kervella@boite.example", program: thunderbird},
	{name: "Zoé Blanchard", address: "zoe.blanchard@courriel.example"},
}

// matter is a question with its answer.
type matter struct{ about, question, answer string }

var frenchMatters = []matter{
	{
		"Suivi de ma commande {cde}", "Bonjour,\n\nJe n'ai pas reçu le numéro de suivi de la commande {cde}. Est-elle partie ?\n\n{nom}",
		"Bonjour {prénom},\n\nVotre commande {cde} est partie le {p1} par Colissimo. Le suivi est le 8R000{cde}FR, la livraison prévue le {o2}.\n\nBelle journée,",
	},
	{
		"Taille de bague", "Bonjour, comment connaître ma taille sans passer chez un bijoutier ?",
		"Bonjour {prénom},\n\nEntourez votre doigt d'une bande de papier, mesurez en millimètres : ce chiffre est votre taille. 54 mm donnent un 54. Mesurez le soir, les doigts sont un peu plus forts.\n\nBien à vous,",
	},
	{
		"Or ou plaqué ?", "Bonjour\nla chaine maille anglaise est-elle en or massif ?\nmerci",
		"Bonjour {prénom},\n\nElle est en plaqué or de 3 microns sur argent 925. Le modèle en or 750 existe aussi, à 219,00 €.\n\nBien à vous,",
	},
	{
		"Gravure", "Bonjour,\n\nCombien de caractères peut-on graver dans un jonc de 4 mm ?\n\n{nom}",
		"Bonjour {prénom},\n\nJusqu'à 25 caractères, espaces compris, en deux écritures au choix. La gravure coûte 15,00 € et ajoute trois jours ouvrés.\n\nBien à vous,",
	},
	{
		"Retour commande {cde}", "Bonjour, je souhaite renvoyer la commande {cde}, elle ne me va pas au teint.",
		"Bonjour {prénom},\n\nVotre retour est ouvert sous le numéro R-{cde}. Vous pouvez renvoyer le bijou jusqu'au {+14} ; le remboursement part sous trois jours ouvrés après réception, par le moyen qui a servi à payer.\n\nBien à vous,",
	},
	{
		"Fermoir cassé", "Bonjour,\nle fermoir de mon bracelet a lâché ce matin, commande {cde}. Est-ce réparable ?",
		"Bonjour {prénom},\n\nOui, et sous garantie. Renvoyez-le nous, le port vous est remboursé ; il repart de l'atelier cinq jours ouvrés après son arrivée, soit vers le {o8}.\n\nBien à vous,",
	},
	{
		"Facture {cde}", "Bonjour,\n\nMerci de m'envoyer la facture de la commande {cde}.\n\nCordialement,\n{nom}",
		"Bonjour {prénom},\n\nVotre facture se télécharge dans votre compte, rubrique « Mes commandes ». Je vous l'ai aussi envoyée à l'instant.\n\nBonne journée,",
	},
	{
		"Erreur dans ma commande", "Bonjour, j'ai reçu un collier au lieu du bracelet (commande {cde}). Que dois-je faire ?",
		"Bonjour {prénom},\n\nL'erreur est de notre fait. Le bon bracelet part aujourd'hui et arrive le {o2} ; une étiquette prépayée pour le collier est dans le colis.\n\nAvec nos excuses,",
	},
	{
		"Cadeau pour le {+9}", "Bonjour, si je commande aujourd'hui, est-ce que je l'ai pour le {+9} ? C'est pour un anniversaire.",
		"Bonjour {prénom},\n\nOui : en commandant avant demain midi, votre colis arrive le {o3}. Nous pouvons l'emballer, c'est offert.\n\nBien à vous,",
	},
	{
		"Remboursement en attente", "Bonjour,\nVous avez bien reçu mon retour {cde} mais je n'ai pas vu le remboursement.\n{nom}",
		"Bonjour {prénom},\n\nLe remboursement de votre commande {cde} a été fait le {p1}. Selon les banques il apparaît en deux à trois jours, donc le {o3} au plus tard.\n\nBien à vous,",
	},
	{
		"Entretien de l'argent", "Bonjour, ma bague noircit, est-ce normal et comment la nettoyer ?",
		"Bonjour {prénom},\n\nL'argent s'oxyde à l'air, c'est normal. Un chiffon doux suffit, ou dix minutes dans de l'eau tiède savonneuse. Nous la polissons aussi en boutique, sans frais.\n\nBien à vous,",
	},
	{
		"Point relais", "Bonjour, peut on changer le point relais de la commande {cde} ? le mien ferme a 17h",
		"Bonjour {prénom},\n\nC'est fait : votre colis {cde} ira au Mondial Relay de la gare, ouvert jusqu'à 20 h. Vous recevez un message à son arrivée, le {o2}.\n\nBonne journée,",
	},
	{
		"Pierre de naissance", "Bonjour, quelle est la pierre du mois de mars ? Et en avez-vous en pendentif ?",
		"Bonjour {prénom},\n\nL'aigue-marine. Nous l'avons en pendentif goutte, sur chaîne de 42 cm, à 89,00 €.\n\nBien à vous,",
	},
	{
		"Paiement refusé", "Bonjour, ma carte est refusée alors que mon compte est approvisionné. C'est vous ou ma banque ?",
		"Bonjour {prénom},\n\nC'est le plafond de paiement de la carte, d'après le message reçu. Vous pouvez le relever auprès de votre banque, ou payer par virement : je réserve votre panier jusqu'au {o2}.\n\nBien à vous,",
	},
	{
		"Boucle d'oreille perdue", "Bonjour,\n\nPeut-on racheter une seule boucle ?\n\n{nom}",
		"Bonjour {prénom},\n\nOui, la moitié du prix de la paire. Dites-moi le modèle et s'il s'agit de la droite ou de la gauche.\n\nBien à vous,",
	},
	{
		"Réparation hors garantie", "Bonjour, faites-vous le rhodiage d'une bague en or blanc qui jaunit ?",
		"Bonjour {prénom},\n\nOui, pour 35,00 €, en quatre jours ouvrés. Vous pouvez la déposer en boutique ou l'envoyer en valeur déclarée.\n\nBien à vous,",
	},
	{
		"Carte cadeau", "Bonjour, quelle est la durée de validité d'une carte cadeau ? La mienne date de l'an dernier.",
		"Bonjour {prénom},\n\nDeux ans à partir de l'achat. La vôtre vaut donc encore, et s'utilise en plusieurs fois.\n\nBien à vous,",
	},
	{
		"Longueur de chaîne", "Bonjour\nle collier 42 cm tombe ou exactement ?",
		"Bonjour {prénom},\n\nÀ la base du cou, juste sous les clavicules. Le 45 cm descend trois doigts plus bas, il va mieux sur un col rond.\n\nBien à vous,",
	},
	{
		"Livraison en Belgique", "Bonjour, livrez-vous à Liège et à quel tarif ?",
		"Bonjour {prénom},\n\nOui, par Mondial Relay pour 6,90 € en trois jours ouvrés, ou à domicile pour 11,90 €. Offert dès 120,00 € d'achat.\n\nBien à vous,",
	},
}

var englishMatters = []matter{
	{
		"Order {cde}", "Hello, has my order {cde} shipped yet?\n\n{nom}",
		"Hello {prénom},\n\nYes, your order {cde} left on {p1} and should reach you by {o4}. The tracking number is 8R000{cde}FR.\n\nKind regards,",
	},
	{
		"Silver or steel?", "Hello,\n\nIs the Ondine pendant sterling silver or steel? My skin is fussy.\n\n{nom}",
		"Hello {prénom},\n\nIt is sterling silver (925) without nickel, and so is its chain. If your skin disagrees all the same, we take it back, worn or not.\n\nKind regards,",
	},
	{
		"Opening hours", "Hi, are you open on Monday? I am in Tours for one day only.",
		"Hello {prénom},\n\nOn Mondays we open from 2 pm to 6.30 pm; from Tuesday to Saturday, 9.30 am to 12.30 pm as well.\n\nSee you soon,",
	},
	{
		"Chain length", "Hi, what length would you recommend for a teenager?",
		"Hello {prénom},\n\nWe suggest 42 cm: it sits at the base of the neck and can be worn for years.\n\nKind regards,",
	},
}

var followUps = []matter{
	{question: "Bonjour,\n\nD'accord, et si je passe en boutique, faut-il prendre rendez-vous ?", answer: "Bonjour {prénom},\n\nSans rendez-vous, aux heures d'ouverture. Demandez-moi, je serai là.\n\nÀ bientôt,"},
	{question: "Une dernière question : y a-t-il des frais de port pour le retour ?", answer: "Bonjour {prénom},\n\nNon, l'étiquette prépayée les couvre.\n\nBien à vous,"},
	{question: "C'est compris. Vous me confirmez quand c'est fait ?", answer: "Bonjour {prénom},\n\nC'est confirmé, tout est en ordre depuis ce matin, le {-0}.\n\nBonne journée,"},
}

var courtesies = []string{"Merci beaucoup !", "Parfait, merci pour votre réponse.", "Merci pour votre aide, bonne journée", "Super, merci"}
