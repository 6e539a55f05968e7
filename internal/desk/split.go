package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mostSplit bounds how many messages one gesture moves: the transaction is short.
const mostSplit = 200

type splitRow struct {
	ID         id.Message  `db:"id"`
	Direction  Direction   `db:"direction"`
	Kind       Kind        `db:"kind"`
	Customer   id.Customer `db:"customer_id"`
	From       string      `db:"from_address"`
	Recipients string      `db:"recipients"`
	Subject    string      `db:"subject"`
	Key        string      `db:"rfc_message_id"`
	ArrivedAt  time.Time   `db:"arrived_at"`
}

func (r splitRow) spoken() bool { return r.Direction == In || r.Direction == Out }

var (
	selectSplit = store.SQL(`
		select id, direction, kind, customer_id, from_address, recipients, subject, rfc_message_id, arrived_at
		from message where conversation_id = $1 and direction <> 'none' order by arrived_at, id`)
	moveMessage    = store.SQL(`update message set conversation_id = $2, home_id = $2 where id = $1`)
	moveDeliveryOf = store.SQL(`update delivery set conversation_id = $2 where message_id = $1`)
	moveKey        = store.SQL(`
		update thread_key set conversation_id = $3 where shop_id = $1 and message_id = $2 and conversation_id = $4`)
	markAcknowledged = store.SQL(`update conversation set acknowledged_at = $2, language = $3, assignee_id = $4, team_id = $5 where id = $1`)
)

// Split moves messages of a conversation into a new one: those chosen, or with
// one chosen and onwards set it and all after it. What is owed for them is owed
// there, since their own arrival and no later than before. Answers to them come
// in there, and the two are linked. The undo is a merge.
func (d *Desk) Split(tx *store.Tx, by Actor, c id.Conversation, chosen []id.Message, onwards bool) (Conversation, error) {
	old, err := d.own(tx, by, c)
	if err != nil {
		return old, err
	}
	all, err := store.All[splitRow](tx, selectSplit, c)
	if err != nil {
		return old, err
	}
	moving, err := splitOff(all, chosen, onwards)
	if err != nil {
		return old, err
	}
	made, err := d.openSplit(tx, &old, moving)
	if err != nil {
		return made, err
	}
	var ids []id.Message
	for _, m := range moving {
		ids = append(ids, m.ID)
		if err := d.moveOne(tx, &old, made.ID, m); err != nil {
			return made, err
		}
	}
	moved, stayed, err := d.Ledger.Split(tx, promise.Splitting{From: old.ID, Into: made.ID, Channel: old.Channel, Messages: ids, By: by.Person})
	if err != nil {
		return made, err
	}
	old.Reminders, made.Reminders = max(0, stayed-1), max(0, moved-1)
	if moved == 0 {
		made.State = StateClosed
	}
	for _, conv := range []*Conversation{&old, &made} {
		if err := d.recount(tx, conv); err != nil {
			return made, err
		}
		conv.Revision++
		if err := d.refresh(tx, conv); err != nil {
			return made, err
		}
	}
	err = d.tellSplit(tx, by, &old, &made, len(moving))
	return made, err
}

func (d *Desk) tellSplit(tx *store.Tx, by Actor, old, made *Conversation, n int) error {
	if err := d.link(tx, old, made.ID, by.Person, true); err != nil {
		return err
	}
	told := event.Event{Shop: old.Shop, Kind: event.ConversationSplit, Conversation: old.ID, Person: by.Person}
	if err := d.Log.Append(tx, told.With(map[string]any{"to": made.ID, "messages": n})); err != nil {
		return err
	}
	told.Conversation = made.ID
	return d.Log.Append(tx, told.With(map[string]any{"from": old.ID, "messages": n}))
}

// splitOff are the messages that go; at least one that was said stays and one goes.
func splitOff(all []splitRow, chosen []id.Message, onwards bool) ([]splitRow, error) {
	var moving []splitRow
	for i, m := range all {
		if !slices.Contains(chosen, m.ID) {
			continue
		}
		if onwards {
			moving = all[i:]
			break
		}
		moving = append(moving, m)
	}
	going := 0
	staying := slices.ContainsFunc(all, func(m splitRow) bool {
		return m.spoken() && !slices.ContainsFunc(moving, func(o splitRow) bool { return o.ID == m.ID })
	})
	for _, m := range moving {
		if m.spoken() {
			going++
		}
	}
	switch {
	case going == 0:
		return nil, fault.Wrong("messages", "Choose the messages that are another matter.")
	case !staying:
		return nil, fault.Wrong("messages", "At least one message must stay.")
	case len(moving) > mostSplit:
		return nil, fault.Wrong("messages", "These are too many at once.")
	}
	return moving, nil
}

