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
	deleteDraftOf      = store.SQL(`delete from draft where conversation_id = $1 and exists (select 1 from draft other where other.conversation_id = $2)`)
	moveDraft          = store.SQL(`update draft set conversation_id = $2 where conversation_id = $1`)
	closeSuggestionsOf = store.SQL(`update suggestion set state = 'accepted' where state = 'open' and (conversation_id = $1 or other_id = $1)`)
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
	if _, err := store.Exec(tx, closeSuggestionsOf, from.ID); err != nil {
		return err
	}
	into.LastMessage, into.LastIn = max(into.LastMessage, from.LastMessage), max(into.LastIn, from.LastIn)
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
		Shop: into.Shop, Kind: event.ConversationMerged, Conversation: into.ID, Person: by,
	}.With(map[string]any{"from": from.ID}))
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
	_, err = d.Append(tx, Message{
		Shop: into.Shop, Conversation: into.ID, Direction: Note, Kind: KindNote, Channel: into.Channel, Person: w.Person,
		Body: compose.TextFromHTML(w.HTML), HTML: w.HTML, ArrivedAt: d.Clock.Now(), Recipients: "{}",
	})
	return err
}
