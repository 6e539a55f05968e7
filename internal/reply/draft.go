package reply

import (
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Draft is what is being written in a conversation: one a conversation, kept
// on the server, so that a closed browser loses nothing and two people don't
// write over each other.
type Draft struct {
	Conversation id.Conversation `db:"conversation_id"`
	Shop         id.Shop         `db:"shop_id"`
	HTML         string          `db:"html"`
	Recipients   string          `db:"recipients"`  // desk.ParseRecipients
	Attachments  string          `db:"attachments"` // JSON list of ids
	Kind         string          `db:"kind"`        // answer or note
	Options      string          `db:"options"`     // see ReadOptions
	HoldingUntil time.Time       `db:"holding_until"`
	SeenThrough  id.Message      `db:"seen_through"`
	Revision     int64           `db:"revision"`
	Person       id.Person       `db:"person_id"`
	UpdatedAt    time.Time       `db:"updated_at"`
	Reading      id.Reading      `db:"reading_id"` // it waits for a second reading, and stays as it is
}

const draftColumns = `conversation_id, shop_id, html, recipients, attachments, kind, options, holding_until, seen_through, revision, person_id, updated_at, reading_id`

var (
	selectDraft = store.SQL(`select ` + draftColumns + ` from draft where conversation_id = $1`)
	upsertDraft = store.SQL(`
		insert into draft (conversation_id, shop_id, html, recipients, attachments, kind, options, holding_until, seen_through, revision, person_id, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		on conflict (conversation_id) do update set html = excluded.html, recipients = excluded.recipients,
			attachments = excluded.attachments, kind = excluded.kind, options = excluded.options, holding_until = excluded.holding_until,
			seen_through = excluded.seen_through, revision = excluded.revision, person_id = excluded.person_id, updated_at = excluded.updated_at`)
	deleteDraft    = store.SQL(`delete from draft where conversation_id = $1`)
	deleteOwnDraft = store.SQL(`delete from draft where conversation_id = $1 and person_id = $2`)
)

// DraftOf reads the draft of a conversation, if there is one.
func DraftOf(tx *store.Tx, c id.Conversation) (Draft, bool, error) {
	return store.Maybe[Draft](tx, selectDraft, c)
}

// AttachmentIDs reads the ids of a draft's attachments.
func (d Draft) AttachmentIDs() []id.Attachment {
	ids := []id.Attachment{}
	_ = json.Unmarshal([]byte(d.Attachments), &ids)
	return ids
}

// Stale says that somebody else saved the draft meanwhile; Current is theirs.
type Stale struct{ Current Draft }

func (Stale) Error() string { return "the draft was changed by somebody else meanwhile" }

// errMerged: an answer in a conversation that was merged away would keep
// nothing, and nobody would see it there.
var errMerged = fault.New(fault.Conflict, "merged", "It was merged into another conversation; go on there.")

// errParked: what is read must be what was written, and what is sent what was
// read.
var errParked = fault.New(fault.Conflict, "parked", "The draft waits for a second reading; take it back to change it.")

// mayLeave: a draft that waits for a second reading is sent by its reader alone,
// and only as long as it waits. What a colleague writes beside it is their own.
func mayLeave(tx *store.Tx, by desk.Actor, a Answer) error {
	now, _, err := DraftOf(tx, a.Conversation)
	switch {
	case err != nil:
		return err
	case a.Reading != now.Reading && a.Reading != 0:
		return fault.New(fault.Conflict, "read", "The draft does not wait for a second reading any more.")
	case a.Reading == 0 && now.Reading != 0 && now.Person == by.Person:
		return errParked
	}
	return nil
}

// SaveDraft keeps a draft. Its Revision must be the one last read (0 for the
// first); otherwise Stale carries what is there now, and nothing is written.
func (s *Service) SaveDraft(tx *store.Tx, by desk.Actor, d Draft) (Draft, error) {
	conv, err := desk.Lock(tx, d.Conversation)
	if err != nil || conv.Shop != by.Shop {
		return d, fault.Missing("conversation")
	}
	if conv.MergedInto != 0 {
		return d, errMerged
	}
	now, found, err := DraftOf(tx, d.Conversation)
	if err != nil {
		return d, err
	}
	if now.Reading != 0 {
		return d, errParked
	}
	if found && now.Revision != d.Revision {
		return d, Stale{now}
	}
	d.Shop, d.Person, d.UpdatedAt, d.Revision = by.Shop, by.Person, s.Clock.Now(), now.Revision+1
	d.HTML = sanitise.Fragment(d.HTML)
	if d.Attachments == "" {
		d.Attachments = "[]"
	}
	if d.Options == "" {
		d.Options = "{}"
	}
	return d, s.keepDraft(tx, d)
}

func (s *Service) keepDraft(tx *store.Tx, d Draft) error {
	_, err := store.Exec(tx, upsertDraft, d.Conversation, d.Shop, d.HTML, d.Recipients, d.Attachments, d.Kind, d.Options,
		d.HoldingUntil, d.SeenThrough, d.Revision, d.Person, d.UpdatedAt)
	if err != nil {
		return err
	}
	return s.Log.Append(tx, event.Event{Shop: d.Shop, Kind: event.DraftSaved, Conversation: d.Conversation, Person: d.Person})
}

// DropDraft throws the draft of a conversation away.
func (s *Service) DropDraft(tx *store.Tx, by desk.Actor, c id.Conversation) error {
	conv, err := desk.Lock(tx, c)
	if err != nil || conv.Shop != by.Shop {
		return fault.Missing("conversation")
	}
	now, found, err := DraftOf(tx, c)
	if err != nil || !found {
		return err
	}
	if now.Reading != 0 {
		return errParked
	}
	if err := s.alarmsDropped(tx, now); err != nil {
		return err
	}
	_, err = store.Exec(tx, deleteDraft, c)
	return err
}
