package view

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mostBehind bounds how many events a kept page is compared with; behind more,
// reading it anew costs no more.
const mostBehind = 64

// ofOne are the events after which nothing differs but the conversation that
// they name, and its customer. After any other every page is read anew.
var ofOne = map[event.Kind]bool{
	event.MessageReceived: true, event.MessageSent: true, event.NoteAdded: true, event.ContactNoted: true,
	event.PromiseOpened: true, event.PromiseJoined: true, event.PromiseNear: true, event.PromiseBroken: true, event.PromiseKept: true,
	event.PromiseWaived: true, event.PromisePassed: true, event.PromiseEnded: true,
	event.ConversationAssigned: true, event.ConversationSnoozed: true, event.ConversationWoken: true, event.ConversationClosed: true,
	event.ConversationReopened: true, event.TrayMoved: true, event.ConversationChanged: true, event.ConversationTagged: true,
	event.DeliveryQueued: true, event.DeliveryAccepted: true, event.DeliveryRetrying: true, event.DeliveryFailed: true,
	event.DeliveryUncertain: true, event.DeliveryHeld: true, event.DeliveryUndone: true, event.DraftSaved: true,
}

// touched is a conversation that something happened to, as the list sees it.
type touched struct {
	ID       id.Conversation `db:"id"`
	Customer id.Customer     `db:"customer_id"`
	Rank     int             `db:"rank"`
	At       time.Time       `db:"at"`
	Inside   bool            `db:"inside"`
}

// untouched tells whether a page is still right though things happened: they
// happened to conversations that were not on it and don't come onto it. In
// doubt it says no. A desk that takes twenty mails a second would otherwise read
// each page twenty times a second, and each the slower, the larger the archive.
func (k keptPage) untouched(tx *store.Tx, by Actor, a Asked) (bool, error) {
	list := listings[a.View]
	if list == nil || list.where == "" && list.of != ofTag || a.View == Team && a.Team == 0 {
		return false, nil
	}
	behind, err := event.Unseen(tx, k.seen, mostBehind)
	if err != nil || len(behind) == mostBehind {
		return false, err
	}
	on := make(map[id.Conversation]bool, len(k.rows))
	for _, c := range k.rows {
		on[c.ID] = true
	}
	for _, e := range behind {
		if !ofOne[e.Kind] || e.Conversation == 0 || on[e.Conversation] {
			return false, nil
		}
	}
	args := []any{by.Shop}
	switch {
	case a.Tag != 0:
		args = append(args, a.Tag)
	case list.of == ofPerson:
		args = append(args, by.Person)
	case list.of == ofTeam:
		args = append(args, a.Team)
	}
	others, err := byIDs[touched](tx, list.touched(a.Tag != 0), distinct(behind, func(e event.Event) id.Conversation { return e.Conversation }), ``, args...)
	for _, c := range others {
		if _, known := k.customers[c.Customer]; known || c.Inside && !k.endsBefore(c, list, a.Order) {
			return false, err
		}
	}
	return true, err
}

// endsBefore tells whether a conversation comes after the last row of a full
// page.
func (k keptPage) endsBefore(c touched, list *listing, order Order) bool {
	if k.next == "" {
		return false
	}
	last := k.rows[len(k.rows)-1]
	switch at := list.key(last); {
	case order == ByRank && list.byRank != nil && c.Rank != last.Rank:
		return c.Rank < last.Rank
	case list.newest:
		return c.At.Before(at)
	default:
		return c.At.After(at)
	}
}

// touched asks a list, or what of it carries a tag, of conversations by their ids.
func (li *listing) touched(tagged bool) string {
	where, column := strings.TrimPrefix(li.where, ` where `), li.column
	if li.of == ofTag {
		where, column = `c.shop_id = $1`, `last_message_at`
	}
	if tagged {
		where += ` and exists (select 1 from conversation_tag t where t.tag_id = $2 and t.conversation_id = c.id)`
	}
	return `select c.id, c.customer_id, c.rank, c.` + column + ` as at, case when ` + where + ` then 1 else 0 end = 1 as inside
		from conversation c where c.id in `
}
