package shop

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Condition is what a connection or a reconciliation learnt of a mailbox. What
// is zero stays as it was; LastMailAt never goes back.
type Condition struct {
	State      State
	Error      string // belongs to State: "" with a state clears it
	LastMailAt time.Time
	CaughtUpTo time.Time
	CheckedAt  time.Time
	Alarm      *bool
}

var updateCondition = store.SQL(`
	update mailbox set state = $2, error = $3, last_mail_at = $4, caught_up_to = $5, checked_at = $6, alarm = $7 where id = $1`)

// SetState writes what was learnt of a mailbox. An event tells of a new state,
// error or alarm only: the times move with each mail. A paused mailbox stays off.
func (s *Service) SetState(tx *store.Tx, mailbox id.Mailbox, c Condition) error {
	old, found, err := store.Maybe[Mailbox](tx, selectMailboxLocked, mailbox)
	if err != nil || !found {
		return err
	}
	m := old.with(c)
	if m.sameCondition(old) {
		return nil
	}
	if _, err := store.Exec(tx, updateCondition, m.ID, m.State, m.Error, m.LastMailAt, m.CaughtUpTo, m.CheckedAt, m.Alarm); err != nil {
		return err
	}
	if m.State == old.State && m.Error == old.Error && m.Alarm == old.Alarm {
		return nil
	}
	return s.mailboxChanged(tx, m.Shop, m.ID, 0)
}

func (m Mailbox) with(c Condition) Mailbox {
	if c.State != "" && m.Active {
		m.State, m.Error = c.State, c.Error
	}
	if c.LastMailAt.After(m.LastMailAt) {
		m.LastMailAt = c.LastMailAt.Truncate(time.Microsecond)
	}
	if !c.CaughtUpTo.IsZero() {
		m.CaughtUpTo = c.CaughtUpTo
	}
	if !c.CheckedAt.IsZero() {
		m.CheckedAt = c.CheckedAt
	}
	if c.Alarm != nil {
		m.Alarm = *c.Alarm
	}
	return m
}

func (m Mailbox) sameCondition(old Mailbox) bool {
	return m.State == old.State && m.Error == old.Error && m.Alarm == old.Alarm &&
		m.LastMailAt.Equal(old.LastMailAt) && m.CaughtUpTo.Equal(old.CaughtUpTo) && m.CheckedAt.Equal(old.CheckedAt)
}
