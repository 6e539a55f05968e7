package desk

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var saveConversation = store.SQL(`
	update conversation set customer_id = $2, subject = $3, snippet = $4, language = $5, state = $6, tray = $7, assignee_id = $8,
		snoozed_until = $9, next_due_at = $10, near_at = $11, next_kind = $12, holding = $13, law = $14,
		reminders = $15, last_message_at = $16, last_message_id = $17, last_in_id = $18, last_out_at = $19,
		acknowledged_at = $20, revision = $21, merged_into = $22, merge_mark_id = $23
	where id = $1`)

// refresh writes a locked conversation back, with what its open promises say:
// each column that a list sorts or filters by (I12).
func (d *Desk) refresh(tx *store.Tx, c *Conversation) error {
	open, err := promise.OpenOf(tx, c.ID)
	if err != nil {
		return fmt.Errorf("promises of conversation %d: %w", c.ID, err)
	}
	c.NextDueAt, c.NearAt, c.NextKind, c.Holding, c.Law = time.Time{}, time.Time{}, "", false, false
	for i, p := range open {
		if i == 0 {
			c.NextDueAt, c.NearAt, c.NextKind = p.DueAt, p.NearAt, p.Kind
		}
		c.Holding = c.Holding || p.Holdings > 0
		c.Law = c.Law || (p.Basis != promise.Policy && p.Basis != promise.Word)
	}
	switch {
	case len(open) > 0:
		c.State = StateOpen
	case c.State == StateOpen && c.Tray != TraySort: // what is to be sorted waits for a look
		c.State = StateClosed
	}
	_, err = store.Exec(tx, saveConversation, c.ID, c.Customer, c.Subject, c.Snippet, c.Language, c.State, c.Tray, c.Assignee,
		c.SnoozedUntil, c.NextDueAt, c.NearAt, c.NextKind, c.Holding, c.Law, c.Reminders, c.LastMessageAt,
		c.LastMessage, c.LastIn, c.LastOutAt, c.AcknowledgedAt, c.Revision, c.MergedInto, c.MergeMark)
	if err != nil {
		return fmt.Errorf("save conversation %d: %w", c.ID, err)
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
