package ask

import (
	"context"
	"errors"
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// The jobs behind a question.
var (
	// LateJob reminds who hasn't answered in time, once, and tells the asker.
	LateJob = jobs.Kind{Name: "ask.late", Pool: jobs.PoolReact}
	// FailedJob tells the asker that the mail didn't arrive.
	FailedJob = jobs.Kind{Name: "ask.failed", Pool: jobs.PoolReact}
)

// LateArgs are the arguments of LateJob.
type LateArgs struct {
	Promise id.Promise `json:"promise"`
}

// FailedArgs are the arguments of FailedJob.
type FailedArgs struct {
	Delivery id.Delivery `json:"delivery"`
}

// late is what a reminder is written from.
type late struct {
	ask   Ask
	conv  desk.Conversation
	due   promise.Promise
	note  desk.Message
	shop  string
	first string // Message-ID of the question
}

// Late is the handler of LateJob.
func (s *Service) Late(ctx context.Context, j jobs.Job) error {
	var args LateArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	var l late
	var found bool
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		l, found, err = s.readLate(tx, args.Promise)
		return err
	})
	if err != nil || !found || l.due.State != promise.Open {
		return err
	}
	token := newToken()
	q := reply.Question{
		Conversation: l.conv, To: mime.Address{Name: l.ask.Name, Address: l.ask.Address}, Subject: "Re: " + l.note.Subject,
		Language: l.ask.Language, References: []string{l.first}, Reminder: true,
	}
	q.Text, q.HTML = reminder(l.ask, l.note, l.shop, l.due.DueAt, s.link(token))
	mail, err := s.Reply.PrepareQuestion(ctx, q)
	if err != nil {
		return fmt.Errorf("remind of a question: %w", err)
	}
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		return s.remind(tx, l, mail, token)
	})
	if errors.Is(err, store.ErrDuplicate) { // reminded already
		return nil
	}
	return err
}

func (s *Service) readLate(tx *store.Tx, p id.Promise) (l late, found bool, err error) {
	if l.ask, found, err = store.Maybe[Ask](tx, selectByPromise, p); err != nil || !found {
		return l, found, err
	}
	if l.due, err = promise.Read(tx, p); err != nil {
		return l, found, err
	}
	if l.conv, err = desk.Get(tx, l.due.Conversation); err != nil {
		return l, found, err
	}
	if l.note, err = desk.GetMessage(tx, l.ask.Message); err != nil {
		return l, found, err
	}
	sh, err := s.Shops.Get(tx, l.ask.Shop)
	if err != nil {
		return l, found, err
	}
	zone, err := s.Shops.Location(tx, l.ask.Shop)
	if err != nil {
		return l, found, err
	}
	l.shop, l.due.DueAt = sh.Name, l.due.DueAt.In(zone)
	l.first, err = store.One[string](tx, firstMail, l.ask.ID)
	return l, found, err
}

func (s *Service) remind(tx *store.Tx, l late, mail reply.Prepared, token string) error {
	c, err := s.held(tx, l.ask.Promise)
	if err != nil {
		return err
	}
	conv, err := desk.Get(tx, c)
	if err != nil {
		return err
	}
	p, err := promise.Get(tx, l.ask.Promise)
	if err != nil || p.State != promise.Open { // answered meanwhile
		return err
	}
	sent, err := s.Reply.QueueQuestion(tx, mail, 0)
	if err != nil {
		return err
	}
	if _, err := store.Exec(tx, insertMail, l.ask.Shop, l.ask.ID, digest(token), mail.MessageID, true, s.Clock.Now()); err != nil {
		return err
	}
	if err := s.Desk.Notice(tx, &conv, desk.NoticeAskLate, l.ask.Message, l.ask.Person); err != nil {
		return err
	}
	return s.Log.Append(tx, event.Event{
		Shop: l.ask.Shop, Kind: event.AskReminded, Conversation: c, Message: l.ask.Message, Promise: p.ID, Delivery: sent.ID,
	}.With(map[string]any{"ask": int64(l.ask.ID)}))
}

// Failed is the handler of FailedJob. A delivery that is no question's is none
// of its business.
func (s *Service) Failed(ctx context.Context, j jobs.Job) error {
	var args FailedArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		d, err := delivery.Get(tx, args.Delivery)
		if err != nil {
			return err
		}
		a, found, err := store.Maybe[Ask](tx, selectByMail, d.Shop, d.MessageID)
		if err != nil || !found {
			return err
		}
		c, err := s.held(tx, a.Promise)
		if err != nil {
			return err
		}
		conv, err := desk.Get(tx, c)
		if err != nil {
			return err
		}
		if err := s.Desk.Notice(tx, &conv, desk.NoticeAskFailed, a.Message, a.Person); err != nil {
			return err
		}
		return s.Log.Append(tx, event.Event{Shop: a.Shop, Kind: event.ConversationChanged, Conversation: c, Message: a.Message})
	})
}
