package imapin

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// watchEvery is how often the list of mailboxes and the alarms are looked at
// without being told of a change.
const watchEvery = time.Minute

// Run reads all active mailboxes until ctx ends, each in one process at a time.
// A value on changes makes it
// look at once at which mailboxes there are; nil is allowed.
func (s *Service) Run(ctx context.Context, changes <-chan struct{}) {
	running := map[id.Mailbox]*reader{}
	defer func() {
		for _, r := range running {
			r.stop()
		}
		s.giveBack(ctx, func(tx *store.Tx) error { return intake.EndLeases(tx, s.holder) })
	}()
	tick := time.NewTicker(s.lookEvery())
	defer tick.Stop()
	for {
		if err := s.look(ctx, running); err != nil && ctx.Err() == nil {
			s.Log.Error("list mailboxes", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-changes:
		case <-tick.C:
		}
	}
}

// look starts and ends readers as the list of mailboxes and the leases say.
// What was read stays read when the database doesn't answer.
func (s *Service) look(ctx context.Context, running map[id.Mailbox]*reader) error {
	active, err := s.Mailboxes.Active(ctx)
	if err != nil {
		return err
	}
	ours, err := s.leased(ctx, active)
	if err != nil {
		return err
	}
	s.start(ctx, running, active, ours)
	s.watch(ctx, ours)
	return nil
}

// reader is the goroutine that reads one mailbox.
type reader struct {
	m    Mailbox
	end  context.CancelFunc
	done chan struct{}
}

func (r *reader) stop() {
	r.end()
	<-r.done
}

// start makes the readers match what is ours of the active mailboxes: one whose
// settings changed is read anew, one that another process reads by now is left
// to it.
func (s *Service) start(ctx context.Context, running map[id.Mailbox]*reader, active, ours []Mailbox) {
	wanted := map[id.Mailbox]Mailbox{}
	for _, m := range ours {
		wanted[m.ID] = m
	}
	for mailbox, r := range running {
		if m, ok := wanted[mailbox]; !ok || !reflect.DeepEqual(m, r.m) {
			r.stop()
			delete(running, mailbox)
			switch {
			case ok:
			case slices.ContainsFunc(active, func(m Mailbox) bool { return m.ID == mailbox }):
				s.memoryOf(mailbox).startOver(s.Clock.Now())
			default:
				s.record(ctx, mailbox, StateOff, Problem{})
			}
		}
	}
	for _, m := range ours {
		if running[m.ID] != nil {
			continue
		}
		own, end := context.WithCancel(ctx)
		r := &reader{m: m, end: end, done: make(chan struct{})}
		running[m.ID] = r
		go func() {
			defer close(r.done)
			s.read(own, m)
		}()
	}
}

// watch looks at the alarm of each mailbox. It doesn't depend on the readers:
// one that hangs is seen too.
func (s *Service) watch(ctx context.Context, list []Mailbox) {
	for _, m := range list {
		s.reviewAlarm(ctx, m.ID)
	}
}

// reviewAlarm raises or ends the alarm "mail stops coming in", once a change.
func (s *Service) reviewAlarm(ctx context.Context, m id.Mailbox) {
	p, changed := s.memoryOf(m).alarm(s.Clock.Now(), s.Limits.Alarm)
	if !changed {
		return
	}
	if err := s.Recorder.Alarm(ctx, m, p); err != nil {
		s.Log.Error("record an alarm", "mailbox", m, "error", err)
	}
}

// read keeps one mailbox connected until ctx ends.
func (s *Service) read(ctx context.Context, m Mailbox) {
	s.record(ctx, m.ID, StateConnecting, Problem{})
	failures := 0
	for ctx.Err() == nil {
		healthy, err := s.session(ctx, m)
		if ctx.Err() != nil {
			return
		}
		p := problemOf(err, m.Server.Host)
		s.Log.Warn("mailbox connection ended", "mailbox", m.ID, "problem", p.Code, "error", err)
		if healthy { // servers hang up now and then: no news if the next connection works
			failures = 0
		} else {
			s.record(ctx, m.ID, StateError, p)
		}
		failures++
		pause(ctx, backoff(failures, s.Limits.MaxBackoff))
	}
}

// backoff is a second, doubled with each failure in a row up to the most, with
// jitter so that a provider's restart doesn't bring all mailboxes back at once.
func backoff(failures int, most time.Duration) time.Duration {
	d := min(time.Second<<min(failures-1, 10), most)
	return d/2 + rand.N(d/2+1) //nolint:gosec // jitter, not a secret
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// session is one connection from dial to break. healthy says that it got as
// far as reading all folders.
func (s *Service) session(ctx context.Context, m Mailbox) (healthy bool, err error) {
	b, err := s.open(ctx, m)
	if err != nil {
		return false, err
	}
	defer func() {
		err = b.explain(err)
		b.close()
	}()
	folders, missing, err := s.findFolders(ctx, b, m)
	if err != nil {
		return false, err
	}
	n := &session{s: s, m: m, b: b, mem: s.memoryOf(m.ID), folders: folders, seen: map[string]look{}}
	var reconciled time.Time
	var told Problem
	for {
		began := s.Clock.Now()
		left, err := n.syncAll(ctx)
		if err != nil {
			return healthy, err
		}
		if p := folderProblem(n.closed, missing); !healthy || p != told {
			healthy, told = true, p
			s.record(ctx, m.ID, StateOK, p)
		}
		n.mem.looked(s.Clock.Now(), time.Time{})
		s.reviewAlarm(ctx, m.ID)
		wait := s.Limits.Look
		if left > 0 {
			wait = s.Limits.Retry
		} else if err := s.Recorder.CaughtUp(ctx, m.ID, began, n.mem.newest()); err != nil {
			return healthy, troubled(CodeStore, "", err)
		}
		if began.Sub(reconciled) >= s.Limits.Reconcile {
			if err := s.QueueReconcile(ctx, m.ID); err != nil {
				return healthy, troubled(CodeStore, "", err)
			}
			reconciled = began
		}
		if err := b.wait(ctx, wait, s.Limits.Silence); err != nil {
			return healthy, err
		}
	}
}

// folderProblem names the first folder that is not read although it should be.
func folderProblem(names ...string) Problem {
	for _, name := range names {
		if name != "" {
			return Problem{CodeFolder, name}
		}
	}
	return Problem{}
}

// wait returns when the server announces mail, or after d. It idles where the
// server can (RFC 2177); IDLE never lasts longer than d, so a dead line is
// noticed soon, and the half hour after which servers hang up never comes.
func (b *box) wait(ctx context.Context, d, silence time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	if !b.c.Caps().Has(imap.CapIdle) {
		b.conn.allow(d + silence)
		select {
		case <-timer.C:
		case <-b.wake:
		case <-b.c.Closed():
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
		b.conn.allow(silence)
		return nil
	}
	idle, err := b.c.Idle()
	if err != nil {
		return fmt.Errorf("idle: %w", err)
	}
	b.conn.allow(d + silence)
	select {
	case <-timer.C:
	case <-b.wake:
	case <-b.c.Closed():
	case <-ctx.Done(): // the connection ends with it
	}
	b.conn.allow(silence)
	if err := idle.Close(); err != nil {
		return fmt.Errorf("idle: %w", err)
	}
	if err := idle.Wait(); err != nil {
		return fmt.Errorf("idle: %w", err)
	}
	return nil
}

var errClosed = errors.New("the server closed the connection")

func (s *Service) record(ctx context.Context, m id.Mailbox, state State, p Problem) {
	if err := s.Recorder.State(context.WithoutCancel(ctx), m, state, p); err != nil {
		s.Log.Error("record the state of a mailbox", "mailbox", m, "error", err)
	}
}

// QueueReconcile asks for a reconciliation of the mailbox; several requests
// before it runs are one.
func (s *Service) QueueReconcile(ctx context.Context, m id.Mailbox) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		return s.Queue.Put(tx, jobs.Add{Kind: ReconcileJob, Args: MailboxArgs{m}, Key: m.String()})
	})
}
