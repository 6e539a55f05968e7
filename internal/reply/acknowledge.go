package reply

import (
	"context"
	"errors"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// AcknowledgeJob tells a customer once that their message arrived and by when
// a person answers (P03).
var AcknowledgeJob = jobs.Kind{Name: "reply.acknowledge", Pool: jobs.PoolReact}

// AcknowledgeArgs are the arguments of AcknowledgeJob.
type AcknowledgeArgs struct {
	Conversation id.Conversation `json:"conversation"`
	Message      id.Message      `json:"message"`
}

// automaticPerDay is how many mails we write to one correspondent by
// ourselves within a day: a loop with another robot ends there (RFC 3834, 2).
const automaticPerDay = 3

var (
	countAutomatic  = store.SQL(`select count(*) from automatic_mail where shop_id = $1 and address = $2 and at > $3`)
	insertAutomatic = store.SQL(`insert into automatic_mail (shop_id, address, at) values ($1, $2, $3)`)
	sweepAutomatic  = store.SQL(`delete from automatic_mail where at < $1`)
)

// Acknowledge is the handler of AcknowledgeJob. It keeps no promise, goes once
// per conversation, and never to robots, lists, ourselves, or for mail older
// than the delay that it would promise.
func (s *Service) Acknowledge(ctx context.Context, j jobs.Job) error {
	var args AcknowledgeArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	var a acknowledgement
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		a, err = s.acknowledgementFor(tx, args)
		return err
	})
	if errors.Is(err, errNothingToSay) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("acknowledge: %w", err)
	}
	raw, messageID, err := s.composeAutomatic(ctx, a.basis, automatic{to: a.to, subject: a.subject, text: a.text, submitted: "auto-replied"})
	if err != nil {
		return fmt.Errorf("acknowledge: %w", err)
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		return s.commitAcknowledgement(tx, a, composed{messageID: messageID, subject: a.subject, text: a.text, raw: raw})
	})
}

var errNothingToSay = errors.New("nothing to acknowledge")

// nothingFor: a missing address or mailbox is a reason to say nothing, a store
// that doesn't answer is one to try again.
func nothingFor(err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return errNothingToSay
	}
	return err
}

type acknowledgement struct {
	basis
	to      mime.Address
	message desk.Message
	subject string
	text    string
	due     time.Time // the date it names
	leftOut []string  // texts of the shop's that have a hole: own, closing, banner
	banners []Banner
}

func (s *Service) acknowledgementFor(tx *store.Tx, args AcknowledgeArgs) (a acknowledgement, err error) {
	if a.conv, err = desk.Get(tx, args.Conversation); err != nil {
		return a, err
	}
	if a.message, err = desk.GetMessage(tx, args.Message); err != nil {
		return a, err
	}
	due, owed, err := openAnswer(tx, a.conv.ID)
	if err != nil {
		return a, err
	}
	now := s.Clock.Now()
	if !owed || !a.conv.AcknowledgedAt.IsZero() || !a.conv.LastOutAt.IsZero() || a.conv.Tray != desk.TrayMain || !due.After(now) {
		return a, errNothingToSay
	}
	if a.shop, err = s.Shops.Get(tx, a.conv.Shop); err != nil {
		return a, err
	}
	if !a.shop.AckEnabled {
		return a, errNothingToSay
	}
	if a.to, err = customersAddress(tx, a.conv, a.message.ID); err != nil {
		return a, nothingFor(err)
	}
	if ok, err := s.mayWriteByItself(tx, a.conv.Shop, a.to.Address); err != nil || !ok {
		return a, nothingFor(err)
	}
	if a.mailbox, err = s.from(tx, a.conv.Shop, a.conv.Mailbox); err != nil {
		return a, nothingFor(err)
	}
	if a.location, err = s.Shops.Location(tx, a.conv.Shop); err != nil {
		return a, err
	}
	a.inReplyTo, a.references = a.message.MessageID, []string{a.message.MessageID}
	a.subject = answerSubject(a.message.Subject, a.language(), true)
	hours, _, err := s.Shops.HoursAndDelay(tx, a.conv.Shop, a.conv.Channel)
	if err != nil {
		return a, err
	}
	if s.Banners != nil {
		if a.banners, err = s.Banners(tx, a.conv.Shop, now); err != nil {
			return a, err
		}
	}
	a.due = due
	a.say(hours, now.In(a.location))
	return a, nil
}

