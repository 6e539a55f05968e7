package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// telling is a demo shop under way.
type telling struct {
	Desk
	ctx   context.Context //nolint:containedctx // a telling lives no longer than Create
	frame *frame

	shop    id.Shop
	mailbox id.Mailbox
	input   shop.Input
	people  [staffSize]id.Person
	parties [4]id.Party
	threads map[string]*thread

	acknowledging bool
	swept         time.Time
	sent          []string // threads whose answers wait for their time to undo
	sentFirst     time.Time
	sentLast      time.Time
}

// thread is a story as far as it has come.
type thread struct {
	story *story
	conv  id.Conversation
	mails int
	ids   []string
}

const (
	// acknowledgingDays: since when the shop acknowledges.
	acknowledgingDays = 9
	// sweptDays: since when near and broken are told hour by hour; before, only
	// where somebody was late, since the reminders of that time are read.
	sweptDays = 12
	// together: answers written within this time leave by one round.
	together = 4 * time.Minute
)

func (t *telling) tell(beats []beat) error {
	for _, b := range beats {
		if err := t.pass(b); err != nil {
			return err
		}
		th := t.threads[b.thread]
		if th == nil {
			th = &thread{story: b.story}
			t.threads[b.thread] = th
		}
		if err := b.do.run(t, th); err != nil {
			return fmt.Errorf("story %s at %s: %w", b.thread, b.at.Format(time.DateTime), err)
		}
	}
	return nil
}

// pass lets time go by until b: answers leave, clocks turn.
func (t *telling) pass(b beat) error {
	if err := t.deliverBefore(b); err != nil {
		return err
	}
	t.moveTo(b.at)
	if !t.acknowledging && b.at.After(t.frame.onDay(acknowledgingDays, 0)) {
		t.acknowledging = true
		if err := t.switchOn(); err != nil {
			return err
		}
	}
	if b.at.After(t.frame.onDay(sweptDays, 0)) && b.at.Sub(t.swept) > time.Hour {
		return t.sweep()
	}
	return nil
}

// moveTo never goes back: an answer that has just left may stand a few seconds
// after the next beat.
func (t *telling) moveTo(at time.Time) {
	if at.After(t.Clock.Now()) {
		t.Clock.Move(at)
	}
}

func (t *telling) sweep() error {
	t.swept = t.Clock.Now()
	_, err := t.Desk.Desk.Ledger.Sweep(t.ctx, t.DB)
	return err
}

// deliverBefore lets the answers leave that were written before b.
func (t *telling) deliverBefore(b beat) error {
	if len(t.sent) == 0 {
		return nil
	}
	wait := b.at.Sub(t.sentFirst) < together
	for _, s := range t.sent {
		wait = wait && s != b.thread
	}
	if wait {
		return nil
	}
	return t.deliver()
}

func (t *telling) deliver() error {
	if len(t.sent) > 0 {
		t.moveTo(t.sentLast.Add(undoMargin / 2))
	}
	t.sent = nil
	return t.Deliver(t.ctx)
}

// willLeave notes that an answer was written in a thread.
func (t *telling) willLeave(th *thread) {
	now := t.Clock.Now()
	if len(t.sent) == 0 {
		t.sentFirst = now
	}
	t.sent, t.sentLast = append(t.sent, th.story.name), now
}

var readBefore = store.SQL(`select id, last_message_id from conversation where shop_id = $1 and last_message_at < $2 order by id`)

type readRow struct {
	Conversation id.Conversation `db:"id"`
	Message      id.Message      `db:"last_message_id"`
}

// finish brings the clock to now. What is older than the last two open hours
// was read by everybody.
func (t *telling) finish() error {
	if err := t.deliver(); err != nil {
		return err
	}
	t.Clock.Move(t.frame.now)
	if err := t.openIncident(); err != nil {
		return err
	}
	if err := t.note(); err != nil {
		return err
	}
	if err := t.judge(); err != nil {
		return err
	}
	err := t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		rows, err := store.All[readRow](tx, readBefore, t.shop, t.frame.openAgo(2*time.Hour))
		if err != nil {
			return err
		}
		for _, r := range rows {
			for w := range staff {
				if err := t.Desk.Desk.MarkSeen(tx, t.actor(who(w)), r.Conversation, r.Message); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := t.sweep(); err != nil {
		return err
	}
	return t.Deliver(t.ctx)
}

// change runs one of the desk's operations on the thread's conversation.
func (t *telling) change(fn func(tx *store.Tx) (desk.Conversation, error)) error {
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		_, err := fn(tx)
		return err
	})
}

// conversation reads the thread's conversation.
func (t *telling) conversation(th *thread) (c desk.Conversation, err error) {
	err = t.DB.Read(t.ctx, func(tx *store.Tx) error {
		c, err = desk.Get(tx, th.conv)
		return err
	})
	return c, err
}

// key is that of the nth press of a button in a thread.
func (th *thread) key(what string, n int) string {
	return fmt.Sprintf("demo-%s-%s-%d", th.story.name, what, n)
}
