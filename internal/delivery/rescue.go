package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	// The condition as its index says it, which SQLite wants word for word.
	selectUnderWay = store.SQL(`
		select id from delivery
		where state in ('queued', 'claimed', 'dot_pending', 'soft', 'uncertain', 'held') and state <> 'held' and id > $1 order by id limit $2`)
	hasReady = store.SQL(`select count(*) from job where kind = $1 and key = $2 and key is not null and state = 'ready'`)
	hasJob   = store.SQL(`select count(*) from job where kind = $1 and args = $2 and state in ('ready', 'running')`)
)

// rescueChunk keeps the transactions of Rescue short.
const rescueChunk = 200

// Rescue gives a job to each delivery that is under way and has none: the job
// was parked, or its row is gone. Without one a mail would stay "on its way"
// for ever, and nobody would know. It tells how many there were.
func (p *Post) Rescue(ctx context.Context) (rescued int, err error) {
	last := id.Delivery(0)
	for {
		var list []id.Delivery
		err = p.DB.Read(ctx, func(tx *store.Tx) error {
			list, err = store.All[id.Delivery](tx, selectUnderWay, int64(last), rescueChunk) // an id of 0 would be bound as NULL
			return err
		})
		if err != nil {
			return rescued, fmt.Errorf("rescue deliveries: %w", err)
		}
		for _, d := range list {
			gone, err := p.rescue(ctx, d)
			if err != nil {
				return rescued, fmt.Errorf("rescue delivery %d: %w", d, err)
			}
			if gone {
				rescued++
			}
			last = d
		}
		if len(list) < rescueChunk {
			return rescued, nil
		}
	}
}

func (p *Post) rescue(ctx context.Context, d id.Delivery) (gone bool, err error) {
	args, err := json.Marshal(sendArgs{d})
	if err != nil {
		return false, err
	}
	var n int64
	err = p.DB.Read(ctx, func(tx *store.Tx) error {
		if n, err = store.One[int64](tx, hasReady, SendJob.Name, d.String()); err != nil || n > 0 {
			return err // nearly always, by the index
		}
		n, err = store.One[int64](tx, hasJob, SendJob.Name, string(args))
		return err
	})
	if err != nil || n > 0 {
		return false, err
	}
	err = p.DB.InTx(ctx, func(tx *store.Tx) error {
		gone = false
		now, err := store.One[Delivery](tx, lockDelivery, d)
		if err != nil {
			return err
		}
		// Looked at again under the lock: whoever finishes a job for it holds it too.
		if n, err = store.One[int64](tx, hasJob, SendJob.Name, string(args)); err != nil || n > 0 {
			return err
		}
		var at time.Time
		switch now.State {
		case Queued:
			at = now.NotBefore
		case Soft, Uncertain:
			at = now.NextAt
		case Claimed, DotPending: // the claim decides what a crash left behind
			at = p.Clock.Now()
		default:
			return nil
		}
		gone = true
		return p.enqueue(tx, now, at)
	})
	return gone, err
}