func openAnswer(tx *store.Tx, c id.Conversation) (due time.Time, owed bool, err error) {
	all, err := promise.Of(tx, c)
	for _, p := range all {
		if p.Kind == promise.Answer && p.State == promise.Open {
			return p.DueAt, true, err
		}
	}
	return due, false, err
}

// mayWriteByItself cuts loops: never to ourselves or to robots, and only a few
// times a day to one address.
func (s *Service) mayWriteByItself(tx *store.Tx, shop id.Shop, address string) (bool, error) {
	own, err := s.Shops.OwnAddresses(tx, shop)
	if err != nil {
		return false, err
	}
	address = strings.ToLower(address)
	local, _, _ := strings.Cut(address, "@")
	for _, o := range own {
		if strings.EqualFold(o, address) {
			return false, nil
		}
	}
	for _, robot := range []string{"noreply", "no-reply", "ne-pas-repondre", "nepasrepondre", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce", "owner-"} {
		if strings.Contains(local, robot) {
			return false, nil
		}
	}
	n, err := store.One[int64](tx, countAutomatic, shop, address, s.Clock.Now().Add(-24*time.Hour))
	return n < automaticPerDay, err
}

// say writes the text in the customer's language: the shop's own if it has
// one without a hole, else the house's, behind what the shop says of a closing
// and of what lasts now, unless that has one.
func (a *acknowledgement) say(h calendar.Hours, now time.Time) {
	language := a.language()
	own, house := a.shop.AckFR, houseFR
	if language == "en" {
		own, house = a.shop.AckEN, houseEN
	}
	fill := strings.NewReplacer(
		"{date}", lang.SpokenDate(a.due.In(a.location), language),
		"{dossier}", a.conv.ID.String(),
		"{boutique}", a.shop.Name,
	)
	written := func(name, text string) (filled string, fit bool) {
		if strings.TrimSpace(text) == "" {
			return "", false
		}
		filled = fill.Replace(text)
		if guard.Blocks(guard.Check(guard.Draft{Text: filled, Kind: guard.KindAcknowledgement, Lang: language}, guard.Facts{Now: now})) {
			a.leftOut = append(a.leftOut, name)
			return "", false
		}
		return filled, true
	}
	a.text = fill.Replace(house)
	if text, fit := written("own", own); fit {
		a.text = text
	}
	for i := len(a.banners) - 1; i >= 0; i-- { // the oldest stands first
		banner := a.banners[i].French
		if language == "en" {
			banner = a.banners[i].English
		}
		if text, fit := written("banner", banner); fit {
			a.text = text + "\n\n" + a.text
		}
	}
	closing, closed := h.ClosingOn(calendar.DateOf(now))
	if !closed {
		return
	}
	if text, fit := written("closing", closing.Text); fit {
		a.text = text + "\n\n" + a.text
	}
}

// The house's texts: they say when, and that a person answers.
const (
	houseFR = `Bonjour,

Nous avons bien reçu votre message (dossier n° {dossier}). Une personne de notre équipe vous répond au plus tard le {date}.

Si vous avez une précision à ajouter, il suffit de répondre à ce mail.

L’équipe {boutique}`
	houseEN = `Hello,

We have received your message (case no. {dossier}). A member of our team will answer you by {date} at the latest.

If you would like to add anything, simply reply to this email.

The {boutique} team`
)

// automatic is what the program sends by itself, to whom.
type automatic struct {
	to            mime.Address
	subject, text string
	submitted     string // auto-generated, auto-replied
	unsubscribe   string // address, if one may do without
}

