package view

import (
	"context"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mergesFollowed bounds a chain of merges.
const mergesFollowed = 20

var (
	newestMessage = store.SQL(`select coalesce(max(id), 0) from message where conversation_id = $1`)
	selectMailbox = store.SQL(`select id, name, address from mailbox where id = $1 and shop_id = $2`)
	selectShop    = store.SQL(`select name, url, phone, address, logo, timezone from shop where id = $1`)
	selectOwn     = store.SQL(`select address, aliases from mailbox where shop_id = $1`)
)

// Conversation reads a conversation as the actor sees it, with the newest
// entries of its timeline. One that was merged away leads to the one it became
// part of. NotFound faults.
func (l *Lists) Conversation(ctx context.Context, by Actor, c id.Conversation) (Conversation, error) {
	var out Conversation
	err := l.look(ctx, by, c, func(r *reading) (err error) {
		if out.Head, err = r.head(); err != nil {
			return err
		}
		out.Timeline, err = r.timeline(newestEntries)
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
	tx    *store.Tx
	by    Actor
	now   time.Time
	conv  desk.Conversation
	asked id.Conversation
	shop  shopFacts
	own   []string // the shop's own addresses
	zone  *time.Location
}

type shopFacts struct {
	Name     string `db:"name"`
	URL      string `db:"url"`
	Phone    string `db:"phone"`
	Address  string `db:"address"`
	Logo     string `db:"logo"`
	Timezone string `db:"timezone"`
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
	if r.shop, err = store.One[shopFacts](r.tx, selectShop, r.by.Shop); err != nil {
		return err
	}
	r.zone, _ = calendar.LoadLocation(r.shop.Timezone) // nil is UTC
	type addresses struct {
		Address string         `db:"address"`
		Aliases shop.Addresses `db:"aliases"`
	}
	boxes, err := store.All[addresses](r.tx, selectOwn, r.by.Shop)
	for _, b := range boxes {
		r.own = append(append(r.own, b.Address), b.Aliases...)
	}
	return err
}

func (r *reading) head() (Head, error) {
	c := r.conv
	h := Head{
		ID: c.ID, Number: int64(c.ID), Subject: c.Subject, Channel: c.Channel, State: string(c.State), Tray: string(c.Tray),
		Revision: c.Revision, SnoozedUntil: orNull(c.SnoozedUntil),
	}
	if c.ID != r.asked {
		h.MergedInto = &c.ID
	}
	at, err := event.Position(r.tx)
	if err != nil {
		return h, err
	}
	h.Position = at.String()
	for _, step := range []func(*Head) error{
		r.readMailbox, r.readCustomer, r.readPromises, r.readDraft, r.readSuggestions, r.readPrevious, r.readReply, r.readSignature, r.readNewest, r.readAttributes,
	} {
		if err := step(&h); err != nil {
			return h, err
		}
	}
	return h, nil
}

func (r *reading) readMailbox(h *Head) error {
	if r.conv.Mailbox == 0 {
		return nil
	}
	box, found, err := store.Maybe[MailboxRef](r.tx, selectMailbox, r.conv.Mailbox, r.by.Shop)
	if found {
		h.Mailbox = &box
	}
	return err
}

func (r *reading) readNewest(h *Head) (err error) {
	h.SeenThrough, err = store.One[id.Message](r.tx, newestMessage, r.conv.ID)
	if err != nil {
		return err
	}
	names, err := peopleOf(r.tx, []id.Person{r.conv.Assignee})
	h.Assignee = names.ref(r.conv.Assignee)
	return err
}

func (r *reading) isOwn(address string) bool { return slices.Contains(r.own, address) }
