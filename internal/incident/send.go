package incident

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// SendJob sends the next answer of a round and puts itself off to the one after.
var SendJob = jobs.Kind{Name: "incident.send", Pool: jobs.PoolReact}

// SendArgs are the arguments of SendJob.
type SendArgs struct {
	Round id.IncidentRound `json:"round"`
}

// Shown is an answer as its author had it on screen.
type Shown struct {
	Conversation id.Conversation
	SeenThrough  id.Message
}

var (
	startAnswer = store.SQL(`
		update incident_answer set state = 'waiting', why = '', sent_html = $3, seen_through = $4, send_at = $5
		where round_id = $1 and conversation_id = $2 and state in ('open', 'left_out')`)
	startRound = store.SQL(`update incident_round set state = 'sending', started_by = $2, started_at = $3 where id = $1`)
	setRound   = store.SQL(`update incident_round set state = $2 where id = $1`)
	nextWaits  = store.SQL(`
		select ` + answerColumns + ` from incident_answer a left join delivery d on d.id = a.delivery_id
		where a.round_id = $1 and a.state = 'waiting' order by a.send_at, a.conversation_id limit 1`)
	nextAt   = store.SQL(`select min(send_at) from incident_answer where round_id = $1 and state = 'waiting'`)
	markSent = store.SQL(`
		update incident_answer set state = 'sent', why = '', message_id = $3, delivery_id = $4
		where round_id = $1 and conversation_id = $2 and state in ('waiting', 'open')`)
	markLeftOut = store.SQL(`
		update incident_answer set state = 'left_out', why = $3 where round_id = $1 and conversation_id = $2 and state = 'waiting'`)
	selectAny = store.SQL(`select ` + columns + ` from incident where id = $1`)
)

// Start sends the newest round to the conversations that are named, one after
// the other, the first after the time to undo. Each gets the text that it was
// shown with; the round's revision must be the one that was shown. It says how
// many will be sent: what is excluded, answered or has no text stays.
func (s *Service) Start(ctx context.Context, by team.Actor, i id.Incident, revision int64, shown []Shown) (int, error) {
	r, lines, err := s.Preview(ctx, by, i)
	if err != nil {
		return 0, err
	}
	if err := startable(r, revision); err != nil {
		return 0, err
	}
	wanted := map[id.Conversation]id.Message{}
	for _, w := range shown {
		wanted[w.Conversation] = w.SeenThrough
	}
	ready := slices.DeleteFunc(lines, func(l Line) bool {
		_, asked := wanted[l.Conversation]
		return !asked || l.State != Ready
	})
	slices.SortStableFunc(ready, func(a, b Line) int { return a.DueAt.Compare(b.DueAt) }) // who is due first goes first
	n := 0
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		n = 0
		if _, err := s.own(tx, by, i); err != nil {
			return err
		}
		now, err := store.One[Round](tx, lockRound, r.ID)
		if err != nil {
			return err
		}
		if err := startable(now, revision); err != nil {
			return err
		}
		first := s.Clock.Now().Add(failpoint.Duration("reply.undo_time", reply.UndoTime))
		for _, l := range ready {
			if _, err := store.Exec(tx, insertAnswer, r.ID, l.Conversation); err != nil {
				return err
			}
			seen := min(wanted[l.Conversation], l.SeenThrough)
			at := first.Add(time.Duration(n) * pace(now))
			done, err := store.Exec(tx, startAnswer, r.ID, l.Conversation, l.HTML, seen, at)
			if err != nil {
				return err
			}
			n += int(done)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "nothing_ready", "No answer is ready to leave.")
		}
		if _, err := store.Exec(tx, startRound, r.ID, by.Person, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.next(tx, r.ID, first); err != nil {
			return err
		}
		return s.changed(tx, by.Person, by.Shop, i, "started")
	})
	return n, err
}

func startable(r Round, revision int64) error {
	switch {
	case r.State != Open:
		return errSending
	case r.Revision != revision:
		return errStale
	}
	return nil
}

// pace is the time between two answers.
func pace(r Round) time.Duration {
	return failpoint.Duration("incident.pace", time.Minute/time.Duration(max(r.PerMinute, 1)))
}

func (s *Service) next(tx *store.Tx, r id.IncidentRound, at time.Time) error {
	return s.Queue.Put(tx, jobs.Add{Kind: SendJob, Key: r.String(), Args: SendArgs{r}, At: at})
}

