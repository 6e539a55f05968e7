package demo

import (
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// noted is what the shop noted of a story's conversation.
type noted struct {
	story   string
	reason  string // of those that every shop begins with
	tags    []string
	atelier bool // given to the workshop's team
	first   bool // before the others
}

var inWords = []noted{
	{story: "camille", reason: "Colis perdu", tags: []string{"Colissimo", "anniversaire"}, first: true},
	{story: "paul", reason: "Rétractation", tags: []string{"bracelet"}},
	{story: "ines", reason: "Question avant achat"},
	{story: "luc", reason: "Question avant achat", tags: []string{"gravure"}, atelier: true},
	{story: "amandine", tags: []string{"gravure", "anniversaire", "Noël"}, atelier: true},
	{story: "sophie", reason: "Défaut ou panne", tags: []string{"chaîne"}, atelier: true},
	{story: "patrick", reason: "Taille", atelier: true},
	{story: "david", reason: "Défaut ou panne", atelier: true},
	{story: "karim", reason: "Colis perdu", tags: []string{"Colissimo"}},
	{story: "stephane", reason: "Où est mon colis"},
	{story: "corinne", tags: []string{"Noël"}},
	{story: "gaelle", reason: "Modifier ou annuler", first: true},
	{story: "nadia", reason: "Remboursement attendu", tags: []string{"Noël"}},
	{story: "carte", reason: "Code ou bon d’achat", tags: []string{"carte cadeau", "Noël"}},
}

// colours of the tags that have one.
var colours = map[string]string{"Colissimo": "blue", "anniversaire": "violet", "Noël": "brick", "gravure": "green"}

// note gives the shop a workshop's team, a field of its own and tags, and puts
// them on conversations of the stories.
func (t *telling) note() error {
	labels := &label.Service{Clock: t.Clock, Events: t.Desk.Desk.Log}
	owner := t.actor(veronica)
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		atelier, err := t.Team.CreateTeam(tx, owner, team.Input{Name: "Atelier", Lead: t.people[sofia], Members: []id.Person{t.people[sofia], t.people[veronica]}})
		if err != nil {
			return err
		}
		_, err = labels.CreateField(tx, owner, label.FieldInput{Name: "Gravure", Kind: label.FieldText})
		if err == nil {
			_, err = labels.CreateField(tx, owner, label.FieldInput{Name: "Métal", Kind: label.FieldChoice, Choices: []string{"or", "argent", "vermeil"}})
		}
		if err != nil {
			return err
		}
		reasons, err := labels.Reasons(tx, owner)
		if err != nil {
			return err
		}
		named := map[string]id.Reason{}
		for _, r := range reasons {
			named[r.Name] = r.ID
		}
		for _, n := range inWords {
			if err := t.noteOne(tx, labels, owner, n, named[n.reason], atelier); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *telling) noteOne(tx *store.Tx, labels *label.Service, by team.Actor, n noted, reason id.Reason, atelier id.Team) error {
	th := t.threads[n.story]
	if th == nil {
		return nil
	}
	d, c := t.Desk.Desk, th.conv
	if reason != 0 {
		if _, err := d.Classify(tx, by, c, desk.Class{Reason: reason}); err != nil {
			return err
		}
	}
	for _, word := range n.tags {
		tag, err := labels.TagNamed(tx, by, word)
		if err != nil {
			return err
		}
		if err := labels.SaveTag(tx, by, tag, label.TagInput{Name: word, Colour: colours[word]}); err != nil {
			return err
		}
		if _, err := d.Tag(tx, by, c, tag, true); err != nil {
			return err
		}
	}
	if n.atelier {
		if _, err := d.AssignTeam(tx, by, c, atelier); err != nil {
			return err
		}
	}
	if !n.first {
		return nil
	}
	_, err := d.Prioritise(tx, by, c, 1)
	return err
}
