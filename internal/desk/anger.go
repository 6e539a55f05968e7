package desk

import (
	"context"
	"errors"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// AngerJob reads a customer's words for anger. It may fail alone: the message
// is there and owed an answer all the same (I8).
var AngerJob = jobs.Kind{Name: "desk.anger", Pool: jobs.PoolReact}

// AngerArgs are the arguments of AngerJob.
type AngerArgs struct {
	Message id.Message `json:"message"`
}

// ReadAnger is the handler of AngerJob. An angry customer who waits for an
// answer comes before others; once nothing is owed the mark goes.
func (d *Desk) ReadAnger(ctx context.Context, j jobs.Job) error {
	var args AngerArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	var m Message
	err := d.DB.Read(ctx, func(tx *store.Tx) (err error) {
		m, err = GetMessage(tx, args.Message)
		return err
	})
	if errors.Is(err, store.ErrNone) || err == nil && !lang.Angry(m.Subject+"\n"+m.Body) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		now, err := GetMessage(tx, m.ID) // a merge may have moved it
		if err != nil {
			return err
		}
		_, err = d.Change(tx, now.Conversation, func(c *Conversation) error {
			if c.Angry || c.NextDueAt.IsZero() {
				return nil
			}
			c.Angry = true
			return d.Log.Append(tx, event.Event{
				Shop: c.Shop, Kind: event.ConversationChanged, Conversation: c.ID, Message: m.ID,
			}.With(map[string]any{"what": "angry"}))
		})
		return err
	})
}