// openSplit makes the conversation that the messages go to, like the old one in
// all but its customer and subject, which are those of what moves.
func (d *Desk) openSplit(tx *store.Tx, old *Conversation, moving []splitRow) (Conversation, error) {
	who, subject := old.Customer, ""
	for _, m := range moving {
		if m.Direction == In && m.Customer != 0 {
			who = m.Customer
			break
		}
	}
	for _, m := range moving {
		if subject = m.Subject; subject != "" {
			break
		}
	}
	if subject == "" {
		subject = old.Subject
	}
	made, err := store.One[id.Conversation](tx, insertConversation, old.Shop, old.Mailbox, who, old.Channel, subject,
		TrayMain, old.LastMessageAt, d.Clock.Now())
	if err != nil {
		return Conversation{}, err
	}
	if _, err := store.Exec(tx, markAcknowledged, made, old.AcknowledgedAt, old.Language, old.Assignee, old.Team); err != nil {
		return Conversation{}, err
	}
	there, err := store.All[string](tx, selectParticipants, old.ID, maxParties+1)
	if err != nil {
		return Conversation{}, err
	}
	if err := d.AddParticipants(tx, made, partiesOf(moving, there)...); err != nil {
		return Conversation{}, err
	}
	return Lock(tx, made)
}

// partiesOf are the participants who wrote or got what moves: nobody else may
// join the new conversation by naming a message of it.
func partiesOf(moving []splitRow, there []string) []string {
	var out []string
	add := func(a string) {
		a = strings.ToLower(a)
		if slices.Contains(there, a) && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	for _, m := range moving {
		add(m.From)
		r := ParseRecipients(m.Recipients)
		for _, list := range [][]mime.Address{r.To, r.Cc, r.ReplyTo} {
			for _, a := range list {
				add(a.Address)
			}
		}
	}
	return out
}

func (d *Desk) moveOne(tx *store.Tx, old *Conversation, into id.Conversation, m splitRow) error {
	if _, err := store.Exec(tx, moveMessage, m.ID, into); err != nil {
		return err
	}
	if m.Direction == Out {
		if _, err := store.Exec(tx, moveDeliveryOf, m.ID, into); err != nil {
			return err
		}
	}
	if m.Key == "" {
		return nil
	}
	_, err := store.Exec(tx, moveKey, old.Shop, m.Key, into, old.ID)
	return err
}

var (
	newestSaid = store.SQL(`
		select id, body, arrived_at from message where conversation_id = $1 and direction in ('in', 'out') order by arrived_at desc, id desc limit 1`)
	recounted = store.SQL(`
		select max(case when direction <> 'note' then id end) as newest,
			max(case when direction = 'none' or direction = 'in' and kind in ('customer', 'contact') then id end) as newest_in,
			max(case when direction = 'out' and kind in ('answer', 'holding', 'own') then arrived_at end) as out_at
		from message where conversation_id = $1`)
)

// recount reads the conversation's own columns from the messages that it has.
func (d *Desk) recount(tx *store.Tx, c *Conversation) error {
	type said struct {
		ID   id.Message `db:"id"`
		Body string     `db:"body"`
		At   time.Time  `db:"arrived_at"`
	}
	type newest struct {
		Message id.Message `db:"newest"`
		In      id.Message `db:"newest_in"`
		Out     time.Time  `db:"out_at"`
	}
	last, err := store.One[said](tx, newestSaid, c.ID)
	if err != nil {
		return err
	}
	n, err := store.One[newest](tx, recounted, c.ID)
	if err != nil {
		return err
	}
	c.LastMessageAt, c.Snippet = last.At, Snippet(last.Body)
	c.LastMessage, c.LastIn = n.Message, n.In
	if c.LastOutAt.IsZero() || n.Out.Before(c.LastOutAt) {
		c.LastOutAt = n.Out
	}
	return nil
}
