package ask

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// New is what a person wants to ask.
type New struct {
	Conversation id.Conversation
	Key          string   // a second press with the same key changes nothing
	Party        id.Party // of the address book; 0: To
	To           Party    // else a free address: name, address, language
	Question     string   // plain text
	DueAt        time.Time
	Messages     []id.Message    // of the conversation, quoted to them
	Attachments  []id.Attachment // of the conversation, or uploaded by the asker
	ShowProduct  bool            // show the conversation's product
}

// Limits of a question.
const (
	maxQuestion = 10_000   // code points
	maxQuoted   = 20       // messages
	maxShared   = 20       // files
	maxAttached = 10 << 20 // bytes that go along with the mail; all of them stand on the page
	longestTime = 90 * 24 * time.Hour
)

// asking is a question on its way out.
type asking struct {
	New

	conv     desk.Conversation
	to       Party
	asker    string
	shop     string
	location *time.Location
	product  string
	files    []desk.File
	quoted   []desk.Message
	before   desk.Message // made by an earlier press with the same key
}

var selectShared = store.SQL(`
	select a.blob, a.name, a.type, a.size, a.message_id, a.person_id, coalesce(m.conversation_id, 0) as conversation_id
	from attachment a left join message m on m.id = a.message_id where a.id = $1 and a.shop_id = $2`)

// Ask sends a question. Note, promise, delivery and event are one transaction.
// Without DueAt they have one open day. Invalid faults: question, due_at, party,
// address, messages, attachments.
func (s *Service) Ask(ctx context.Context, by team.Actor, n New) (Ask, error) {
	a := asking{New: n}
	err := s.DB.Read(ctx, func(tx *store.Tx) error { return s.gather(tx, by, &a) })
	if err != nil {
		return Ask{}, err
	}
	if a.before.ID != 0 {
		return s.asked(ctx, a.before.ID)
	}
	token := newToken()
	prepared, err := s.Reply.PrepareQuestion(ctx, a.mail(by.Person, s.link(token)))
	if err != nil {
		return Ask{}, err
	}
	failpoint.Hit("ask.composed")
	var made Ask
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		made, err = s.write(tx, by, a, prepared, token)
		return err
	})
	failpoint.Hit("ask.committed")
	if errors.Is(err, store.ErrDuplicate) { // two presses at once: the other won
		// As a writer, which waits for the winner's commit; a reader may come before it.
		err = s.DB.InTx(ctx, func(tx *store.Tx) error {
			before, _, err := desk.ByKey(tx, n.Conversation, n.Key)
			if err != nil {
				return err
			}
			made, err = store.One[Ask](tx, selectByMessage, before.ID)
			return err
		})
	}
	return made, err
}

func (s *Service) asked(ctx context.Context, note id.Message) (a Ask, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		a, err = store.One[Ask](tx, selectByMessage, note)
		return err
	})
	return a, err
}