// composeAutomatic writes the bytes of a mail that the program sends by
// itself, marked so that robots leave it alone (RFC 3834, 5).
func (s *Service) composeAutomatic(ctx context.Context, b basis, a automatic) (_ blob.Hash, messageID string, err error) {
	headers := map[string]string{"X-Auto-Response-Suppress": "All"}
	if a.unsubscribe != "" {
		headers["List-Unsubscribe"] = "<" + a.unsubscribe + ">"
		headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" // RFC 8058, 3.1
	}
	messageID = newMessageID(b.conv.ID, b.mailbox.Address)
	raw, err := compose.Build(compose.Message{
		MessageID: messageID, Date: s.Clock.Now().In(b.location),
		From: compose.Address{Name: b.shop.Name, Address: b.mailbox.Address}, To: addressed([]mime.Address{a.to}),
		Subject: a.subject, InReplyTo: b.inReplyTo, References: b.references,
		HTML: paragraphs(a.text), Text: a.text, Language: b.language(), AutoSubmitted: a.submitted,
		Headers: headers,
	})
	if err != nil {
		return "", "", err
	}
	if raw, err = s.sign(raw, b.mailbox); err != nil {
		return "", "", err
	}
	hashes, err := s.Blobs.Put(ctx, raw)
	if err != nil {
		return "", "", err
	}
	return hashes[0], messageID, nil
}

func paragraphs(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(text, "\n\n") {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>") + "</p>")
	}
	return b.String()
}

func (s *Service) commitAcknowledgement(tx *store.Tx, a acknowledgement, mail composed) error {
	conv, err := desk.Lock(tx, a.conv.ID)
	if err != nil || !conv.AcknowledgedAt.IsZero() || !conv.LastOutAt.IsZero() {
		return err
	}
	now := s.Clock.Now()
	m, err := s.Desk.Append(tx, desk.Message{
		Shop: conv.Shop, Conversation: conv.ID, Direction: desk.Out, Kind: desk.KindAcknowledgement, Channel: desk.ChannelMail,
		FromName: a.shop.Name, FromAddress: a.mailbox.Address, Recipients: desk.Recipients{To: []mime.Address{a.to}}.JSON(),
		Subject: a.subject, Body: a.text, Language: a.language(), MessageID: mail.messageID, InReplyTo: a.inReplyTo,
		Raw: mail.raw, ArrivedAt: now,
	})
	if err != nil {
		return err
	}
	if err := s.Desk.Claim(tx, conv.Shop, conv.ID, mail.messageID); err != nil {
		return err
	}
	sent, err := s.Post.Create(tx, delivery.New{
		Shop: conv.Shop, Mailbox: a.mailbox.ID, Conversation: conv.ID, Message: m.ID, Kind: delivery.Acknowledgement,
		MessageID: mail.messageID, Raw: mail.raw, Sender: a.mailbox.Address, Subject: a.subject, NotAfter: a.due,
		Recipients: []delivery.Recipient{{Address: strings.ToLower(a.to.Address), Name: a.to.Name, Role: "to", Customer: true}},
	})
	if err != nil {
		return err
	}
	if len(a.leftOut) > 0 {
		err := s.Log.Append(tx, event.Event{
			Shop: conv.Shop, Kind: event.TextLeftOut, Conversation: conv.ID, Message: m.ID, Delivery: sent.ID,
		}.With(map[string]any{"texts": a.leftOut}))
		if err != nil {
			return err
		}
	}
	if _, err := store.Exec(tx, insertAutomatic, conv.Shop, strings.ToLower(a.to.Address), now); err != nil {
		return err
	}
	_, err = s.Desk.Change(tx, conv.ID, func(c *desk.Conversation) error {
		c.AcknowledgedAt = now
		return nil
	})
	return err
}

// ForgetAutomatic drops the counts that no longer matter.
func (s *Service) ForgetAutomatic(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, sweepAutomatic, s.Clock.Now().Add(-48*time.Hour))
		return err
	})
}
