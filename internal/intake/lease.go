package intake

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Work is what one process at a time does for a mailbox.
type Work string

// The kinds of work. Two processes that did the same would lose nothing (I1):
// the lease saves a second connection and mails moved twice.
const (
	WorkRead   Work = "read"
	WorkSettle Work = "settle"
)

var (
	takeLease = store.SQL(`
		insert into mailbox_lease (mailbox_id, work, holder, lease_until) values ($1, $2, $3, {dbnow} + $4)
		on conflict (mailbox_id, work) do update set holder = excluded.holder, lease_until = excluded.lease_until
		where mailbox_lease.holder = excluded.holder or mailbox_lease.lease_until <= {dbnow}`)
	leaseElsewhere = store.SQL(`
		select count(*) from mailbox_lease where mailbox_id = $1 and work = $2 and holder <> $3 and lease_until > {dbnow}`)
	dropLease  = store.SQL(`delete from mailbox_lease where mailbox_id = $1 and work = $2 and holder = $3`)
	dropLeases = store.SQL(`delete from mailbox_lease where holder = $1`)
)

// Lease takes the work for so long, by the database's time, or prolongs it. It
// is false while another holder has it.
func Lease(tx *store.Tx, m id.Mailbox, w Work, holder int64, long time.Duration) (bool, error) {
	n, err := store.Exec(tx, takeLease, m, string(w), holder, long.Microseconds())
	if err != nil {
		return false, fmt.Errorf("lease of a mailbox: %w", err)
	}
	return n == 1, nil
}

// LeasedElsewhere tells whether another holder does the work now.
func LeasedElsewhere(tx *store.Tx, m id.Mailbox, w Work, holder int64) (bool, error) {
	n, err := store.One[int64](tx, leaseElsewhere, m, string(w), holder)
	return n > 0, err
}

// EndLease gives one work back.
func EndLease(tx *store.Tx, m id.Mailbox, w Work, holder int64) error {
	_, err := store.Exec(tx, dropLease, m, string(w), holder)
	return err
}

// EndLeases gives back all that a holder has.
func EndLeases(tx *store.Tx, holder int64) error {
	_, err := store.Exec(tx, dropLeases, holder)
	return err
}
