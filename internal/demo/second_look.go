package demo

import (
	"errors"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// secondLooks are the stories of answers of which the guard said something that
// their author saw otherwise.
func secondLooks() []story {
	parcel := "Bonjour Madame Marin,\n\nVotre commande 20416 part demain, le {o1}. Vous trouverez le certificat de l'atelier en pièce jointe, sous le ruban de l'écrin.\n\nBien à vous,"
	sizes := "Bonjour Karine,\n\nVous pouvez garder la 53. Si vous aviez pris la 54, elle vous irait aussi : l'anneau ouvert de la « Brise » se règle d'une taille dans les deux sens.\n\nBelle journée,"
	tag := "Hello Owen,\n\nPlease find attached to the chain a small silver tag: the hallmark number on it is the one that your insurer asks for.\n\nKind regards,"
	news := "Bonjour Monsieur Colin,\n\nVotre colis 20419 part demain, le {o1}. Nous vous tiendrons au courant par le suivi Colissimo.\n\nBien à vous,"
	return []story{
		{"certificat", writer{name: "Odette Marin", address: "odette.marin@poste.example", program: laPoste}, "Certificat de la bague", []step{
			mail(ago(2, 1015), "Bonjour,\nLe certificat d'authenticité vient-il avec la bague (commande 20416) ou faut-il le demander ?\nOdette Marin"),
			{then(40 * minute), doubts{sofia, parcel, "attachment_missing"}},
			{then(2 * minute), answers{by: sofia, text: parcel, pass: "Le certificat est dans l'écrin, pas dans ce mail."}},
		}},
		{"karine", writer{name: "Karine Lebrun", address: "karine.lebrun@courriel.example", program: iPhone}, "53 ou 54 ?", []step{
			mail(ago(2, 1440), "Bonjour, la bague Brise en 53 me va mais je la sens un peu. Fallait-il prendre la 54 ?\nKarine"),
			{then(30 * minute), doubts{marc, sizes, "anger"}},
			{then(2 * minute), answers{by: marc, text: sizes}},
		}},
		{"owen", writer{name: "Owen Hughes", address: "owen.hughes@post.example", program: outlook, english: true}, "Hallmark number for my insurer", []step{
			mail(ago(1, 1010), "Hello,\n\nMy insurer asks for the hallmark number of the chain (order 20397). Where do I find it?\n\nOwen Hughes"),
			{then(50 * minute), answers{by: marc, text: tag, pass: "L'étiquette tient à la chaîne, il n'y a rien à joindre au mail."}},
		}},
		{"colin", writer{name: "Rémi Colin", address: "remi.colin@boite.example"}, "Quand part ma commande 20419 ?", []step{
			mail(ago(3, 1120), "Bonjour,\n\nMa commande 20419 est payée depuis {jour-2}, quand part-elle ?\n\nRémi Colin"),
			{then(45 * minute), doubts{sofia, news, "promise_unconfirmed"}},
			{then(2 * minute), answers{by: sofia, text: news}},
		}},
	}
}

// doubts calls what the guard says of a draft a false alarm.
type doubts struct {
	by         who
	text, rule string
}

func (a doubts) run(t *telling, th *thread) error {
	conv, err := t.conversation(th)
	if err != nil {
		return err
	}
	draft := reply.Answer{Conversation: th.conv, SeenThrough: conv.LastMessage, HTML: paragraphs(t.words(a.text), conv.Language)}
	read, err := t.Reply.Check(t.ctx, t.actor(a.by), draft)
	if err != nil {
		return err
	}
	for _, f := range read.Findings {
		if f.Rule == a.rule {
			return t.Reply.FalseAlarm(t.ctx, t.actor(a.by), draft, f.Key())
		}
	}
	return fmt.Errorf("the guard's rule %s is silent", a.rule)
}

// A hundred answers with a link would have to be told for a rule to step back.
var stepBack = store.SQL(`
	insert into guard_rule (shop_id, rule, step, counted_from, wrong, firings) values ($1, 'dead_link', 1, $2, 4, 131)`)

// judge has the lead judge one of the false alarms, and a rule step back.
func (t *telling) judge() error {
	told, err := t.Reply.Alarms(t.ctx, t.shop)
	if err != nil {
		return err
	}
	julien := t.actor(julien)
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		for _, a := range told.Alarms {
			if a.Conversation != t.threads["colin"].conv {
				continue
			}
			if err := t.Reply.Judge(tx, julien, a.ID, reply.RuleRight); err != nil {
				return err
			}
			if _, err := store.Exec(tx, stepBack, t.shop, t.frame.onDay(1, 18*60)); err != nil {
				return err
			}
			if err := t.Desk.Desk.NoticeLeads(tx, t.shop, a.Conversation, desk.NoticeRuleDemoted, "dead_link 4 131"); err != nil {
				return err
			}
			back := event.Event{Shop: t.shop, Kind: event.GuardDemoted}
			return t.Desk.Desk.Log.Append(tx, back.With(map[string]any{"rule": "dead_link", "step": 1, "wrong": 4, "firings": 131}))
		}
		return errors.New("nobody called an alarm false")
	})
}
