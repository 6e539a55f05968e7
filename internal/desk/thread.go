package desk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// threadKey ties a Message-ID to a conversation. Provisional: named by a
// message whose parent we don't have; it gives a stranger nothing.
type threadKey struct {
	MessageID    string          `db:"message_id"`
	Conversation id.Conversation `db:"conversation_id"`
	Provisional  bool            `db:"provisional"`
}

var (
	upsertKey = store.SQL(`
		insert into thread_key (shop_id, message_id, conversation_id, provisional) values ($1, $2, $3, $4)
		on conflict (shop_id, message_id) do update set message_id = excluded.message_id
		returning message_id, conversation_id, provisional`)
	takeKey        = store.SQL(`update thread_key set conversation_id = $3, provisional = $4 where shop_id = $1 and message_id = $2`)
	moveKeys       = store.SQL(`update thread_key set conversation_id = $2 where conversation_id = $1`)
	addParticipant = store.SQL(`
		insert into participant (conversation_id, address) values ($1, $2) on conflict do nothing`)
	isParticipant           = store.SQL(`select count(*) from participant where conversation_id = $1 and address = $2`)
	selectParticipants      = store.SQL(`select address from participant where conversation_id = $1 limit $2`)
	deleteEmptyConversation = store.SQL(`delete from conversation where id = $1`)
	moveParticipants        = store.SQL(`
		insert into participant (conversation_id, address)
		select $2, address from participant where conversation_id = $1 on conflict do nothing`)
	// Whoever names a message that a stranger named before is suggested with him.
	selectAlsoNaming = store.SQL(`
		select distinct m.conversation_id from suggestion s join message m on m.conversation_id = s.conversation_id
		where s.other_id = $1 and m.in_reply_to = $2 order by m.conversation_id limit $3`)
)

// place is where an incoming message belongs.
type place struct {
	conversation id.Conversation
	fresh        bool              // made for this message
	strangers    []id.Conversation // named by it, but its sender is in none of them
	others       []id.Conversation // also named by it, and its sender is in them
}

// thread finds or makes the conversation of an incoming message. Its own
// Message-ID, In-Reply-To and References are claimed in sorted order, so that
// a parent and its reply taken in by two workers meet on the same rows.
func (d *Desk) thread(tx *store.Tx, in *Incoming, fresh func() (id.Conversation, error)) (place, error) {
	made, err := fresh()
	if err != nil {
		return place{}, err
	}
	keys := in.keys()
	slices.Sort(keys)
	var hits []threadKey
	for _, k := range keys {
		hit, err := store.One[threadKey](tx, upsertKey, in.Shop, k, made, k != in.MessageID)
		if err != nil {
			return place{}, fmt.Errorf("thread: %w", err)
		}
		if hit.Conversation != made {
			hits = append(hits, hit)
		}
	}
	p, err := d.choose(tx, in, made, hits)
	if err != nil {
		return p, err
	}
	return p, d.settleKeys(tx, in, p, made, hits)
}

// choose decides which of the conversations hit is joined: one that the sender
// takes part in; the oldest of several.
func (d *Desk) choose(tx *store.Tx, in *Incoming, made id.Conversation, hits []threadKey) (place, error) {
	p := place{conversation: made, fresh: true}
	var mine []id.Conversation
	for _, h := range hits {
		if slices.Contains(mine, h.Conversation) {
			continue
		}
		joined, err := d.joined(tx, in, h)
		if err != nil {
			return p, err
		}
		mine = append(mine, joined...)
	}
	slices.Sort(mine)
	mine = slices.Compact(mine)
	for _, h := range hits {
		if !slices.Contains(mine, h.Conversation) && !slices.Contains(p.strangers, h.Conversation) {
			p.strangers = append(p.strangers, h.Conversation)
		}
	}
	if len(mine) > 0 {
		p.conversation, p.fresh, p.others = mine[0], false, mine[1:]
	}
	return p, nil
}

// joined are the conversations that a key leads to and the sender may join. A
// provisional key is held by who named the message first, perhaps a stranger:
// then the others who named it before it came are asked, too.
func (d *Desk) joined(tx *store.Tx, in *Incoming, h threadKey) (joined []id.Conversation, err error) {
	ok, err := d.mayMeet(tx, in, h, h.Conversation)
	if err != nil || ok {
		return []id.Conversation{h.Conversation}, err
	}
	if !h.Provisional {
		return nil, nil
	}
	also, err := store.All[id.Conversation](tx, selectAlsoNaming, h.Conversation, h.MessageID, maxReferences)
	if err != nil {
		return nil, err
	}
	for _, c := range also {
		if ok, err = d.mayMeet(tx, in, h, c); err != nil {
			return nil, err
		}
		if ok {
			joined = append(joined, c)
		}
	}
	return joined, nil
}

// mayMeet: the message may join a conversation that named its key. A parent
// that comes after its replies meets them as they would have met it: when it
// went to everyone who takes part there.
func (d *Desk) mayMeet(tx *store.Tx, in *Incoming, h threadKey, c id.Conversation) (bool, error) {
	ok, err := d.mayJoin(tx, in, c)
	if err != nil || ok || !h.Provisional || h.MessageID != in.MessageID {
		return ok, err
	}
	there, err := store.All[string](tx, selectParticipants, c, maxParties+1)
	parties := in.parties()
	stranger := func(a string) bool { return !slices.Contains(parties, a) }
	return len(there) > 0 && !slices.ContainsFunc(there, stranger), err
}

// mayJoin: the sender (for our own mail, the one it is to) is a participant.
// The mail system's notices may report on anything.
func (d *Desk) mayJoin(tx *store.Tx, in *Incoming, c id.Conversation) (bool, error) {
	if in.isNotice() {
		return true, nil
	}
	addr := strings.ToLower(in.correspondent().Address)
	if addr == "" {
		return false, nil
	}
	n, err := store.One[int64](tx, isParticipant, c, addr)
	return n > 0, err
}

// settleKeys points the keys claimed for the tentative conversation to the one
// chosen. A message's own key is its own, whoever named it before.
func (d *Desk) settleKeys(tx *store.Tx, in *Incoming, p place, made id.Conversation, hits []threadKey) error {
	if !p.fresh {
		if _, err := store.Exec(tx, moveKeys, made, p.conversation); err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteEmptyConversation, made); err != nil {
			return err
		}
	}
	for _, h := range hits {
		own := h.MessageID == in.MessageID
		if own && h.Provisional {
			if _, err := store.Exec(tx, takeKey, in.Shop, h.MessageID, p.conversation, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// Claim ties the Message-ID of a mail of ours to its conversation, so that the
// answers to it come back there.
func (d *Desk) Claim(tx *store.Tx, shop id.Shop, c id.Conversation, messageID string) error {
	_, err := store.One[threadKey](tx, upsertKey, shop, messageID, c, false)
	return err
}

// AddParticipants lets the addresses join the conversation by its threads.
func (d *Desk) AddParticipants(tx *store.Tx, c id.Conversation, addresses ...string) error {
	slices.Sort(addresses) // one order for all writers
	for _, a := range addresses {
		if _, err := store.Exec(tx, addParticipant, c, strings.ToLower(a)); err != nil {
			return fmt.Errorf("participant: %w", err)
		}
	}
	return nil
}
