package desk

import (
	"context"
	"errors"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// CourtesyAtOnce is how many thanks one gesture waives at most.
const CourtesyAtOnce = 1000

// courtesyChunk keeps the transactions of such a gesture short.
const courtesyChunk = 50

// courtesyReason stands on what was waived with the others.
const courtesyReason = "courtesy"

var courtesyOf = store.SQL(`
	select id from conversation where shop_id = $1 and tray = 'courtesy' and tray <> 'main' and state <> 'closed' order by id limit $2`)

// WaivedCourtesy says which thanks one gesture put away.
type WaivedCourtesy struct {
	Conversations []id.Conversation
	Promises      []id.Promise // what RestoreCourtesy takes back
}

// WaiveCourtesy ends courtesy promises together by one gesture, a few a
// transaction: those of the chosen conversations, or without any of the shop's
// tray, at most CourtesyAtOnce. A chosen one that is no courtesy (any more) is
// passed over. After an error it says what had been waived by then.
func (d *Desk) WaiveCourtesy(ctx context.Context, by Actor, chosen []id.Conversation) (done WaivedCourtesy, err error) {
	if len(chosen) == 0 {
		err = d.DB.Read(ctx, func(tx *store.Tx) error {
			chosen, err = store.All[id.Conversation](tx, courtesyOf, by.Shop, CourtesyAtOnce)
			return err
		})
		if err != nil {
			return done, err
		}
	}
	if len(chosen) > CourtesyAtOnce {
		return done, fault.Wrong("ids", "These are too many at once.")
	}
	chosen = slices.Sorted(slices.Values(chosen)) // one order for all writers
	for part := range slices.Chunk(chosen, courtesyChunk) {
		var now WaivedCourtesy
		err := d.DB.InTx(ctx, func(tx *store.Tx) error {
			now = WaivedCourtesy{}
			for _, c := range part {
				if err := d.waiveCourtesy(tx, by, c, &now); err != nil && fault.KindOf(err) == fault.Internal {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return done, err
		}
		done.Conversations = append(done.Conversations, now.Conversations...)
		done.Promises = append(done.Promises, now.Promises...)
	}
	return done, nil
}

func (d *Desk) waiveCourtesy(tx *store.Tx, by Actor, c id.Conversation, done *WaivedCourtesy) error {
	_, err := d.act(tx, by, c, func(conv *Conversation) error {
		if conv.Tray != TrayCourtesy {
			return nil
		}
		open, err := promise.OpenOf(tx, c)
		if err != nil {
			return err
		}
		before := len(done.Promises)
		for _, p := range open {
			if p.Kind != promise.Courtesy {
				continue
			}
			if err := d.Ledger.Waive(tx, p, by.Person, courtesyReason); err != nil {
				return err
			}
			done.Promises = append(done.Promises, p.ID)
		}
		if len(done.Promises) > before {
			done.Conversations = append(done.Conversations, c)
		}
		return nil
	})
	return err
}

// RestoreCourtesy takes a WaiveCourtesy back. A finished promise never changes,
// so each becomes a new one with the old due time. Where something else happened
// since, or on a second press, nothing is done. It returns the conversations
// that lie in the tray again.
func (d *Desk) RestoreCourtesy(ctx context.Context, by Actor, waived []id.Promise) (back []id.Conversation, err error) {
	if len(waived) > CourtesyAtOnce {
		return nil, fault.Wrong("promises", "These are too many at once.")
	}
	waived = slices.Sorted(slices.Values(waived))
	for part := range slices.Chunk(waived, courtesyChunk) {
		var now []id.Conversation
		err := d.DB.InTx(ctx, func(tx *store.Tx) error {
			now = nil
			for _, p := range part {
				c, restored, err := d.restoreCourtesy(tx, by, p)
				if err != nil && fault.KindOf(err) == fault.Internal {
					return err
				}
				if restored {
					now = append(now, c)
				}
			}
			return nil
		})
		if err != nil {
			return back, err
		}
		back = append(back, now...)
	}
	return back, nil
}

func (d *Desk) restoreCourtesy(tx *store.Tx, by Actor, waived id.Promise) (c id.Conversation, restored bool, err error) {
	old, err := promise.Read(tx, waived)
	if errors.Is(err, store.ErrNone) {
		return 0, false, nil
	}
	if err != nil || old.Shop != by.Shop || old.Reason != courtesyReason || old.Conversation == 0 {
		return 0, false, err
	}
	_, err = d.act(tx, by, old.Conversation, func(conv *Conversation) error {
		if conv.Tray != TrayCourtesy || conv.State != StateClosed {
			return nil
		}
		if restored, err = d.Ledger.ResumeCourtesy(tx, old, conv.Channel); err != nil || !restored {
			return err
		}
		return d.tell(tx, conv, event.ConversationReopened, by)
	})
	return old.Conversation, restored, err
}
