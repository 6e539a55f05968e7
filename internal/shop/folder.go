package shop

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Folder is a folder of a mailbox that is read.
type Folder struct {
	Mailbox     id.Mailbox `db:"mailbox_id"`
	Name        string     `db:"name"`
	Role        string     `db:"role"` // "inbox", "junk" or "sent"
	UIDValidity int64      `db:"uidvalidity"`
	Position    int64      `db:"position"` // every UID up to here is stored (I1)
	ModSeq      int64      `db:"modseq"`
	InBox       int64      `db:"in_box"`
	InDesk      int64      `db:"in_desk"`
	Missing     int64      `db:"missing"`
	CheckedAt   time.Time  `db:"checked_at"`
}

var (
	ensureFolder = store.SQL(`
		insert into mailbox_folder (mailbox_id, name, role) values ($1, $2, $3)
		on conflict (mailbox_id, name) do update set role = excluded.role`)
	dropFolders = store.SQL(`delete from mailbox_folder where mailbox_id = $1 and role = $2 and name <> $3`)
	moveFolder  = store.SQL(`
		update mailbox_folder set uidvalidity = $3, position = $4, modseq = $5 where mailbox_id = $1 and name = $2`)
	countFolder = store.SQL(`
		update mailbox_folder set in_box = $3, in_desk = $4, missing = $5, checked_at = $6 where mailbox_id = $1 and name = $2`)
	selectFolders = store.SQL(`
		select mailbox_id, name, role, uidvalidity, position, modseq, in_box, in_desk, missing, checked_at
		from mailbox_folder where mailbox_id = $1 order by role, name`)
)

// EnsureFolder notes which folder plays a role, the only one of its role. The
// position of a folder that is already there stays.
func (s *Service) EnsureFolder(tx *store.Tx, mailbox id.Mailbox, name, role string) error {
	if _, err := store.Exec(tx, dropFolders, mailbox, role, name); err != nil {
		return err
	}
	_, err := store.Exec(tx, ensureFolder, mailbox, name, role)
	return err
}

// MoveFolder writes how far a folder was read: UIDValidity, Position and ModSeq,
// nothing else. It belongs into the transaction that stored what was read.
func (s *Service) MoveFolder(tx *store.Tx, f Folder) error {
	_, err := store.Exec(tx, moveFolder, f.Mailbox, f.Name, f.UIDValidity, f.Position, f.ModSeq)
	return err
}

// CountFolder writes what a reconciliation found: InBox, InDesk, Missing and
// CheckedAt, nothing else.
func (s *Service) CountFolder(tx *store.Tx, f Folder) error {
	_, err := store.Exec(tx, countFolder, f.Mailbox, f.Name, f.InBox, f.InDesk, f.Missing, f.CheckedAt)
	return err
}

// Folders reads the folders of a mailbox.
func (s *Service) Folders(tx *store.Tx, mailbox id.Mailbox) ([]Folder, error) {
	return store.All[Folder](tx, selectFolders, mailbox)
}
