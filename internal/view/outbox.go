package view

import (
	"context"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Outgoing is a mail of ours with how it fares.
type Outgoing struct {
	Delivery     Delivery         `json:"delivery"`
	Conversation *ConversationRef `json:"conversation" doc:"null for mail to the team"`
	To           string           `json:"to" doc:"Who it is to, in one line"`
	Subject      string           `json:"subject"`
	Text         string           `json:"text" doc:"What its author wrote; empty for mail to the team"`
	At           time.Time        `json:"at" doc:"When it was written"`
	Kind         string           `json:"kind" enum:"answer,assistant,acknowledgement,legal_receipt,notice,system"`
}

// ConversationRef names a conversation.
type ConversationRef struct {
	ID      id.Conversation `json:"id" db:"id"`
	Number  int64           `json:"number"`
	Subject string          `json:"subject" db:"subject"`
}

const (
	outgoing       = `select ` + delivery.Columns + ` from delivery where shop_id = $1 and id < $2`
	newestOutgoing = ` order by id desc limit $3`
)

// outboxes are the lists of the outbox by the word that people see.
var outboxes = map[string]store.Statement{
	"all":       store.SQL(outgoing + newestOutgoing),
	"held":      outbox("held"),
	"local":     outbox("local"),
	"failed":    outbox("hard"),
	"uncertain": outbox("uncertain"),
}

func outbox(state string) store.Statement {
	return store.SQL(outgoing + ` and state = '` + state + `' and state in ('local', 'hard', 'uncertain', 'held')` + newestOutgoing)
}

// Outbox reads a page of a shop's outgoing mail, newest first; state is all,
// held, local, failed or uncertain. Invalid faults: state, cursor.
func (l *Lists) Outbox(ctx context.Context, shop id.Shop, state, cursor string, limit int) (Page[Outgoing], error) {
	page := Page[Outgoing]{Items: []Outgoing{}}
	list, ok := outboxes[state]
	if !ok {
		return page, wrong("state", "The outbox shows all, held, local, failed or uncertain.")
	}
	from, err := readCursor("outbox "+state, cursor, true)
	if err != nil {
		return page, err
	}
	limit = bounded(limit)
	now := l.Clock.Now()
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		page.Position = at.String()
		found, err := store.All[delivery.Delivery](tx, list, shop, from.id, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = place{0, int64(found[limit-1].ID)}.cursor("outbox " + state)
		}
		page.Items, err = outgoingOf(tx, found, now)
		return err
	})
	return page, failed("outbox", err)
}

type bodyRow struct {
	ID   id.Message `db:"id"`
	Body string     `db:"body"`
}

func outgoingOf(tx *store.Tx, found []delivery.Delivery, now time.Time) ([]Outgoing, error) {
	told, err := deliveriesOf(tx, found, now)
	if err != nil {
		return nil, err
	}
	refs, err := byIDs[ConversationRef](tx, `select id, subject from conversation where id in `,
		distinct(found, func(d delivery.Delivery) id.Conversation { return d.Conversation }), ``)
	if err != nil {
		return nil, err
	}
	bodies, err := byIDs[bodyRow](tx, `select id, body from message where id in `,
		distinct(found, func(d delivery.Delivery) id.Message { return d.Message }), ``)
	if err != nil {
		return nil, err
	}
	out := make([]Outgoing, len(found))
	for i, d := range found {
		out[i] = Outgoing{Delivery: told[i], To: line(told[i].Recipients), Subject: d.Subject, At: d.CreatedAt, Kind: string(d.Kind)}
		for _, c := range refs {
			if c.ID == d.Conversation {
				c.Number = int64(c.ID)
				out[i].Conversation = &c
			}
		}
		for _, b := range bodies {
			if b.ID == d.Message {
				out[i].Text = b.Body
			}
		}
	}
	return out, nil
}

func line(to []Recipient) string {
	all := make([]string, len(to))
	for i, r := range to {
		all[i] = r.Address
	}
	return strings.Join(all, ", ")
}

var selectRaw = store.SQL(`select raw, kind from delivery where id = $1 and shop_id = $2`)

// OutboxRaw finds the bytes of an outgoing mail. Mail to the team carries
// passwords' resets and invitations, so that only who manages people reads it.
// NotFound and Forbidden faults.
func (l *Lists) OutboxRaw(ctx context.Context, by Actor, d id.Delivery) (blob.Hash, error) {
	type rawRow struct {
		Raw  blob.Hash     `db:"raw"`
		Kind delivery.Kind `db:"kind"`
	}
	var out rawRow
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		found, ok, err := store.Maybe[rawRow](tx, selectRaw, d, by.Shop)
		switch {
		case err != nil:
			return err
		case !ok:
			return fault.Missing("delivery")
		case found.Kind == delivery.System:
			err = by.Need(team.SettingsPeople)
		}
		if err == nil {
			out = found
		}
		return err
	})
	return out.Raw, failed("outgoing mail", err)
}
