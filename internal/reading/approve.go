package reading

import (
	"cmp"
	"context"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Approval is a reader's yes.
type Approval struct {
	Reading     id.Reading
	SeenThrough id.Message // the newest message that the reader had on screen
	PassReason  string     // why a stop of the guard is passed; "" is the author's reason, or that it was read
}

// Approve sends the draft in its author's name. What keeps an answer from leaving
// keeps this one: what is never passed is Held, a customer's message that the
// reader hasn't seen is reply.Unseen. A second press changes nothing.
func (s *Service) Approve(ctx context.Context, by team.Actor, a Approval) (reply.Outcome, error) {
	var answer reply.Answer
	var author team.Actor
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		answer, author, err = s.answer(tx, by, a)
		return err
	})
	if err != nil {
		return reply.Outcome{}, err
	}
	answer.Also = func(tx *store.Tx, sent reply.Outcome) error {
		return s.approved(tx, by, a.Reading, sent)
	}
	return s.Reply.Send(ctx, author, answer)
}

func (s *Service) answer(tx *store.Tx, by team.Actor, a Approval) (out reply.Answer, author team.Actor, err error) {
	r, err := get(tx, by, a.Reading)
	if err != nil {
		return out, author, err
	}
	if r.Author == by.Person {
		return out, author, fault.New(fault.Forbidden, "own_draft", "Somebody else has to read it.")
	}
	p, err := promise.Read(tx, r.Promise)
	if err != nil {
		return out, author, err
	}
	who, err := s.Team.Member(tx, by.Shop, r.Author)
	if err != nil {
		return out, author, err
	}
	if !who.Active {
		return out, author, fault.New(fault.Conflict, "author_left", "Its author has left the team; return it and answer yourself.")
	}
	author = team.Actor{Person: r.Author, Shop: by.Shop, Role: who.Role}
	out = reply.Answer{Conversation: p.Conversation, Key: "reading:" + r.ID.String(), SeenThrough: a.SeenThrough, Reading: r.ID}
	if r.State != Open && r.State != Approved { // of an approved one the key finds what was sent
		return out, author, errOver
	}
	d, _, err := reply.DraftOf(tx, p.Conversation)
	if err != nil || d.Reading != r.ID {
		return out, author, err
	}
	reader, err := s.Team.Member(tx, by.Shop, by.Person)
	if err != nil {
		return out, author, err
	}
	to := desk.ParseRecipients(d.Recipients)
	out.HTML, out.To, out.Cc, out.Bcc = d.HTML, to.To, to.Cc, to.Bcc
	out.Attachments, out.HoldingUntil, out.Options, out.Promises = d.AttachmentIDs(), d.HoldingUntil, d.ReadOptions(), r.promised()
	out.PassReason = cmp.Or(strings.TrimSpace(a.PassReason), r.PassReason, readBy(who.Language)+reader.Name)
	if r.SendAt.After(s.Clock.Now()) {
		out.SendAt = r.SendAt
	}
	return out, author, nil
}

// readBy is the reason kept where nobody gave one: that somebody read it.
func readBy(language string) string {
	if language == "en" {
		return "Second reading: "
	}
	return "Seconde lecture : "
}

func (s *Service) approved(tx *store.Tx, by team.Actor, reading id.Reading, sent reply.Outcome) error {
	r, c, err := open(tx, by, reading)
	if err != nil {
		return err
	}
	_, err = s.Desk.Change(tx, c, func(conv *desk.Conversation) error {
		if err := s.end(tx, r, Approved, by.Person, "", sent.Message.ID); err != nil {
			return err
		}
		if err := s.Desk.Notice(tx, conv, desk.NoticeReadingSent, sent.Message.ID, r.Author); err != nil {
			return err
		}
		return s.tell(tx, r, event.ReadingApproved, c, by.Person, sent.Message.ID)
	})
	return err
}
