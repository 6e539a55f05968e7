package demo

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// strikes are the stories of those whose parcel the carrier's strike holds up,
// beside some whose stories are told elsewhere.
func strikes() []story {
	return []story{
		{"greve-ines", writer{name: "Inès Belkacem", address: "ines.belkacem@courriel.example", program: iPhone}, "Colis bloqué ?", []step{
			mail(due(8*hour), "Bonjour, j'ai vu que Colissimo était en grève. Ma commande 20433 est concernée ? Les créoles sont pour mercredi.\n\nInès"),
		}},
		{"greve-paul", writer{name: "Paul Delmas", address: "paul.delmas@poste.example", program: thunderbird}, "Commande 20434", []step{
			mail(due(7*hour+50*minute), "Bonjour,\n\nLe suivi de ma commande 20434 affiche « acheminement perturbé par un mouvement social ». Que dois-je faire ?\n\nPaul Delmas"),
		}},
		{"greve-sans-nom", writer{address: "j.m.1958@boite.example"}, "grève", []step{
			mail(due(8*hour+10*minute), "Bonjour\nMon colis 20435 est bloqué a cause de la grève. Vous pouvez l'envoyer autrement ?"),
		}},
		{"greve-odile", writer{name: "Odile Fontaine", address: "odile.fontaine@mail.example", program: outlook}, "Livraison et grève des transporteurs", []step{
			mail(due(8*hour+20*minute), "Madame, Monsieur,\n\nJ'attends la commande 20436 et la radio parle d'une grève jusqu'à la fin de la semaine. Pourriez-vous me dire à quoi m'en tenir ?\n\nAvec mes remerciements,\nOdile Fontaine"),
		}},
		{"greve-theo", writer{name: "Théo Marchand", address: "theo.marchand@courriel.example", program: iPhone}, "Bague bloquée au dépôt", []step{
			mail(due(8*hour+30*minute), "Salut, mon colis 20437 est bloqué au dépôt avec la grève, je peux passer le chercher moi même ??"),
		}},
	}
}

// concerned are the threads of the incident; one more speaks of it and is for a
// person to find.
var concerned = []string{"greve-ines", "greve-paul", "greve-sans-nom", "greve-odile", "camille", "stephane", "emily", "nathalie"}

// openIncident gathers those whose parcels are held up, and begins their answer.
func (t *telling) openIncident() error {
	julien := t.actor(julien)
	day := func(open time.Duration) time.Time { return t.frame.hours.Add(t.frame.open, open) }
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		made, err := t.Incidents.Open(tx, julien, incident.Input{
			Name: "Grève du transporteur", BeginsAt: t.frame.onDay(2, 9*60), EndsAt: day(24 * time.Hour), Words: "grève, colis bloqué", Hint: true,
			BannerFR: typeset("Une grève chez notre transporteur retarde les livraisons en ce moment. Vos colis sont en sécurité et repartent dès la reprise."),
			BannerEN: "A strike at our carrier delays deliveries at the moment. Your parcels are safe and move on as soon as work resumes.",
		})
		if err != nil {
			return err
		}
		var list []id.Conversation
		for _, name := range concerned {
			list = append(list, t.threads[name].conv)
		}
		if _, err := t.Incidents.Add(tx, julien, made, list); err != nil {
			return err
		}
		text := "<p>Bonjour {{customer.first_name}},</p><p>" + typeset("Une grève chez notre transporteur retient votre colis. Il est en sécurité au dépôt.") + "</p><p>" +
			typeset("Nous le faisons repartir au plus tard le {{date \"3 open_days\"}}. Si vous préférez renoncer à votre commande, un mot suffit.") + "</p>"
		if err := t.Incidents.Write(tx, julien, made, 1, incident.Text{FR: text}); err != nil {
			return err
		}
		return t.Incidents.Edit(tx, julien, made, t.threads["nathalie"].conv, incident.Edit{Excluded: true})
	})
}
