package reply

import (
	"fmt"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	// openAlarms are those whose draft is still being written.
	openAlarms = store.SQL(`
		select id, rule, words, person_id from false_alarm where conversation_id = $1 and message_id is null and dropped_at is null`)
	alarmSent    = store.SQL(`update false_alarm set message_id = $2 where id = $1`)
	alarmDropped = store.SQL(`update false_alarm set dropped_at = $2 where id = $1`)
	alarmsBack   = store.SQL(`update false_alarm set message_id = null where conversation_id = $1 and message_id = $2`)
)

// openAlarm is a false alarm of a draft that has not left.
type openAlarm struct {
	ID     id.FalseAlarm `db:"id"`
	Rule   string        `db:"rule"`
	Words  string        `db:"words"`
	Person id.Person     `db:"person_id"`
}

// named tells whether a draft's list of dismissed findings names the alarm: so
// it does where somebody else called it false before the draft was handed over.
func (a openAlarm) named(dismissed []string) bool {
	for _, key := range dismissed {
		words, found := strings.CutPrefix(key, a.Rule+": ")
		if found && (a.Words == "" || cutWords(words) == a.Words) {
			return true
		}
	}
	return false
}

// alarmsOf are those of one draft: what its author called false, and what those
// did who wrote at it before. What a colleague writes beside it is another draft.
func alarmsOf(tx *store.Tx, c id.Conversation, author id.Person, dismissed []string) (list []openAlarm, err error) {
	all, err := store.All[openAlarm](tx, openAlarms, c)
	for _, a := range all {
		if a.Person == author || a.named(dismissed) {
			list = append(list, a)
		}
	}
	return list, err
}

// alarmsLeft links the alarms of a draft to the message that it became. It is
// called before the draft is gone.
func (s *Service) alarmsLeft(tx *store.Tx, by desk.Actor, a Answer, m id.Message) error {
	now, found, err := DraftOf(tx, a.Conversation)
	if err != nil {
		return err
	}
	dismissed := a.Options.Dismissed
	if found && now.Person != by.Person { // the draft there is a colleague's, and stays
		dismissed = nil
	}
	list, err := alarmsOf(tx, a.Conversation, by.Person, dismissed)
	for _, alarm := range list {
		if err == nil {
			_, err = store.Exec(tx, alarmSent, alarm.ID, m)
		}
	}
	if err != nil {
		return fmt.Errorf("alarms of the draft: %w", err)
	}
	return nil
}

// alarmsDropped closes the alarms of a draft that is thrown away: no later
// answer is theirs.
func (s *Service) alarmsDropped(tx *store.Tx, d Draft) error {
	list, err := alarmsOf(tx, d.Conversation, d.Person, d.ReadOptions().Dismissed)
	for _, alarm := range list {
		if err == nil {
			_, err = store.Exec(tx, alarmDropped, alarm.ID, s.Clock.Now())
		}
	}
	if err != nil {
		return fmt.Errorf("alarms of the draft: %w", err)
	}
	return nil
}
