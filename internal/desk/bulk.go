package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// BulkAtOnce is how many conversations one call changes at most.
const BulkAtOnce = 200

// bulkChunk keeps its transactions short.
const bulkChunk = 50

var errTooMany = fault.Wrong("ids", "These are too many at once.")

// Verb is what is done to each of several conversations.
type Verb string

// The verbs.
const (
	BulkAssign Verb = "assign"
	BulkSnooze Verb = "snooze" // the zero time wakes
	BulkClose  Verb = "close"
	BulkWait   Verb = "wait"
	BulkWaive  Verb = "waive"
	BulkReopen Verb = "reopen"
	BulkSpam   Verb = "spam"
	BulkRescue Verb = "rescue"

	BulkTeam     Verb = "team"
	BulkTag      Verb = "tag"
	BulkUntag    Verb = "untag"
	BulkClassify Verb = "reason"
	BulkPriority Verb = "priority"
	BulkFollow   Verb = "follow"
	BulkUnfollow Verb = "unfollow"
)

// BulkAct is one act on several conversations. Two that are equal do the same.
type BulkAct struct {
	Verb     Verb
	Person   id.Person // of assign; 0 gives them back to all. Of team: who is in charge then, 0 leaves that
	Until    time.Time // of snooze
	Reason   string    // of waive
	Team     id.Team   // 0 takes them back
	Tag      id.Tag    // of tag and untag
	About    id.Reason // of reason; 0 takes it away
	Priority int
}

// BulkStep is an act and whom it is for.
type BulkStep struct {
	Act BulkAct
	IDs []id.Conversation
}

// BulkRefusal says why one of them stays as it is.
type BulkRefusal struct {
	ID  id.Conversation
	Why *fault.Fault
}

// BulkResult says what became of each conversation, and how the whole is taken
// back. What has no way back isn't in Undo.
type BulkResult struct {
	Done    []id.Conversation
	Refused []BulkRefusal
	Undo    []BulkStep
}

// Bulk does one act to several conversations, a few a transaction. What one of
// them refuses stops no other. Those that heard from the customer after known
// are refused: nobody decides about what they haven't seen; the zero time asks
// for no such care. After an error it says what had been done by then.
func (d *Desk) Bulk(ctx context.Context, by Actor, act BulkAct, ids []id.Conversation, known time.Time) (all BulkResult, err error) {
	if len(ids) > BulkAtOnce {
		return all, errTooMany
	}
	// Everybody locks in the same order.
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for part := range slices.Chunk(ids, bulkChunk) {
		var now BulkResult
		err := d.DB.InTx(ctx, func(tx *store.Tx) (err error) {
			now, err = d.bulkPart(tx, by, act, part, known)
			return err
		})
		if err != nil {
			return all, err
		}
		all = all.and(now)
	}
	return all, nil
}

// bulkPart does the act to a few, within the caller's transaction.
func (d *Desk) bulkPart(tx *store.Tx, by Actor, act BulkAct, part []id.Conversation, known time.Time) (now BulkResult, err error) {
	for _, c := range part {
		if err := d.bulkOne(tx, by, act, c, known, &now); err != nil {
			return now, err
		}
	}
	return now, nil
}

func (d *Desk) bulkOne(tx *store.Tx, by Actor, act BulkAct, c id.Conversation, known time.Time, out *BulkResult) error {
	before, err := d.own(tx, by, c)
	if err == nil && !known.IsZero() && before.LastMessageAt.After(known) {
		err = fault.New(fault.Conflict, "arrived_since", "A message arrived that you have not seen.")
	}
	var back BulkAct
	if err == nil {
		back, err = d.bulkVerb(tx, by, act, before)
	}
	var why *fault.Fault
	switch {
	case errors.As(err, &why) && why.Kind != fault.Internal:
		said := *why
		said.Cause = nil // is for the log, and cannot be kept
		out.Refused = append(out.Refused, BulkRefusal{c, &said})
		return nil
	case err != nil:
		return err
	}
	out.Done = append(out.Done, c)
	if back.Verb != "" {
		out.undoBy(back, c)
	}
	return nil
}

func (r *BulkResult) undoBy(act BulkAct, ids ...id.Conversation) {
	for i := range r.Undo {
		if r.Undo[i].Act == act {
			r.Undo[i].IDs = append(r.Undo[i].IDs, ids...)
			return
		}
	}
	r.Undo = append(r.Undo, BulkStep{act, ids})
}

