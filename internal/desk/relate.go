package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Why two conversations may be about the same matter.
const (
	ReasonNamed = "named" // the message names one of its messages, but its sender takes no part in it
	ReasonBoth  = "both"  // the message names messages of both
)

var (
	insertSuggestion = store.SQL(`
		insert into suggestion (shop_id, conversation_id, other_id, reason, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`)
	lockSuggestion = store.SQL(`select id, shop_id, conversation_id, other_id, reason, state from suggestion where id = $1 {for update}`)
	endSuggestion  = store.SQL(`update suggestion set state = $2 where id = $1`)
	strangersOf    = store.SQL(`
		select count(*) from participant a where a.conversation_id = $1
			and not exists (select 1 from participant b where b.conversation_id = $2 and b.address = a.address)`)
)

// What a conversation that is merged away had to ask of third ones is asked of
// the survivor: once a pair, whichever of the two it is shown at, and never of
// itself. What the pair was asked before is over.
var (
	acceptSuggestionOf = store.SQL(`
		update suggestion set state = 'accepted'
		where state = 'open' and (conversation_id = $1 and other_id = $2 or conversation_id = $2 and other_id = $1)`)
	moveSuggestionsOf = store.SQL(`
		update suggestion set conversation_id = $2 where conversation_id = $1 and state = 'open' and not exists (
			select 1 from suggestion same where same.conversation_id = $2 and same.other_id = suggestion.other_id
				or same.conversation_id = suggestion.other_id and same.other_id = $2)`)
	moveSuggestionsTo = store.SQL(`
		update suggestion set other_id = $2 where other_id = $1 and state = 'open' and not exists (
			select 1 from suggestion same where same.other_id = $2 and same.conversation_id = suggestion.conversation_id
				or same.other_id = suggestion.conversation_id and same.conversation_id = $2)`)
	dropSuggestionsOf = store.SQL(`delete from suggestion where state = 'open' and (conversation_id = $1 or other_id = $1)`)
)

func moveSuggestions(tx *store.Tx, from, into id.Conversation) error {
	for _, s := range []store.Statement{acceptSuggestionOf, moveSuggestionsOf, moveSuggestionsTo} {
		if _, err := store.Exec(tx, s, from, into); err != nil {
			return err
		}
	}
	_, err := store.Exec(tx, dropSuggestionsOf, from) // asked already
	return err
}

// Suggestion asks a person whether two conversations are the same matter.
type Suggestion struct {
	ID           id.Suggestion   `db:"id"`
	Shop         id.Shop         `db:"shop_id"`
	Conversation id.Conversation `db:"conversation_id"`
	Other        id.Conversation `db:"other_id"`
	Reason       string          `db:"reason"`
	State        string          `db:"state"`
}

// relate merges the other conversations that the message names when the same
// people take part in them, and otherwise leaves it to a person.
func (r *receiving) relate() error {
	for _, other := range r.place.others {
		n, err := store.One[int64](r.tx, strangersOf, other, r.conv.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			err = r.mergeInto(other)
		} else {
			err = r.suggest(other, ReasonBoth)
		}
		if err != nil {
			return err
		}
	}
	for _, other := range r.place.strangers {
		if err := r.suggest(other, ReasonNamed); err != nil {
			return err
		}
	}
	return nil
}

func (r *receiving) mergeInto(other id.Conversation) error {
	from, err := Lock(r.tx, other)
	if err != nil {
		return err
	}
	return r.merge(r.tx, &from, &r.conv, 0)
}

func (r *receiving) suggest(other id.Conversation, reason string) error {
	n, err := store.Exec(r.tx, insertSuggestion, r.in.Shop, r.conv.ID, other, reason, r.Clock.Now())
	if err != nil || n == 0 {
		return err
	}
	return r.Log.Append(r.tx, event.Event{
		Shop: r.in.Shop, Kind: event.SuggestionMade, Conversation: r.conv.ID,
	}.With(map[string]any{"other": other, "reason": reason}))
}

// AnswerSuggestion accepts or declines "same matter?". Accepting merges the
// younger conversation into the older.
func (d *Desk) AnswerSuggestion(tx *store.Tx, by Actor, s id.Suggestion, accept bool) error {
	found, err := store.One[Suggestion](tx, lockSuggestion, s)
	if err != nil || found.Shop != by.Shop {
		return fault.Missing("suggestion")
	}
	if found.State != "open" {
		return nil
	}
	if !accept {
		_, err = store.Exec(tx, endSuggestion, s, "declined")
		return err
	}
	if _, err = store.Exec(tx, endSuggestion, s, "accepted"); err != nil {
		return err
	}
	older, younger := min(found.Conversation, found.Other), max(found.Conversation, found.Other)
	_, err = d.Merge(tx, by, younger, older)
	return err
}
