package intake

import (
	"errors"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Source says by which way an item came.
type Source string

// The sources.
const (
	SourceIMAP Source = "imap"
	SourceSMTP Source = "smtp"
)

// Role says what a folder is for.
type Role string

// The roles of the folders that are read.
const (
	RoleInbox Role = "inbox"
	RoleJunk  Role = "junk"
	RoleSent  Role = "sent"
)

// State says how far an item has come.
type State string

// The states; doc.go draws them.
const (
	StateStored      State = "stored"
	StateTaken       State = "taken"
	StateQuarantined State = "quarantined"
	StateSetAside    State = "set_aside"
)

// Raw is an item as its source gave it.
type Raw struct {
	Shop        id.Shop
	Mailbox     id.Mailbox
	Source      Source
	Folder      string // IMAP: its name; else ""
	Role        Role
	UIDValidity int64 // IMAP (RFC 9051, 2.3.1.1)
	UID         int64
	Envelope    string // SMTP: JSON of sender and recipients
	Content     []byte
	ArrivedAt   time.Time // INTERNALDATE or SMTP time, never our reading time (I5)
	History     bool      // older than "owed since": no promise will be opened
	Reason      string    // not "": it is quarantined at once, with what could be read of it
}

// Item is a stored item without its bytes.
type Item struct {
	ID          id.Item    `db:"id"`
	Shop        id.Shop    `db:"shop_id"`
	Mailbox     id.Mailbox `db:"mailbox_id"`
	Source      Source     `db:"source"`
	Folder      string     `db:"folder"`
	Role        Role       `db:"role"`
	UIDValidity int64      `db:"uidvalidity"`
	UID         int64      `db:"uid"`
	Envelope    string     `db:"envelope"`
	Blob        blob.Hash  `db:"blob"`
	Size        int64      `db:"size"`
	ArrivedAt   time.Time  `db:"arrived_at"`
	StoredAt    time.Time  `db:"stored_at"`
	History     bool       `db:"history"`
	State       State      `db:"state"`
	Reason      string     `db:"reason"`
	Message     id.Message `db:"message_id"`
}

// ParseJob is the job that turns an item into a message; its arguments are
// ParseArgs.
var ParseJob = jobs.Kind{Name: "mail.parse", Pool: jobs.PoolIntake}

// ParseArgs names the item to parse.
type ParseArgs struct {
	Item id.Item `json:"item"`
}

// Events of this package beside event.QuarantineAdded.
const (
	QuarantineReplayed event.Kind = "quarantine.replayed"
	QuarantineSetAside event.Kind = "quarantine.set_aside"
)

// Intake stores items and answers for them.
type Intake struct {
	DB     *store.DB
	Blobs  blob.Store
	Queue  jobs.Queue
	Events *event.Log
	Clock  clock.Clock
}

// ErrNoItem says that there is no such item, or not for this shop.
var ErrNoItem = errors.New("no such item")

const itemColumns = `id, shop_id, mailbox_id, source, folder, role, uidvalidity, uid, envelope, blob, size, arrived_at, stored_at, history, state, reason, message_id`

var selectItem = store.SQL(`select ` + itemColumns + ` from item where id = $1`)

// Load reads an item; ErrNoItem when there is none.
func Load(tx *store.Tx, item id.Item) (Item, error) {
	it, err := store.One[Item](tx, selectItem, item)
	if errors.Is(err, store.ErrNone) {
		return Item{}, ErrNoItem
	}
	if err != nil {
		return Item{}, fmt.Errorf("load item: %w", err)
	}
	return it, nil
}