// Work is the handler of SendJob. The key of an answer is that of its round,
// conversation and try: whatever dies between the desk's transaction and ours,
// the next try finds the message that is there.
func (s *Service) Work(ctx context.Context, j jobs.Job) error {
	var args SendArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	var (
		r  Round
		i  Incident
		a  answer
		is bool
	)
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if r, err = store.One[Round](tx, selectRound, args.Round); err != nil {
			return err
		}
		if i, err = store.One[Incident](tx, selectAny, r.Incident); err != nil {
			return err
		}
		a, is, err = store.Maybe[answer](tx, nextWaits, r.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("incident round %d: %w", args.Round, err)
	}
	if r.State != Sending || !is || a.SendAt.After(s.Clock.Now()) {
		return s.DB.InTx(ctx, func(tx *store.Tx) error { return s.goOn(tx, j, i, r.ID) })
	}
	out, why, err := s.sendOne(ctx, i, r, a)
	if err != nil && j.Attempts < jobs.MaxAttempts {
		return fmt.Errorf("incident round %d: %w", r.ID, err)
	}
	if err != nil { // one that can't be sent must not keep the others
		why = TriedInVain
	}
	failpoint.Hit("incident.sent")
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if _, err := store.One[Round](tx, lockRound, r.ID); err != nil {
			return err
		}
		mark, args := markSent, []any{r.ID, a.Conversation, out.Message.ID, out.Delivery.ID}
		if why != "" {
			mark, args = markLeftOut, []any{r.ID, a.Conversation, why}
		}
		if _, err := store.Exec(tx, mark, args...); err != nil {
			return err
		}
		return s.goOn(tx, j, i, r.ID)
	})
}

// goOn ends the job, and puts the next one when an answer still waits; else the
// round has been sent.
func (s *Service) goOn(tx *store.Tx, j jobs.Job, i Incident, round id.IncidentRound) error {
	if err := j.Finish(tx); err != nil {
		return err
	}
	r, err := store.One[Round](tx, lockRound, round)
	if err != nil || r.State != Sending {
		return err
	}
	at, err := store.One[time.Time](tx, nextAt, round)
	if err != nil {
		return err
	}
	if !at.IsZero() {
		if err := s.next(tx, round, at); err != nil {
			return err
		}
		return s.changed(tx, 0, i.Shop, i.ID, "progress")
	}
	if _, err := store.Exec(tx, setRound, round, Open); err != nil {
		return err
	}
	return s.changed(tx, 0, i.Shop, i.ID, "done")
}

// sendOne sends one answer by the one door, or says why it doesn't leave.
func (s *Service) sendOne(ctx context.Context, i Incident, r Round, a answer) (out reply.Outcome, why string, err error) {
	send := reply.Answer{
		Conversation: a.Conversation, Key: keyOf(r.ID, a), HTML: a.SentHTML, SeenThrough: a.SeenThrough, HoldingUntil: r.HoldingUntil,
		PassReason: a.PassReason,
	}
	var by team.Actor
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if by, err = s.signer(tx, i, r); err != nil {
			return err
		}
		_, before, err := desk.ByKey(tx, a.Conversation, send.Key)
		if err != nil || before {
			return err
		}
		if answered, err := answeredSince(tx, a.Conversation, r.StartedAt, a); err != nil || answered {
			why = AnsweredSince
			return err
		}
		p, err := s.Reply.Preview(tx, by, send)
		send.Promises = p.Promises
		return err
	})
	if err == nil && why == "" {
		out, err = s.Reply.Send(ctx, by, send)
	}
	if why == "" {
		why, err = refused(out, err)
	}
	return out, why, err
}

// keyOf names one answer's one sending.
func keyOf(r id.IncidentRound, a answer) string {
	return "incident:" + r.String() + ":" + a.Conversation.String() + ":" + strconv.Itoa(a.Tries)
}

// refused says why Send didn't send; an error of ours is given back.
func refused(out reply.Outcome, err error) (why string, _ error) {
	var unseen reply.Unseen
	var f *fault.Fault
	switch {
	case errors.As(err, &unseen):
		return CustomerWrote, nil
	case errors.As(err, &f) && f.Kind != fault.Internal && f.Code != "busy":
		return whyOf(f), nil
	case err != nil:
		return "", err
	case len(out.Held) > 0:
		return ByGuard, nil
	}
	return "", nil
}

// signer is who started the round, as they stand today.
func (s *Service) signer(tx *store.Tx, i Incident, r Round) (team.Actor, error) {
	who, err := s.Team.Member(tx, i.Shop, r.StartedBy)
	if err != nil {
		return team.Actor{}, err
	}
	if !who.Active {
		return team.Actor{}, fault.New(fault.Forbidden, "signer_left", "Who signs these answers has left the team.")
	}
	return team.Actor{Person: r.StartedBy, Shop: i.Shop, Role: who.Role}, nil
}

var selectOverdue = store.SQL(`
	select r.id from incident_round r where r.state = 'sending'
		and exists (select 1 from incident_answer a where a.round_id = r.id and a.state = 'waiting' and a.send_at < $1)`)

// overdue is how late an answer may be before its job is taken for lost: it was
// parked after five ends of the process, or a restore brought none back.
const overdue = 2 * time.Minute

// Rescue gives rounds that stand still a job again.
func (s *Service) Rescue(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		rounds, err := store.All[id.IncidentRound](tx, selectOverdue, s.Clock.Now().Add(-overdue))
		for _, r := range rounds {
			if err := s.next(tx, r, s.Clock.Now()); err != nil {
				return err
			}
		}
		return err
	})
}
