package desk

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	moveMessages      = store.SQL(`update message set conversation_id = $2 where conversation_id = $1`)
	moveDeliveries    = store.SQL(`update delivery set conversation_id = $2 where conversation_id = $1`)
	selectSecondDraft = store.SQL(`
		select html, person_id from draft where conversation_id = $1 and html <> '' and exists (select 1 from draft other where other.conversation_id = $2)`)
	deleteDraftOf = store.SQL(`delete from draft where conversation_id = $1 and exists (select 1 from draft other where other.conversation_id = $2)`)
	moveDraft     = store.SQL(`update draft set conversation_id = $2 where conversation_id = $1`)
	countMoved    = store.SQL(`select count(*) from message where conversation_id = $1 and direction in ('in', 'out')`)
)

// Merge moves everything of one conversation into another of the same shop:
// messages, threads, participants, open promises (the earlier due time stays).
func (d *Desk) Merge(tx *store.Tx, by Actor, from, into id.Conversation) (Conversation, error) {
	if from == into {
		return Conversation{}, fault.Wrong("into", "A conversation cannot be merged into itself.")
	}
	first, second := min(from, into), max(from, into) // one order for all writers
	a, err := d.own(tx, by, first)
	if err != nil {
		return a, err
	}
	b, err := d.own(tx, by, second)
	if err != nil {
		return b, err
	}
	source, target := &a, &b
	if a.ID == into {
		source, target = &b, &a
	}
	sourceTray, targetTray := source.Tray, target.Tray
	if err := d.merge(tx, source, target, by.Person); err != nil {
		return *target, err
	}
	if err := d.refresh(tx, target); err != nil {
		return *target, err
	}
	if err := d.leftSort(tx, sourceTray, source, by.Person); err != nil {
		return *target, err
	}
	return *target, d.leftSort(tx, targetTray, target, by.Person)
}

// merge empties from into into; both are held by the caller, who refreshes
// into afterwards.
func (d *Desk) merge(tx *store.Tx, from, into *Conversation, by id.Person) error {
	moved, err := store.One[int64](tx, countMoved, from.ID)
	if err != nil {
		return err
	}
	for _, s := range []store.Statement{moveMessages, moveDeliveries, moveKeys, moveParticipants} {
		if _, err := store.Exec(tx, s, from.ID, into.ID); err != nil {
			return err
		}
	}
	if err := d.Ledger.Merge(tx, from.ID, into.ID, by); err != nil {
		return err
	}
	if err := d.keepSecondDraft(tx, from.ID, into); err != nil {
		return err
	}
	if _, err := store.Exec(tx, deleteDraftOf, from.ID, into.ID); err != nil {
		return err
	}
	if _, err := store.Exec(tx, moveDraft, from.ID, into.ID); err != nil {
		return err
	}
	if err := moveSuggestions(tx, from.ID, into.ID); err != nil {
		return err
	}
	if err := mergeTags(tx, from, into); err != nil {
		return err
	}
	if err := mergeFollowing(tx, from.ID, into.ID); err != nil {
		return err
	}
	mergeClass(from, into)
	mark, err := d.markMerge(tx, from, into, by)
	if err != nil {
		return err
	}
	if from.LastMessageAt.After(into.LastMessageAt) {
		into.LastMessageAt, into.Snippet = from.LastMessageAt, from.Snippet
	}
	if from.LastOutAt.After(into.LastOutAt) {
		into.LastOutAt = from.LastOutAt
	}
	if from.Tray == TrayMain {
		into.Tray = TrayMain
	}
	if into.AcknowledgedAt.IsZero() { // one acknowledgement a conversation (P03)
		into.AcknowledgedAt = from.AcknowledgedAt
	}
	if into.Customer == 0 {
		into.Customer = from.Customer
	}
	if into.Assignee == 0 {
		into.Assignee = from.Assignee
	}
	if !from.NextDueAt.IsZero() { // what came in may be due before the alarm rings
		into.SnoozedUntil = time.Time{}
	}
	from.SnoozedUntil = time.Time{}
	into.Reminders += from.Reminders
	into.Revision++
	from.MergedInto, from.State, from.Tray = into.ID, StateClosed, TrayMain
	from.Revision++
	if err := d.refresh(tx, from); err != nil {
		return err
	}
	return d.Log.Append(tx, event.Event{
		Shop: into.Shop, Kind: event.ConversationMerged, Conversation: into.ID, Message: mark, Person: by,
	}.With(map[string]any{"from": from.ID, "messages": moved, "mark": mark}))
}

