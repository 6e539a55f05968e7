package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Folder is how far one folder of a mailbox was read, and what the last
// reconciliation found in it.
type Folder struct {
	Mailbox     id.Mailbox `db:"mailbox_id"`
	Name        string     `db:"name"`
	Role        Role       `db:"role"`
	UIDValidity int64      `db:"uidvalidity"`
	Position    int64      `db:"position"` // every wanted UID up to here is stored
	Baseline    int64      `db:"baseline"` // UIDs below it were there when we first looked
	ModSeq      int64      `db:"modseq"`   // of the last reconciliation with nothing missing (RFC 7162)
	InBox       int64      `db:"in_box"`
	InDesk      int64      `db:"in_desk"` // of those in the box
	Missing     int64      `db:"missing"`
	CheckedAt   time.Time  `db:"checked_at"`
}

const folderColumns = `mailbox_id, name, role, uidvalidity, position, baseline, modseq, in_box, in_desk, missing, checked_at`

var (
	selectFolder  = store.SQL(`select ` + folderColumns + ` from mailbox_folder where mailbox_id = $1 and name = $2`)
	selectFolders = store.SQL(`select ` + folderColumns + ` from mailbox_folder where mailbox_id = $1 order by name`)
	upsertFolder  = store.SQL(`
		insert into mailbox_folder (mailbox_id, name, role, uidvalidity, position, baseline) values ($1, $2, $3, $4, 0, $5)
		on conflict (mailbox_id, name) do update set role = $3,
			position = case when mailbox_folder.uidvalidity = $4 then mailbox_folder.position else 0 end,
			baseline = case when mailbox_folder.uidvalidity = $4 then mailbox_folder.baseline else $5 end,
			modseq = case when mailbox_folder.uidvalidity = $4 then mailbox_folder.modseq else 0 end,
			uidvalidity = $4
		returning ` + folderColumns)
	dropOthers   = store.SQL(`delete from mailbox_folder where mailbox_id = $1 and role = $2 and name <> $3`)
	movePosition = store.SQL(`update mailbox_folder set position = $4 where mailbox_id = $1 and name = $2 and uidvalidity = $3 and position < $4`)
	saveFigures  = store.SQL(`
		update mailbox_folder set in_box = $4, in_desk = $5, missing = $6, modseq = $7, checked_at = $8
		where mailbox_id = $1 and name = $2 and uidvalidity = $3`)
	selectUIDs = store.SQL(`
		select uid from item where source = 'imap' and mailbox_id = $1 and folder = $2 and uidvalidity = $3 and uid > $4 order by uid limit $5`)
)

// Folders reads a mailbox's folders.
func Folders(tx *store.Tx, mailbox id.Mailbox) ([]Folder, error) {
	return store.All[Folder](tx, selectFolders, mailbox)
}

// OpenFolder reads a folder's position. Another UIDVALIDITY than last time
// means that no UID is known any more (RFC 9051, 2.3.1.1): reading starts
// again, and uidNext is the new baseline. A role belongs to one folder: another
// one that had it is forgotten, its items stay.
func (s *Intake) OpenFolder(ctx context.Context, mailbox id.Mailbox, name string, role Role, uidValidity, uidNext int64) (Folder, error) {
	var known Folder
	var found bool
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		known, found, err = store.Maybe[Folder](tx, selectFolder, mailbox, name)
		return err
	})
	if err != nil {
		return Folder{}, fmt.Errorf("open folder: %w", err)
	}
	if found && known.UIDValidity == uidValidity && known.Role == role {
		return known, nil
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		if _, err := store.Exec(tx, dropOthers, mailbox, role, name); err != nil {
			return err
		}
		known, err = store.One[Folder](tx, upsertFolder, mailbox, name, role, uidValidity, uidNext)
		return err
	})
	if err != nil {
		return Folder{}, fmt.Errorf("open folder: %w", err)
	}
	return known, nil
}

// MovePosition says that every wanted UID up to position is stored. It moves
// forward only, and not at all once the folder has another UIDVALIDITY.
func (s *Intake) MovePosition(ctx context.Context, f Folder, position int64) error {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, movePosition, f.Mailbox, f.Name, f.UIDValidity, position)
		return err
	})
	if err != nil {
		return fmt.Errorf("move position: %w", err)
	}
	failpoint.Hit("imap.position_moved")
	return nil
}

// Reconciled records what a reconciliation found.
func (s *Intake) Reconciled(ctx context.Context, f Folder) error {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, saveFigures, f.Mailbox, f.Name, f.UIDValidity, f.InBox, f.InDesk, f.Missing, f.ModSeq, f.CheckedAt)
		return err
	})
	if err != nil {
		return fmt.Errorf("record reconciliation: %w", err)
	}
	return nil
}

const uidPage = 5000

// InDesk lists the UIDs above after that the desk has of a folder, ascending.
func (s *Intake) InDesk(ctx context.Context, f Folder, after int64) ([]int64, error) {
	var all []int64
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		all = all[:0]
		for {
			page, err := store.All[int64](tx, selectUIDs, f.Mailbox, f.Name, f.UIDValidity, after, uidPage)
			if err != nil {
				return err
			}
			all = append(all, page...)
			if len(page) < uidPage {
				return nil
			}
			after = page[len(page)-1]
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list items of folder: %w", err)
	}
	return all, nil
}
