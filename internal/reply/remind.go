package reply

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// RemindJob goes on with a wait for the customer that came due: it reminds
// them, or ends the wait as no news.
var RemindJob = jobs.Kind{Name: "reply.remind", Pool: jobs.PoolReact}

// RemindArgs are the arguments of RemindJob.
type RemindArgs struct {
	Conversation id.Conversation `json:"conversation"`
	Promise      id.Promise      `json:"promise"`
}

// reminder is a mail to a customer whom we wait for; without an address it is
// none, and the wait goes on all the same.
type reminder struct {
	basis
	to      mime.Address
	subject string
	text    string
	leftOut bool
}

// Remind is the handler of RemindJob. Any message of the customer's has ended
// the wait before; then nothing is done.
func (s *Service) Remind(ctx context.Context, j jobs.Job) error {
	var args RemindArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	var r reminder
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		r, err = s.reminderFor(tx, args)
		return err
	})
	silent := errors.Is(err, errNothingToSay)
	if err != nil && !silent {
		return fmt.Errorf("remind: %w", err)
	}
	var mail composed
	if !silent {
		mail = composed{subject: r.subject, text: r.text}
		if mail.raw, mail.messageID, err = s.composeAutomatic(ctx, r.basis, automatic{to: r.to, subject: r.subject, text: r.text, submitted: "auto-generated"}); err != nil {
			return fmt.Errorf("remind: %w", err)
		}
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		_, err := s.Desk.Change(tx, args.Conversation, func(c *desk.Conversation) error {
			step, err := s.Desk.Ledger.StepWait(tx, args.Promise, c.Channel, c.LastOutAt)
			switch {
			case err != nil:
				return err
			case step == promise.WaitNoNews:
				c.State = desk.StateClosed
			case step == promise.WaitRemind && !silent:
				return s.commitReminder(tx, c, r, mail)
			}
			return nil
		})
		return err
	})
}

func (s *Service) reminderFor(tx *store.Tx, args RemindArgs) (r reminder, err error) {
	if r.conv, err = desk.Get(tx, args.Conversation); err != nil {
		return r, err
	}
	if r.shop, err = s.Shops.Get(tx, r.conv.Shop); err != nil {
		return r, err
	}
	if r.conv.State != desk.StateWaiting || !r.shop.Remind || r.conv.LastIn == 0 {
		return r, errNothingToSay
	}
	if r.to, err = customersAddress(tx, r.conv, r.conv.LastIn); err != nil {
		return r, nothingFor(err)
	}
	if ok, err := s.mayWriteByItself(tx, r.conv.Shop, r.to.Address); err != nil || !ok {
		return r, nothingFor(err)
	}
	if r.mailbox, err = s.from(tx, r.conv.Shop, r.conv.Mailbox); err != nil {
		return r, nothingFor(err)
	}
	if r.location, err = s.Shops.Location(tx, r.conv.Shop); err != nil {
		return r, err
	}
	last, err := desk.GetMessage(tx, r.conv.LastIn)
	if err != nil {
		return r, err
	}
	if last.MessageID != "" {
		r.inReplyTo, r.references = last.MessageID, []string{last.MessageID}
	}
	r.subject = answerSubject(r.conv.Subject, r.language(), true)
	r.say()
	return r, nil
}

// say writes the text in the customer's language: the shop's own if it has one
// without a hole, else the house's.
func (r *reminder) say() {
	own, house := r.shop.RemindFR, remindFR
	if r.language() == "en" {
		own, house = r.shop.RemindEN, remindEN
	}
	fill := strings.NewReplacer("{dossier}", r.conv.ID.String(), "{boutique}", r.shop.Name)
	r.text = fill.Replace(house)
	if strings.TrimSpace(own) == "" {
		return
	}
	written := fill.Replace(own)
	if guard.Blocks(guard.Check(guard.Draft{Text: written, Kind: guard.KindNotice, Lang: r.language()}, guard.Facts{})) {
		r.leftOut = true
		return
	}
	r.text = written
}

// The house's texts: they ask for nothing but an answer, and say that none is
// needed where all is well.
const (
	remindFR = `Bonjour,

Nous attendons votre réponse pour poursuivre votre demande (dossier n° {dossier}). Il suffit de répondre à ce mail.

Si tout est réglé pour vous, vous n’avez rien à faire.

L’équipe {boutique}`
	remindEN = `Hello,

We are waiting for your answer to go on with your request (case no. {dossier}). Simply reply to this email.

If everything is settled for you, there is nothing to do.

The {boutique} team`
)

func (s *Service) commitReminder(tx *store.Tx, c *desk.Conversation, r reminder, mail composed) error {
	now := s.Clock.Now()
	m, err := s.Desk.Append(tx, desk.Message{
		Shop: c.Shop, Conversation: c.ID, Direction: desk.Out, Kind: desk.KindReminder, Channel: desk.ChannelMail,
		FromName: r.shop.Name, FromAddress: r.mailbox.Address, Recipients: desk.Recipients{To: []mime.Address{r.to}}.JSON(),
		Subject: mail.subject, Body: mail.text, Language: r.language(), MessageID: mail.messageID, InReplyTo: r.inReplyTo,
		Raw: mail.raw, ArrivedAt: now,
	})
	if err != nil {
		return err
	}
	if err := s.Desk.Claim(tx, c.Shop, c.ID, mail.messageID); err != nil {
		return err
	}
	sent, err := s.Post.Create(tx, delivery.New{
		Shop: c.Shop, Mailbox: r.mailbox.ID, Conversation: c.ID, Message: m.ID, Kind: delivery.Notice,
		MessageID: mail.messageID, Raw: mail.raw, Sender: r.mailbox.Address, Subject: mail.subject,
		Recipients: []delivery.Recipient{{Address: strings.ToLower(r.to.Address), Name: r.to.Name, Role: "to", Customer: true}},
	})
	if err != nil {
		return err
	}
	if r.leftOut {
		err := s.Log.Append(tx, event.Event{
			Shop: c.Shop, Kind: event.TextLeftOut, Conversation: c.ID, Message: m.ID, Delivery: sent.ID,
		}.With(map[string]any{"texts": []string{"reminder"}}))
		if err != nil {
			return err
		}
	}
	_, err = store.Exec(tx, insertAutomatic, c.Shop, strings.ToLower(r.to.Address), now)
	return err
}