// bulkVerb does the act to one conversation and says what takes it back; no
// verb where nothing does.
func (d *Desk) bulkVerb(tx *store.Tx, by Actor, act BulkAct, was Conversation) (back BulkAct, err error) {
	switch act.Verb {
	case BulkAssign:
		_, err = d.Assign(tx, by, was.ID, act.Person)
		return BulkAct{Verb: BulkAssign, Person: was.Assignee}, err
	case BulkSnooze:
		_, err = d.Snooze(tx, by, was.ID, act.Until)
		back = BulkAct{Verb: BulkSnooze}
		if was.SnoozedUntil.After(d.Clock.Now()) {
			back.Until = was.SnoozedUntil
		}
		return back, err
	case BulkClose:
		_, err = d.Close(tx, by, was.ID)
		if was.State == StateWaiting {
			back.Verb = BulkWait
		}
		return back, err
	case BulkWait:
		_, err = d.Wait(tx, by, was.ID)
		if was.State == StateClosed {
			back.Verb = BulkClose
		}
		return back, err
	case BulkWaive:
		return BulkAct{Verb: BulkReopen}, d.bulkWaive(tx, by, was.ID, act.Reason)
	case BulkReopen:
		_, err = d.Reopen(tx, by, was.ID)
		return back, err
	case BulkSpam:
		_, err = d.PutAway(tx, by, was.ID, TraySpam, customer.Spam)
		return BulkAct{Verb: BulkRescue}, err
	case BulkRescue:
		_, err = d.Rescue(tx, by, was.ID)
		return back, err
	}
	return d.bulkNote(tx, by, act, was)
}

// bulkNote does those acts that note something of a conversation. What was so
// already is not taken back with the rest.
func (d *Desk) bulkNote(tx *store.Tx, by Actor, act BulkAct, was Conversation) (back BulkAct, err error) {
	var now Conversation
	switch act.Verb {
	case BulkTeam:
		now, err = d.AssignTeam(tx, by, was.ID, act.Team)
		if err == nil && act.Person != 0 {
			now, err = d.Assign(tx, by, was.ID, act.Person)
		}
		if now.Team != was.Team || now.Assignee != was.Assignee {
			back = BulkAct{Verb: BulkTeam, Team: was.Team, Person: was.Assignee}
		}
	case BulkTag, BulkUntag:
		now, err = d.Tag(tx, by, was.ID, act.Tag, act.Verb == BulkTag)
		if now.Tags != was.Tags {
			back = BulkAct{Verb: opposite[act.Verb], Tag: act.Tag}
		}
	case BulkClassify:
		to := was.ClassOf()
		to.Reason = act.About
		now, err = d.Classify(tx, by, was.ID, to)
		if now.Reason != was.Reason {
			back = BulkAct{Verb: BulkClassify, About: was.Reason}
		}
	case BulkPriority:
		now, err = d.Prioritise(tx, by, was.ID, act.Priority)
		if now.Priority != was.Priority {
			back = BulkAct{Verb: BulkPriority, Priority: was.Priority}
		}
	case BulkFollow, BulkUnfollow:
		var changed bool
		_, changed, err = d.follow(tx, by, was.ID, act.Verb == BulkFollow)
		if changed {
			back.Verb = opposite[act.Verb]
		}
	default:
		err = fault.Wrong("action", "There is no such action.")
	}
	return back, err
}

var opposite = map[Verb]Verb{BulkTag: BulkUntag, BulkUntag: BulkTag, BulkFollow: BulkUnfollow, BulkUnfollow: BulkFollow}

// bulkWaive ends the answer that is owed. What else is owed in a conversation,
// a call or a refund, is decided one by one.
func (d *Desk) bulkWaive(tx *store.Tx, by Actor, c id.Conversation, reason string) error {
	open, err := promise.OpenOf(tx, c)
	if err != nil {
		return err
	}
	for _, p := range open {
		if p.Kind == promise.Answer {
			_, err := d.Waive(tx, by, c, p.ID, reason)
			return err
		}
	}
	return fault.New(fault.Conflict, "nothing_owed", "No answer is owed here.")
}
