package reply

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// QuestionPrefix begins the Message-IDs of questions to people inside, so that
// a mail which names none of them is told at a glance.
const QuestionPrefix = "ask."

// Question is a mail to somebody whom the shop works with, about a conversation
// but never part of its thread: the customer's mails are not named in it.
type Question struct {
	Conversation desk.Conversation
	By           id.Person // in whose name; 0: the shop's
	To           mime.Address
	Subject      string
	Author       string // what its author wrote: no hole may stand in it
	Text, HTML   string // the whole mail
	Language     string // fr, en
	Files        []desk.File
	References   []string // of a reminder: the mail that it reminds of
	Reminder     bool
}

// Prepared is a question whose bytes lie in the blob store.
type Prepared struct {
	Question

	MessageID string
	mailbox   shop.Mailbox
	raw       blob.Hash
}

// PrepareQuestion asks the guard and writes the bytes. Invalid faults: question.
func (s *Service) PrepareQuestion(ctx context.Context, q Question) (Prepared, error) {
	out := Prepared{Question: q}
	if guard.Blocks(guard.Check(guard.Draft{Text: q.Author, Kind: guard.KindSystem, Lang: q.Language}, guard.Facts{})) {
		return out, fault.Wrong("question", "Something in it is not filled in yet, or is a card number.")
	}
	from, location, err := s.sender(ctx, q, &out.mailbox)
	if err != nil {
		return out, err
	}
	files, err := s.readFiles(ctx, q.Files)
	if err != nil {
		return out, err
	}
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	out.MessageID = QuestionPrefix + hex.EncodeToString(b[:]) + "@" + domainOf(out.mailbox.Address)
	mail := compose.Message{
		MessageID: out.MessageID, Date: s.Clock.Now().In(location),
		From: compose.Address{Name: from, Address: out.mailbox.Address}, To: addressed([]mime.Address{q.To}),
		Subject: q.Subject, References: q.References, HTML: q.HTML, Text: q.Text, Files: files, Language: q.Language,
	}
	if n := len(q.References); n > 0 {
		mail.InReplyTo = q.References[n-1]
	}
	if q.Reminder {
		mail.AutoSubmitted, mail.Headers = "auto-generated", map[string]string{"X-Auto-Response-Suppress": "All"}
	}
	raw, err := compose.Build(mail)
	if err != nil {
		return out, fmt.Errorf("compose question: %w", err)
	}
	if raw, err = s.sign(raw, out.mailbox); err != nil {
		return out, err
	}
	hashes, err := s.Blobs.Put(ctx, raw)
	if err != nil {
		return out, err
	}
	out.raw = hashes[0]
	return out, nil
}

// sender finds the mailbox that a question leaves from and the name before it.
func (s *Service) sender(ctx context.Context, q Question, box *shop.Mailbox) (name string, location *time.Location, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		sh, err := s.Shops.Get(tx, q.Conversation.Shop)
		if err != nil {
			return err
		}
		if location, err = s.Shops.Location(tx, sh.ID); err != nil {
			return err
		}
		if *box, err = s.from(tx, sh.ID, q.Conversation.Mailbox); err != nil {
			return err
		}
		name = sh.Name
		if q.By == 0 {
			return nil
		}
		who, err := s.Team.Member(tx, sh.ID, q.By)
		name = who.SignedName() + " · " + sh.Name
		return err
	})
	return name, location, err
}

// QueueQuestion writes the delivery of a prepared question. m is the note that
// says what was asked; a reminder has none. It leaves after the time to undo.
func (s *Service) QueueQuestion(tx *store.Tx, p Prepared, m id.Message) (delivery.Delivery, error) {
	n := delivery.New{
		Shop: p.Conversation.Shop, Mailbox: p.mailbox.ID, Conversation: p.Conversation.ID, Message: m, Kind: delivery.System,
		MessageID: p.MessageID, Raw: p.raw, Sender: p.mailbox.Address, Subject: p.Subject,
		Recipients: []delivery.Recipient{{Address: strings.ToLower(p.To.Address), Name: p.To.Name, Role: "to", Customer: true}},
	}
	if !p.Reminder {
		n.NotBefore = s.Clock.Now().Add(UndoTime)
	}
	return s.Post.Create(tx, n)
}
