package desk

import (
	"fmt"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var saveConversation = store.SQL(`
	update conversation set customer_id = $2, subject = $3, snippet = $4, language = $5, state = $6, tray = $7, assignee_id = $8,
		snoozed_until = $9, next_due_at = $10, near_at = $11, next_kind = $12, holding = $13, law = $14,
		reminders = $15, last_message_at = $16, last_message_id = $17, last_in_id = $18, last_out_at = $19,
		acknowledged_at = $20, revision = $21, merged_into = $22, merge_mark_id = $23, language_set = $24, team_id = $25,
		priority = $26, reason_id = $27, product = $28, cause = $29, angry = $30, rank = $31, tags = $32, until_answer = $33, reader_id = $34
	where id = $1`)

// refresh writes a locked conversation back, with what its open promises say:
// each column that a list sorts or filters by (I12).
func (d *Desk) refresh(tx *store.Tx, c *Conversation) error {
	all, err := promise.OpenOf(tx, c.ID)
	if err != nil {
		return fmt.Errorf("promises of conversation %d: %w", c.ID, err)
	}
	open, waits := apart(all)
	c.NextDueAt, c.NearAt, c.NextKind, c.Holding, c.Law, c.Reader = time.Time{}, time.Time{}, "", false, false, 0
	for i, p := range open {
		if i == 0 {
			c.NextDueAt, c.NearAt, c.NextKind = p.DueAt, p.NearAt, p.Kind
		}
		c.Holding = c.Holding || p.Holdings > 0
		if p.Kind == promise.Reading && c.Reader == 0 {
			c.Reader = p.Person
		}
		c.Law = c.Law || (p.Basis != promise.Policy && p.Basis != promise.Word)
	}
	switch {
	case len(open) > 0:
		c.State = StateOpen
	case c.State == StateOpen && c.Tray != TraySort: // what is to be sorted waits for a look
		c.State = StateClosed
	}
	if err := d.endWaits(tx, c, open, waits); err != nil {
		return err
	}
	c.Angry = c.Angry && len(open) > 0
	c.Rank = rankOf(c, open)
	if c.SnoozedUntil.IsZero() {
		c.UntilAnswer = false
	}
	_, err = store.Exec(tx, saveConversation, c.ID, c.Customer, c.Subject, c.Snippet, c.Language, c.State, c.Tray, c.Assignee,
		c.SnoozedUntil, c.NextDueAt, c.NearAt, c.NextKind, c.Holding, c.Law, c.Reminders, c.LastMessageAt,
		c.LastMessage, c.LastIn, c.LastOutAt, c.AcknowledgedAt, c.Revision, c.MergedInto, c.MergeMark, c.LanguageSet, c.Team,
		c.Priority, c.Reason, c.Product, c.Cause, c.Angry, c.Rank, c.Tags, c.UntilAnswer, c.Reader)
	if err != nil {
		return fmt.Errorf("save conversation %d: %w", c.ID, err)
	}
	if c.Tags == 0 {
		return nil
	}
	_, err = store.Exec(tx, saveTagged, c.ID, c.NextDueAt, c.LastMessageAt)
	return err
}

// saveTagged keeps the columns that a list by tag sorts by (I12).
var saveTagged = store.SQL(`update conversation_tag set next_due_at = $2, last_message_at = $3 where conversation_id = $1`)

// The order of a Monday: what the law or money makes urgent, who is angry or
// was put before others, who asked again, then all the rest.
const (
	rankLaw      = 3
	rankAngry    = 2
	rankReminded = 1
)

func rankOf(c *Conversation, open []promise.Promise) int {
	switch {
	case slices.ContainsFunc(open, promise.Promise.Ringing):
		return rankLaw
	case c.Angry || c.Priority > 0:
		return rankAngry
	case c.Reminders > 0:
		return rankReminded
	}
	return 0
}

// apart tells what is owed from what is only waited for: the customer, and
// apart from both somebody inside, who changes nothing of what is owed here.
func apart(all []promise.Promise) (owed, waits []promise.Promise) {
	for _, p := range all {
		switch {
		case p.Kind == promise.Wait:
			waits = append(waits, p)
		case p.Kind.Ours():
			owed = append(owed, p)
		}
	}
	return owed, waits
}

// endWaits: nobody waits for a customer who wrote, or in a conversation that a
// person put away; of two that a merge brought together the earlier goes on.
func (d *Desk) endWaits(tx *store.Tx, c *Conversation, open, waits []promise.Promise) error {
	if c.State == StateWaiting && len(waits) > 0 {
		waits = waits[1:]
	}
	for _, w := range waits {
		if err := d.Ledger.StopWaiting(tx, w, open); err != nil {
			return err
		}
	}
	return nil
}

// Change holds a conversation, lets fn change it and its promises, and writes
// it back with what they say now.
func (d *Desk) Change(tx *store.Tx, c id.Conversation, fn func(c *Conversation) error) (Conversation, error) {
	conv, err := Lock(tx, c)
	if err != nil {
		return conv, err
	}
	if err := fn(&conv); err != nil {
		return conv, err
	}
	err = d.refresh(tx, &conv)
	return conv, err
}
