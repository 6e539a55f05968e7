package demo

import (
	"bytes"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
)

// others are the mails that no customer wrote, and what is no mail at all.
func others() []story {
	workshop := writer{name: "Atelier Bréal", address: "atelier@breal-bijoux.example", program: thunderbird}
	carrier := writer{name: "Colissimo Entreprises", address: "ne-pas-repondre@colissimo-pro.example", program: robot}
	shopper := writer{name: "Promo SEO Agency", address: "contact@top-rank.example", program: robot}
	list := []string{"List-Unsubscribe: <mailto:stop@salon-bijou.example>", "Precedence: bulk"}
	return []story{
		{"atelier-1", workshop, "Délai des montures", []step{
			mail(ago(20, 905), "Bonjour Véronica,\n\nLes montures Lila sont prévues pour le {+6}. Pas besoin de me répondre, je t'appelle si ça bouge.\n\nYves, atelier Bréal"),
			{then(30 * minute), putsAway{veronica, desk.TraySort, customer.NeverWaits}},
		}},
		{"atelier-2", workshop, "Montures Lila parties", []step{
			mail(before(3*hour+10*minute), "Bonjour,\n\nLe colis des 24 montures part ce soir, bordereau à suivre.\n\nYves"),
		}},
		{"colissimo-1", carrier, "Bordereau de remise", []step{
			mail(ago(18, 1845), "Votre bordereau du jour est disponible dans votre espace client. Ce message est automatique."),
			{then(20 * minute), putsAway{marc, desk.TraySort, customer.NeverWaits}},
		}},
		{"colissimo-2", carrier, "Bordereau de remise du jour : 11 colis", []step{
			mail(before(110*minute), "11 colis remis ce jour. Votre bordereau est disponible dans votre espace client. Ce message est automatique."),
		}},
		{"colissimo-3", carrier, "Enquête ouverte sur le colis 8R00420418FR", []step{
			mail(before(70*minute), "Une enquête a été ouverte sur le colis 8R00420418FR. Dernier événement : plateforme de Rungis, {-4}. Réponse sous 10 jours. Ce message est automatique."),
		}},
		{"salon", writer{name: "Salon du Bijou", address: "lettre@salon-bijou.example", program: robot}, "Votre badge exposant est ouvert", []step{
			{before(3*hour + 25*minute), writes{
				header: list, text: "Les inscriptions sont ouvertes. Plan du salon, tarifs des stands, conférences.",
				html: "<html><body><table width=\"600\"><tr><td bgcolor=\"#efe6da\"><h1>Salon du Bijou</h1><p>Les inscriptions sont ouvertes. Plan du salon, tarifs des stands, conférences.</p><p><a href=\"https://salon-bijou.example/badge\">Demander mon badge</a></p><img src=\"https://salon-bijou.example/ouvert.gif\" width=\"1\" height=\"1\"></td></tr></table></body></html>",
			}},
		}},
		{"salon-ancien", writer{name: "Salon du Bijou", address: "lettre@salon-bijou.example", program: robot}, "Retour en images", []step{
			{ago(15, 1110), writes{header: list, text: "Le salon en images, merci aux exposants."}},
			{then(2 * hour), sorts{marc}},
		}},
		{"seo", shopper, "First page on search engines GUARANTEED", []step{
			{ago(6, 330), writes{header: []string{"X-Spam-Flag: YES"}, text: "Dear owner, we found 17 errors on your website. We bring you 10,000 visitors a day. Answer YES for a quote."}},
			{ago(6, 940), putsAway{marc, desk.TraySpam, customer.Spam}},
		}},
		{"seo-2", shopper, "Last reminder - errors on your website", []step{
			{ago(2, 410), writes{header: []string{"X-Spam-Flag: YES"}, text: "You did not answer. Your competitors did."}},
		}},
		{"loterie", writer{name: "Service des gains", address: "gains@ticket-or.example", program: robot}, "Vous avez gagné un lingot", []step{
			{before(50 * minute), writes{header: []string{"X-Spam-Flag: YES"}, text: "Félicitation cher gagnant, votre adresse a été tiré au sort. Envoyez vos coordonné pour recevoir votre lingot d'or."}},
		}},
		{"stage", writer{name: "Élise Navarro", address: "elise.navarro@courriel.example"}, "Candidature stage vente", []step{
			{due(7*hour + 10*minute), writes{
				files: []file{pdf("cv-elise-navarro.pdf", "Elise Navarro", "BTS MCO, deuxieme annee", "Stage de six semaines a partir de mars")},
				text:  "Madame, Monsieur,\n\nÉtudiante en BTS, je cherche un stage de vente de six semaines à partir de mars. La bijouterie est un rêve d'enfance. Mon CV est joint.\n\nÉlise Navarro",
			}},
		}},
		{"influence", writer{name: "Lola sparkles", address: "lola@collab-lola.example", program: iPhone}, "Collab ✨", []step{
			mail(ago(3, 1216), "Hello la team ! J'ai 14k abonnés, je vous propose une story contre la bague Lila + le collier. Réponse avant demain svp, j'ai d'autres marques"),
			answer(then(2*hour), veronica, "Bonjour Lola,\n\nMerci d'avoir pensé à nous. Nous ne faisons pas d'échange de ce type, mais notre prêt pour prises de vue est ouvert à tous : 3 jours, contre une caution.\n\nBelle journée,"),
		}},
		{"illisible", writer{}, "", []step{
			{before(2 * hour), arrives{append([]byte{0x89, 0xff, 0x00, 0x1b, 0x00}, bytes.Repeat([]byte{0x00, 0xfe, 0x7f, 0x03}, 180)...)}},
		}},
	}
}
