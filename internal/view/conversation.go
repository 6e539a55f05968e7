package view

import (
	"context"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mergesFollowed bounds a chain of merges.
const mergesFollowed = 20

// selectBeside asks at once what most conversations have none of: each further
// statement costs as much as finding one row.
var selectBeside = store.SQL(`
	select (select coalesce(max(id), 0) from message where conversation_id = $1) as newest,
		exists (select 1 from draft where conversation_id = $1) as draft,
		exists (select 1 from suggestion where conversation_id = $1 and state = 'open') as suggestions,
		exists (select 1 from field_value where conversation_id = $1) as fields,
		exists (select 1 from follower where conversation_id = $1 and person_id = $2) as following,
		exists (select 1 from conversation_link where conversation_id = $1)
			or exists (select 1 from conversation_link where other_id = $1) as links`)

// beside is what other tables have of a conversation.
type beside struct {
	Newest      id.Message `db:"newest"`
	Draft       bool       `db:"draft"`
	Suggestions bool       `db:"suggestions"`
	Fields      bool       `db:"fields"`
	Following   bool       `db:"following"`
	Links       bool       `db:"links"`
}

// Conversation reads a conversation as the actor sees it, with the newest
// entries of its timeline. One that was merged away leads to the one it became
// part of. NotFound faults.
func (l *Lists) Conversation(ctx context.Context, by Actor, c id.Conversation) (Conversation, error) {
	var out Conversation
	err := l.look(ctx, by, c, func(r *reading) (err error) {
		if out.Timeline, err = r.timeline(newestEntries); err != nil {
			return err
		}
		out.Head, err = r.head()
		return err
	})
	return out, failed("conversation", err)
}

// Head reads a conversation without its timeline.
func (l *Lists) Head(ctx context.Context, by Actor, c id.Conversation) (Head, error) {
	var out Head
	err := l.look(ctx, by, c, func(r *reading) (err error) {
		out, err = r.head()
		return err
	})
	return out, failed("conversation", err)
}

// Older reads the entries of a timeline before those that gave the cursor.
func (l *Lists) Older(ctx context.Context, by Actor, c id.Conversation, older string) (Timeline, error) {
	var out Timeline
	from, err := readOlder(older)
	if err != nil {
		return out, err
	}
	err = l.look(ctx, by, c, func(r *reading) (err error) {
		out, err = r.timeline(from)
		return err
	})
	return out, failed("timeline", err)
}

// reading is one look at a conversation.
type reading struct {
	*Lists
	house

	tx    *store.Tx
	by    Actor
	now   time.Time
	conv  desk.Conversation
	asked id.Conversation
	// Taken before anything else is read: what happens later is behind it.
	position event.Cursor
	has      beside
	// The customer's newest mail, where the timeline has been read that holds it.
	newestMail *mailRow
}

func (l *Lists) look(ctx context.Context, by Actor, c id.Conversation, fn func(r *reading) error) error {
	now := l.Clock.Now()
	return l.DB.Read(ctx, func(tx *store.Tx) error {
		r := &reading{Lists: l, tx: tx, by: by, now: now, asked: c}
		if err := r.open(); err != nil {
			return err
		}
		return fn(r)
	})
}

func (r *reading) open() (err error) {
	if r.position, err = event.Position(r.tx); err != nil {
		return err
	}
	next := r.asked
	for range mergesFollowed {
		r.conv, err = desk.Get(r.tx, next)
		if err != nil || r.conv.Shop != r.by.Shop {
			return fault.Missing("conversation")
		}
		if next = r.conv.MergedInto; next == 0 {
			break
		}
	}
	r.house, err = r.Lists.house(r.tx, r.by.Shop, r.now)
	return err
}

// head tells everything but the timeline.
func (r *reading) head() (_ Head, err error) {
	c := r.conv
	h := Head{
		ID: c.ID, Number: int64(c.ID), Subject: c.Subject, Channel: c.Channel, State: string(c.State), Tray: string(c.Tray),
		Revision: c.Revision, SnoozedUntil: orNull(c.SnoozedUntil),
	}
	if c.ID != r.asked {
		h.MergedInto = &c.ID
	}
	h.Position = r.position.String()
	h.Mailbox = r.box(c.Mailbox)
	if r.has, err = store.One[beside](r.tx, selectBeside, c.ID, r.by.Person); err != nil {
		return h, err
	}
	h.SeenThrough = r.has.Newest
	for _, step := range []func(*Head) error{
		r.readCustomer, r.readPromises, r.readDraft, r.readSuggestions, r.readPrevious, r.readReply, r.readSignature, r.readAssignee, r.readAttributes,
	} {
		if err := step(&h); err != nil {
			return h, err
		}
	}
	return h, nil
}

func (r *reading) readAssignee(h *Head) error {
	names, err := r.peopleOf([]id.Person{r.conv.Assignee})
	h.Assignee = names.ref(r.conv.Assignee)
	return err
}

// peopleOf names people: those of the house are known, an operator or somebody
// of another shop is asked for.
func (r *reading) peopleOf(ids []id.Person) (people, error) {
	strangers := slices.ContainsFunc(ids, func(p id.Person) bool { return p != 0 && r.names[p] == "" })
	if !strangers {
		return r.names, nil
	}
	return peopleOf(r.tx, ids)
}
