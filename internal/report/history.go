package report

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/report/audit"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// AuditJob looks through the history of one mailbox. It waits for somebody
// else's server, as webhooks do.
var AuditJob = jobs.Kind{Name: "report.audit", Pool: jobs.PoolWebhooks}

type auditArgs struct {
	Mailbox id.Mailbox `json:"mailbox"`
	Run     int64      `json:"run"`
}

const (
	auditDays  = 30
	auditMost  = 20_000 // headers
	tellEvery  = 100    // headers, between two notes of progress
	oldestLife = time.Hour
)

// Past reads headers of a mailbox; the mail channel does.
type Past interface {
	// Headers gives headers since an instant, at most so many. An error of
	// expected or yield ends it and comes back.
	Headers(ctx context.Context, m id.Mailbox, since time.Time, most int, expected func(n int, capped bool) error, yield func(audit.Header) error) error
	// Problem is a stored form of what went wrong.
	Problem(ctx context.Context, m id.Mailbox, err error) string
}

// Audit is how a look through a mailbox's history stands.
type Audit struct {
	State      string             `json:"state" enum:"none,waiting,reading,done,failed,cancelled"`
	Headers    int                `json:"headers" doc:"Read so far"`
	Expected   int                `json:"expected" doc:"To read, of both folders"`
	StartedAt  *time.Time         `json:"started_at" nullable:"true"`
	FinishedAt *time.Time         `json:"finished_at" nullable:"true"`
	Findings   *audit.Findings    `json:"findings"`
	Oldest     []audit.Unanswered `json:"oldest" nullable:"false" doc:"The oldest never answered; forgotten after an hour"`
	Problem    string             `json:"-"` // as the mail channel stored it
}

type auditRow struct {
	State      string    `db:"state"`
	Run        int64     `db:"run"`
	Headers    int       `db:"headers"`
	Expected   int       `db:"expected"`
	Problem    string    `db:"problem"`
	Figures    string    `db:"figures"`
	Oldest     string    `db:"oldest"`
	StartedAt  time.Time `db:"started_at"`
	FinishedAt time.Time `db:"finished_at"`
}

var (
	selectAudit = store.SQL(`
		select state, run, headers, expected, problem, figures, oldest, started_at, finished_at from mailbox_audit where mailbox_id = $1 and shop_id = $2`)
	startAudit = store.SQL(`
		insert into mailbox_audit (mailbox_id, shop_id, person_id, state, run, days, started_at) values ($1, $2, $3, 'waiting', 1, $4, $5)
		on conflict (mailbox_id) do update set person_id = excluded.person_id, state = 'waiting', run = mailbox_audit.run + 1, days = excluded.days,
			headers = 0, expected = 0, problem = '', figures = '', oldest = '', started_at = excluded.started_at, finished_at = null
		returning run`)
	beginAudit = store.SQL(`update mailbox_audit set state = 'reading', headers = 0 where mailbox_id = $1 and run = $2 and state in ('waiting', 'reading')`)
	tellAudit  = store.SQL(`update mailbox_audit set headers = $3, expected = $4 where mailbox_id = $1 and run = $2 and state = 'reading'`)
	endAudit   = store.SQL(`
		update mailbox_audit set state = $3, headers = $4, problem = $5, figures = $6, oldest = $7, finished_at = $8
		where mailbox_id = $1 and run = $2 and state = 'reading'`)
	cancelAudit = store.SQL(`
		update mailbox_audit set state = 'cancelled', finished_at = $3 where mailbox_id = $1 and shop_id = $2 and state in ('waiting', 'reading')`)
	dropAudit    = store.SQL(`delete from mailbox_audit where mailbox_id = $1 and shop_id = $2 and state not in ('waiting', 'reading')`)
	forgetOldest = store.SQL(`update mailbox_audit set oldest = '' where oldest <> '' and finished_at < $1`)
)

// mailboxOf is one of the actor's own shop, or not there.
func (s *Service) mailboxOf(tx *store.Tx, by team.Actor, m id.Mailbox) (shop.Mailbox, error) {
	box, err := s.Shops.MailboxByID(tx, m)
	if err == nil && box.Shop != by.Shop {
		err = fault.Missing("mailbox")
	}
	return box, err
}

// Audit tells how the newest look through a mailbox's history stands.
func (s *Service) Audit(ctx context.Context, by team.Actor, m id.Mailbox) (out Audit, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := s.mailboxOf(tx, by, m); err != nil {
			return err
		}
		row, found, err := store.Maybe[auditRow](tx, selectAudit, m, by.Shop)
		out = Audit{State: "none", Oldest: []audit.Unanswered{}}
		if err != nil || !found {
			return err
		}
		out.State, out.Headers, out.Expected, out.Problem = row.State, row.Headers, row.Expected, row.Problem
		out.StartedAt = &row.StartedAt
		if !row.FinishedAt.IsZero() {
			out.FinishedAt = &row.FinishedAt
		}
		if row.Figures != "" {
			if err := json.Unmarshal([]byte(row.Figures), &out.Findings); err != nil {
				return err
			}
		}
		if row.Oldest != "" && s.Clock.Now().Sub(row.FinishedAt) < oldestLife {
			return json.Unmarshal([]byte(row.Oldest), &out.Oldest)
		}
		return nil
	})
	return out, err
}