// mergeClass keeps what was said of the one that stays, and takes the rest.
func mergeClass(from, into *Conversation) {
	if into.Team == 0 {
		into.Team = from.Team
	}
	if into.Reason == 0 {
		into.Reason = from.Reason
	}
	if into.Product == "" {
		into.Product = from.Product
	}
	if into.Cause == "" {
		into.Cause = from.Cause
	}
	into.Priority = max(into.Priority, from.Priority)
	into.Angry = into.Angry || from.Angry
}

// markMerge leaves a message of no words behind the newest. What came in may be
// older than what an author has on screen; the mark is not, so whoever compares
// by it sees that something new is here.
func (d *Desk) markMerge(tx *store.Tx, from, into *Conversation, by id.Person) (id.Message, error) {
	m, err := d.Append(tx, Message{
		Shop: into.Shop, Conversation: into.ID, Direction: None, Kind: KindMerged, Channel: into.Channel, Person: by,
		ArrivedAt: d.Clock.Now(), Recipients: "{}",
	})
	into.LastMessage, into.LastIn, from.MergeMark = m.ID, m.ID, m.ID
	return m.ID, err
}

type movedIn struct {
	Message id.Message      `db:"id"`
	Home    id.Conversation `db:"home_id"`
}

var selectMovedIn = store.SQL(`
	select id, home_id from message
	where conversation_id = $1 and home_id <> $2 and id <= $3 and direction = 'in' and kind in ('customer', 'contact') order by id`)

// MergedUnseen are the customer's messages in the conversation of an answer
// that its author never had on screen although they are older than the newest
// that was there: a merge brought them, or the answer, in later. home is where
// the answer was written.
func MergedUnseen(tx *store.Tx, c, home id.Conversation, through id.Message) ([]id.Message, error) {
	moved, err := store.All[movedIn](tx, selectMovedIn, c, home, through)
	if err != nil {
		return nil, err
	}
	seen := map[id.Conversation]bool{}
	var unseen []id.Message
	for _, m := range moved {
		if _, known := seen[m.Home]; !known {
			if seen[m.Home], err = mergedBy(tx, m.Home, home, through); err != nil {
				return nil, err
			}
		}
		if !seen[m.Home] {
			unseen = append(unseen, m.Message)
		}
	}
	return unseen, nil
}

// mergedBy tells whether a conversation had become part of another when the
// newest message there was through.
func mergedBy(tx *store.Tx, c, into id.Conversation, through id.Message) (bool, error) {
	for c != into {
		conv, err := Get(tx, c)
		if err != nil || conv.MergedInto == 0 || conv.MergeMark > through {
			return false, err
		}
		c = conv.MergedInto
	}
	return true, nil
}

// keepSecondDraft keeps, as a note, the draft that has no place beside the one
// that is there: what somebody wrote is never thrown away by a colleague's merge.
func (d *Desk) keepSecondDraft(tx *store.Tx, from id.Conversation, into *Conversation) error {
	type writing struct {
		HTML   string    `db:"html"`
		Person id.Person `db:"person_id"`
	}
	w, found, err := store.Maybe[writing](tx, selectSecondDraft, from, into.ID)
	if err != nil || !found {
		return err
	}
	note, err := d.Append(tx, Message{
		Shop: into.Shop, Conversation: into.ID, Direction: Note, Kind: KindNote, Channel: into.Channel, Person: w.Person,
		Body: compose.TextFromHTML(w.HTML), HTML: w.HTML, ArrivedAt: d.Clock.Now(), Recipients: "{}",
	})
	if err != nil {
		return err
	}
	return Findable(tx, note)
}
