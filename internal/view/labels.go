package view

import (
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// TeamRef names a team.
type TeamRef struct {
	ID   id.Team `json:"id" db:"id"`
	Name string  `json:"name" db:"name"`
}

// ReasonRef names a reason for contact.
type ReasonRef struct {
	ID   id.Reason `json:"id" db:"id"`
	Name string    `json:"name" db:"name"`
}

// TagRef names a tag.
type TagRef struct {
	ID     id.Tag `json:"id" db:"id"`
	Name   string `json:"name" db:"name"`
	Colour string `json:"colour" db:"colour" doc:"Name of a colour; empty for none"`
}

// labels are the shop's words on a page of conversations.
type labels struct {
	teams   map[id.Team]string
	reasons map[id.Reason]string
	tags    map[id.Conversation][]TagRef
}

type taggedRow struct {
	Conversation id.Conversation `db:"conversation_id"`
	ID           id.Tag          `db:"id"`
	Name         string          `db:"name"`
	Colour       string          `db:"colour"`
}

// labelsOf reads them, one question a kind and page, and none where no row has any.
func labelsOf(tx *store.Tx, page []conversation) (l labels, err error) {
	if l.teams, err = teamsOf(tx, distinct(page, func(c conversation) id.Team { return c.Team })); err != nil {
		return l, err
	}
	reasons, err := byIDs[ReasonRef](tx, `select id, name from reason where id in `,
		distinct(page, func(c conversation) id.Reason { return c.Reason }), ``)
	if err != nil {
		return l, err
	}
	l.reasons = make(map[id.Reason]string, len(reasons))
	for _, r := range reasons {
		l.reasons[r.ID] = r.Name
	}
	l.tags, err = tagsOf(tx, distinct(page, func(c conversation) id.Conversation {
		if c.Tags == 0 {
			return 0
		}
		return c.ID
	}))
	return l, err
}

func tagsOf(tx *store.Tx, ids []id.Conversation) (map[id.Conversation][]TagRef, error) {
	tagged, err := byIDs[taggedRow](tx, `
		select ct.conversation_id, t.id, t.name, t.colour from conversation_tag ct join tag t on t.id = ct.tag_id
		where ct.conversation_id in `, ids, ` order by ct.conversation_id, t.folded`)
	out := make(map[id.Conversation][]TagRef, len(ids))
	for _, t := range tagged {
		out[t.Conversation] = append(out[t.Conversation], TagRef{t.ID, t.Name, t.Colour})
	}
	return out, err
}

func teamsOf(tx *store.Tx, ids []id.Team) (map[id.Team]string, error) {
	found, err := byIDs[TeamRef](tx, `select id, name from team where id in `, ids, ``)
	out := make(map[id.Team]string, len(found))
	for _, t := range found {
		out[t.ID] = t.Name
	}
	return out, err
}

func (l labels) team(t id.Team) *TeamRef {
	if t == 0 {
		return nil
	}
	return &TeamRef{t, l.teams[t]}
}

func (l labels) reason(r id.Reason) *ReasonRef {
	if r == 0 {
		return nil
	}
	return &ReasonRef{r, l.reasons[r]}
}

func (l labels) tagsOf(c id.Conversation) []TagRef { return append([]TagRef{}, l.tags[c]...) }