// StartAudit begins a look through the last 30 days, in place of an earlier one.
func (s *Service) StartAudit(ctx context.Context, by team.Actor, m id.Mailbox) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		box, err := s.mailboxOf(tx, by, m)
		if err != nil {
			return err
		}
		if box.Kind != shop.IMAP || !box.Active {
			return fault.New(fault.Conflict, "no_history", "Only a mailbox that is read by IMAP, and isn't paused, has a history to look through.")
		}
		run, err := store.One[int64](tx, startAudit, m, by.Shop, by.Person, auditDays, s.Clock.Now())
		if err != nil {
			return err
		}
		return s.Queue.Put(tx, jobs.Add{Kind: AuditJob, Args: auditArgs{m, run}})
	})
}

// CancelAudit stops a look; one that ended already stays as it is.
func (s *Service) CancelAudit(ctx context.Context, by team.Actor, m id.Mailbox) error {
	return s.onAudit(ctx, by, m, cancelAudit, s.Clock.Now())
}

// ForgetAudit drops what a look found.
func (s *Service) ForgetAudit(ctx context.Context, by team.Actor, m id.Mailbox) error {
	return s.onAudit(ctx, by, m, dropAudit)
}

func (s *Service) onAudit(ctx context.Context, by team.Actor, m id.Mailbox, act store.Statement, args ...any) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if _, err := s.mailboxOf(tx, by, m); err != nil {
			return err
		}
		_, err := store.Exec(tx, act, append([]any{m, by.Shop}, args...)...)
		return err
	})
}

// Sweep forgets the subjects that looks have found.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, forgetOldest, s.Clock.Now().Add(-oldestLife))
		return err
	})
}

// errStopped says that a person cancelled, or began anew.
var errStopped = errors.New("the look through the mailbox was stopped")

// ReadPast is the handler of AuditJob. After a crash it begins again; what
// fails is told, not tried again by itself.
func (s *Service) ReadPast(ctx context.Context, j jobs.Job) error {
	var a auditArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	var box shop.Mailbox
	reading := &audit.Reading{Now: s.Clock.Now(), Days: auditDays}
	err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		if err := ours(store.Exec(tx, beginAudit, a.Mailbox, a.Run)); err != nil {
			return err
		}
		if box, err = s.Shops.MailboxByID(tx, a.Mailbox); err != nil {
			return err
		}
		if reading.Own, err = s.Shops.OwnAddresses(tx, box.Shop); err != nil {
			return err
		}
		reading.Zone, err = s.Shops.Location(tx, box.Shop)
		return err
	})
	if errors.Is(err, errStopped) {
		return nil
	}
	if err != nil {
		return err
	}
	expected, capped := 0, false
	tell := func() error {
		return s.DB.InTx(ctx, func(tx *store.Tx) error {
			return ours(store.Exec(tx, tellAudit, a.Mailbox, a.Run, reading.Read(), expected))
		})
	}
	err = s.Past.Headers(ctx, a.Mailbox, reading.Now.AddDate(0, 0, -auditDays), auditMost,
		func(n int, more bool) error {
			expected, capped = n, more
			return tell()
		},
		func(h audit.Header) error {
			reading.Take(h)
			if reading.Read()%tellEvery != 0 {
				return nil
			}
			return tell()
		})
	if errors.Is(err, errStopped) || ctx.Err() != nil {
		return ctx.Err()
	}
	return s.endAudit(ctx, a, reading, capped, err)
}

// ours: nothing was written when the run is no longer the newest.
func ours(n int64, err error) error {
	if err == nil && n == 0 {
		err = errStopped
	}
	return err
}

func (s *Service) endAudit(ctx context.Context, a auditArgs, r *audit.Reading, capped bool, failed error) error {
	state, problem, figures, oldest := "done", "", []byte(nil), []byte(nil)
	if failed != nil {
		state, problem = "failed", s.Past.Problem(ctx, a.Mailbox, failed)
	} else {
		found, letters := r.Findings()
		found.Capped = capped
		var err, err2 error
		figures, err = json.Marshal(found)
		if oldest, err2 = json.Marshal(letters); letters == nil {
			oldest = nil
		}
		if err := errors.Join(err, err2); err != nil {
			return err
		}
	}
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		return ours(store.Exec(tx, endAudit, a.Mailbox, a.Run, state, r.Read(), problem, string(figures), string(oldest), s.Clock.Now()))
	})
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}
