package incident

import (
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	insertAnswer = store.SQL(`insert into incident_answer (round_id, conversation_id) values ($1, $2) on conflict do nothing`)
	isMember     = store.SQL(`select count(*) from incident_conversation where incident_id = $1 and conversation_id = $2`)
	// What waits or has left is as it was shown; an answer that was called back
	// may be written anew.
	updateAnswer = store.SQL(`
		update incident_answer set state = 'open', why = '', excluded = $3, included = $4, own_html = $5, pass_reason = $6,
			tries = tries + case when state = 'sent' then 1 else 0 end, message_id = null, delivery_id = null
		where round_id = $1 and conversation_id = $2 and (state in ('open', 'left_out')
			or state = 'sent' and exists (select 1 from delivery d where d.id = delivery_id and d.state = 'undone'))`)
)

// Edit is what a person decides about one answer.
type Edit struct {
	OwnHTML    string // "" for the round's text
	Excluded   bool
	Included   bool   // though somebody answered meanwhile
	PassReason string // why a stop of the guard is passed
}

// Edit changes one answer of the newest round, before it leaves. One that was
// left out or called back takes part again.
func (s *Service) Edit(tx *store.Tx, by team.Actor, i id.Incident, c id.Conversation, e Edit) error {
	if _, err := s.own(tx, by, i); err != nil {
		return err
	}
	n, err := store.One[int](tx, isMember, i, c)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Missing("conversation")
	}
	e.PassReason = strings.TrimSpace(e.PassReason)
	if len(e.OwnHTML) > longestText || utf8.RuneCountInString(e.PassReason) > 500 {
		return fault.Wrong("html", "The text is longer than 50,000 characters.")
	}
	r, err := newest(tx, i)
	if err != nil {
		return err
	}
	if _, err := store.Exec(tx, insertAnswer, r.ID, c); err != nil {
		return err
	}
	done, err := store.Exec(tx, updateAnswer, r.ID, c, e.Excluded, e.Included, written(e.OwnHTML), e.PassReason)
	if err != nil {
		return err
	}
	if done == 0 {
		return fault.New(fault.Conflict, "left", "It is about to leave, or has left.")
	}
	return s.changed(tx, by.Person, by.Shop, i, "edited")
}
