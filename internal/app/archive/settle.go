package archive

import (
	"context"
	"database/sql"
	"path/filepath"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// HeldDetail is the reason beside a mail that a restore holds.
const HeldDetail = "restored"

// unsent are the states in which a mail would leave by itself.
const unsent = `state in ('queued', 'claimed', 'dot_pending', 'soft', 'uncertain')`

// settle makes a desk of the past fit for the present, in the transaction that
// brings it back: since the backup the world went on without being noted.
//
//   - What was about to leave may have left (I4): it is held for a person, and the
//     event tells so (I9). Acknowledgements that were due are not written any more.
//   - Who was signed in must sign in again: a device or a link may have been
//     withdrawn since.
//   - The feed has no epoch: the next start gives it another, and every reader
//     reads anew.
func settle(ctx context.Context, conn *sql.Conn, now time.Time) (held int64, err error) {
	_, err = conn.ExecContext(ctx, `
		insert into event (at, shop_id, kind, conversation_id, message_id, delivery_id, data)
		select $1, shop_id, $2, conversation_id, message_id, id, '{"kind":"' || kind || '"}' from delivery where `+unsent+` order by id`,
		now.UnixMicro(), string(event.DeliveryHeld))
	if err != nil {
		return 0, err
	}
	done, err := conn.ExecContext(ctx, `
		update delivery set state = 'held', detail = $1, next_at = null, token = token + 1 where `+unsent, HeldDetail)
	if err != nil {
		return 0, err
	}
	if held, err = done.RowsAffected(); err != nil {
		return 0, err
	}
	if _, err := conn.ExecContext(ctx, `delete from job where kind in ($1, $2)`, delivery.SendJob.Name, reply.AcknowledgeJob.Name); err != nil {
		return 0, err
	}
	for _, text := range []string{`delete from session`, `delete from password_reset`, `delete from meta where name = 'epoch'`} {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return 0, err
		}
	}
	return held, nil
}

func (u *unpacked) restoreSQLite(ctx context.Context, now time.Time, put *placing) (held int64, err error) {
	if err := checkSQLite(ctx, u.dir, u.manifest, u.has); err != nil {
		return 0, err
	}
	path := filepath.Join(u.dir, databasePart)
	if held, err = settleSQLite(ctx, path, now); err != nil {
		return 0, err
	}
	if err := wake(ctx, path); err != nil {
		return 0, err
	}
	if err := syncFile(path); err != nil {
		return 0, err
	}
	return held, put.all()
}

func settleSQLite(ctx context.Context, path string, now time.Time) (held int64, err error) {
	db, err := openSQLite(path, "")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `begin immediate`); err != nil {
		return 0, err
	}
	if held, err = settle(ctx, conn, now); err != nil {
		return 0, err
	}
	_, err = conn.ExecContext(ctx, `commit`)
	return held, err
}

// wake brings the schema up to date and starts the feed's new epoch.
func wake(ctx context.Context, target string) error {
	db, err := store.Open(ctx, target)
	if err != nil {
		return err
	}
	err = db.InTx(ctx, event.EnsureEpoch)
	if e := db.Close(); err == nil {
		err = e
	}
	return err
}
