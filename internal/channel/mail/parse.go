package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Desk receives messages.
type Desk interface {
	Receive(tx *store.Tx, in desk.Incoming) (desk.Received, error)
}

// Parser does intake.ParseJob.
type Parser struct {
	DB     *store.DB
	Blobs  blob.Store
	Intake *intake.Intake
	Desk   Desk
	Queue  jobs.Queue
	// Own lists a shop's own addresses, in lower case.
	Own func(ctx context.Context, shop id.Shop) ([]string, error)
	Log *slog.Logger
	// Patience is how long one mail may take; zero is 20 s.
	Patience time.Duration
}

// Reasons of quarantine that this package gives, with facts behind some.
const (
	ReasonNotMail = "not_mail" // no header
	ReasonEmpty   = "empty"
	ReasonTimeout = "timeout" // parsing took too long
	ReasonPanic   = "panic"   // parsing failed in our own code
	ReasonCrash   = "crash"   // it brought the worker down again and again
	ReasonBytes   = "bytes"   // its raw bytes are not readable any more
	ReasonDesk    = "desk"    // the desk could not receive it, see the log
)

// quarantined says why an item goes into quarantine.
type quarantined struct {
	reason string
	cause  error
}

func (q *quarantined) Error() string { return fmt.Sprintf("quarantined, %s: %v", q.reason, q.cause) }
func (q *quarantined) Unwrap() error { return q.cause }

// Handle is the job. An error is a reason to try again later: of the database
// or the disk. The last try of an item ends in quarantine rather than in a
// parked job, which nobody in the shop would see.
func (p *Parser) Handle(ctx context.Context, j jobs.Job) error {
	var args intake.ParseArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	if j.Attempts >= jobs.MaxAttempts {
		reason := ReasonCrash
		if j.Error != "" {
			reason = ReasonDesk
		}
		return p.quarantine(ctx, j, args.Item, &quarantined{reason, errors.New(j.Error)})
	}
	_, err := p.take(ctx, j, args.Item)
	var q *quarantined
	if errors.As(err, &q) {
		return p.quarantine(ctx, j, args.Item, q)
	}
	return err
}

// Now parses an item while somebody waits for it: the replay of a quarantined
// one. Where it fails again, the item stays in quarantine with the new reason.
func (p *Parser) Now(ctx context.Context, item id.Item) (desk.Received, error) {
	got, err := p.take(ctx, jobs.Job{}, item)
	var q *quarantined
	if errors.As(err, &q) {
		if e := p.quarantine(ctx, jobs.Job{}, item, q); e != nil {
			return got, e
		}
	}
	return got, err
}

func (p *Parser) take(ctx context.Context, j jobs.Job, item id.Item) (got desk.Received, err error) {
	var it intake.Item
	err = p.DB.Read(ctx, func(tx *store.Tx) (err error) {
		it, err = intake.Load(tx, item)
		return err
	})
	if err != nil {
		return got, err
	}
	if it.State == intake.StateTaken || it.State == intake.StateSetAside && j.ID != 0 {
		return got, p.DB.InTx(ctx, j.Finish)
	}
	in, err := p.read(ctx, it)
	if err != nil {
		return got, err
	}
	failpoint.Hit("parse.before_receive")
	err = p.DB.InTx(ctx, func(tx *store.Tx) error {
		if got, err = p.Desk.Receive(tx, in); err != nil {
			return err
		}
		settle, err := p.Intake.MarkTaken(tx, it.ID, got.Message)
		if err != nil {
			return err
		}
		if settle {
			if err := imapin.QueueSettle(tx, p.Queue, it); err != nil {
				return err
			}
		}
		return j.Finish(tx)
	})
	if err != nil {
		return desk.Received{}, fmt.Errorf("take mail: %w", err)
	}
	failpoint.Hit("parse.received")
	return got, nil
}

// read makes of the raw bytes what the desk receives, and stores the files.
func (p *Parser) read(ctx context.Context, it intake.Item) (desk.Incoming, error) {
	raw, err := blob.ReadAll(ctx, p.Blobs, it.Blob)
	if errors.Is(err, fs.ErrNotExist) {
		return desk.Incoming{}, &quarantined{ReasonBytes, err}
	}
	if err != nil {
		return desk.Incoming{}, err
	}
	own, err := p.Own(ctx, it.Shop)
	if err != nil {
		return desk.Incoming{}, err
	}
	patience := p.Patience
	if patience == 0 {
		patience = 20 * time.Second
	}
	m, err := parse(raw, own, patience)
	if err != nil {
		return desk.Incoming{}, err
	}
	in := m.incoming(it, own)
	if len(m.files) > 0 {
		hashes, err := p.Blobs.Put(ctx, m.files...)
		if err != nil {
			return desk.Incoming{}, fmt.Errorf("store attachments: %w", err)
		}
		for i := range in.Files {
			in.Files[i].Blob = hashes[i]
		}
	}
	in.Analysed()
	return in, nil
}

func (p *Parser) quarantine(ctx context.Context, j jobs.Job, item id.Item, q *quarantined) error {
	p.Log.Warn("mail quarantined", "item", item, "reason", q.reason, "error", q.cause)
	err := p.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := p.Intake.Quarantine(tx, item, q.reason); err != nil {
			return err
		}
		return j.Finish(tx)
	})
	if err != nil {
		return fmt.Errorf("quarantine mail: %w", err)
	}
	return nil
}