func (s *Service) gather(tx *store.Tx, by team.Actor, a *asking) (err error) {
	if a.Key == "" {
		return fault.Wrong("key", "A key is needed so that a second press changes nothing.")
	}
	if a.conv, err = desk.Get(tx, a.Conversation); err != nil || a.conv.Shop != by.Shop {
		return fault.Missing("conversation")
	}
	if a.conv.MergedInto != 0 {
		return fault.New(fault.Conflict, "merged", "It was merged into another conversation; go on there.")
	}
	if a.before, _, err = desk.ByKey(tx, a.Conversation, a.Key); err != nil || a.before.ID != 0 {
		return err
	}
	a.Question = strings.TrimSpace(a.Question)
	switch {
	case a.Question == "":
		return fault.Wrong("question", "Say what you want to know.")
	case utf8.RuneCountInString(a.Question) > maxQuestion:
		return fault.Wrong("question", "The question is too long.")
	}
	for _, step := range []func(*store.Tx, team.Actor, *asking) error{s.readParty, s.readTime, s.readShared, s.readNames} {
		if err := step(tx, by, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) readParty(tx *store.Tx, by team.Actor, a *asking) error {
	if a.Party != 0 {
		known, found, err := store.Maybe[Party](tx, selectParty, a.Party, by.Shop)
		if err == nil && (!found || known.Archived) {
			err = fault.Missing("party")
		}
		a.to = known
		return err
	}
	a.to = a.To
	a.to.Shop, a.to.ID = by.Shop, 0
	if a.to.Kind == "" {
		a.to.Kind = Other
	}
	if oneLine(a.to.Name) == "" {
		a.to.Name, _, _ = strings.Cut(strings.TrimSpace(a.to.Address), "@")
	}
	return s.check(tx, &a.to)
}

func (s *Service) readTime(tx *store.Tx, by team.Actor, a *asking) error {
	hours, _, err := s.Shops.HoursAndDelay(tx, by.Shop, desk.ChannelMail)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	if a.DueAt.IsZero() {
		a.DueAt = hours.AddOpenDays(now, 1)
	}
	if !a.DueAt.After(now) || a.DueAt.Sub(now) > longestTime {
		return fault.Wrong("due_at", "Choose a time between now and three months from now.")
	}
	a.location, err = s.Shops.Location(tx, by.Shop)
	return err
}

type sharedRow struct {
	desk.Attachment

	Person       id.Person       `db:"person_id"`
	Conversation id.Conversation `db:"conversation_id"`
}

// readShared: only what lies in this conversation, or what the asker has just
// uploaded, is shown to others; and of messages only mail that came or went.
func (s *Service) readShared(tx *store.Tx, by team.Actor, a *asking) error {
	if len(a.Messages) > maxQuoted || len(a.Attachments) > maxShared {
		return fault.Wrong("attachments", "At most 20 messages and 20 files go along.")
	}
	for _, m := range a.Messages {
		found, err := desk.GetMessage(tx, m)
		if err != nil || found.Conversation != a.conv.ID || found.Direction != desk.In && found.Direction != desk.Out {
			return fault.Wrong("messages", "This message is not there any more.")
		}
		a.quoted = append(a.quoted, found)
	}
	slices.SortFunc(a.quoted, func(x, y desk.Message) int { return x.ArrivedAt.Compare(y.ArrivedAt) })
	for _, at := range a.Attachments {
		f, found, err := store.Maybe[sharedRow](tx, selectShared, at, by.Shop)
		if err != nil {
			return err
		}
		mine := f.Message == 0 && f.Person == by.Person
		if !found || !mine && f.Conversation != a.conv.ID {
			return fault.Wrong("attachments", "An attachment is not there any more; attach it again.")
		}
		a.files = append(a.files, desk.File{Name: f.Name, Type: f.Type, Size: f.Size, Blob: f.Blob})
	}
	return nil
}

func (s *Service) readNames(tx *store.Tx, by team.Actor, a *asking) error {
	sh, err := s.Shops.Get(tx, by.Shop)
	if err != nil {
		return err
	}
	who, err := s.Reply.Team.Member(tx, by.Shop, by.Person)
	a.shop, a.asker = sh.Name, who.SignedName()
	if a.ShowProduct {
		a.product = a.conv.Product
	}
	return err
}

// write keeps the question under the conversation's lock.
func (s *Service) write(tx *store.Tx, by team.Actor, a asking, mail reply.Prepared, token string) (made Ask, err error) {
	now := s.Clock.Now()
	_, err = s.Desk.Change(tx, a.conv.ID, func(c *desk.Conversation) error {
		if c.MergedInto != 0 {
			return fault.New(fault.Conflict, "merged", "It was merged into another conversation; go on there.")
		}
		note, err := s.Desk.Append(tx, desk.Message{
			Shop: c.Shop, Conversation: c.ID, Direction: desk.Note, Kind: desk.KindAsk, Channel: desk.ChannelMail, Person: by.Person,
			Recipients: desk.Recipients{To: []mime.Address{mail.To}}.JSON(), Subject: mail.Subject, Body: a.Question, Quote: a.quotes(),
			HTML: paragraphs(a.Question), Language: a.to.Language, SendKey: a.Key, ArrivedAt: now,
		})
		if err != nil {
			return err
		}
		for _, f := range a.files {
			if _, err := s.Desk.Attach(tx, c.Shop, note.ID, by.Person, f); err != nil {
				return err
			}
		}
		if err := desk.Findable(tx, note, a.files...); err != nil {
			return err
		}
		p, err := s.Desk.Ledger.Open(tx, promise.Owed{
			Shop: c.Shop, Conversation: c.ID, Channel: c.Channel, Kind: promise.Ask, Title: a.to.Name, Basis: promise.Word,
			Since: now, DueAt: a.DueAt, Person: by.Person, Message: note.ID,
		})
		if err != nil {
			return err
		}
		made = Ask{
			Shop: c.Shop, Promise: p.ID, Message: note.ID, Person: by.Person, Party: a.to.ID, Name: a.to.Name, Kind: a.to.Kind,
			Address: a.to.Address, Language: a.to.Language, Product: a.product, CreatedAt: now,
		}
		return s.queue(tx, &made, c.ID, mail, token)
	})
	return made, err
}

func (s *Service) queue(tx *store.Tx, made *Ask, c id.Conversation, mail reply.Prepared, token string) (err error) {
	made.ID, err = store.One[id.Ask](tx, insertAsk, made.Shop, made.Promise, made.Message, made.Person, made.Party, made.Name, made.Kind,
		made.Address, made.Language, made.Product, made.CreatedAt)
	if err != nil {
		return err
	}
	sent, err := s.Reply.QueueQuestion(tx, mail, made.Message)
	if err != nil {
		return err
	}
	if _, err := store.Exec(tx, insertMail, made.Shop, made.ID, digest(token), mail.MessageID, false, made.CreatedAt); err != nil {
		return err
	}
	return s.Log.Append(tx, event.Event{
		Shop: made.Shop, Kind: event.AskSent, Conversation: c, Message: made.Message, Promise: made.Promise, Delivery: sent.ID, Person: made.Person,
	}.With(map[string]any{"ask": int64(made.ID)}))
}
