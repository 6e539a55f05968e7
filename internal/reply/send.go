package reply

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// UndoTime is how long an answer waits before it leaves, so that its author
// can call it back.
const UndoTime = 10 * time.Second

// errNoMailbox: an answer needs an address to come from.
var errNoMailbox = fault.New(fault.Conflict, "no_mailbox", "Connect a mailbox first: an answer needs an address to come from.")

// Answer is what a person wants to send.
type Answer struct {
	Conversation id.Conversation
	Key          string // a second press with the same key changes nothing
	HTML         string
	To, Cc, Bcc  []mime.Address // To empty: the customer
	Attachments  []id.Attachment
	SeenThrough  id.Message
	HoldingUntil time.Time // set: a holding answer, which gives this date (P03)
	SendAt       time.Time // zero: now, after the time to undo
	PassReason   string    // why a stop of the guard is passed
	Options      Options
	Promises     []Promised // what the text promises, as its author confirmed it

	Reading id.Reading                             // its draft was read by a colleague, who sends it
	Also    func(tx *store.Tx, sent Outcome) error // written in the same transaction
}

// Outcome of Send. Held findings mean that nothing was written.
type Outcome struct {
	Message  desk.Message
	Delivery delivery.Delivery
	Held     []guard.Finding
}

// Unseen says that the customer wrote after what the author had on screen.
type Unseen struct{ Messages []id.Message }

func (Unseen) Error() string { return "the customer wrote meanwhile" }

// sendTries bounds how often an answer is looked at anew because the
// conversation moved on between the guard and the transaction.
const sendTries = 4

// Send queues an answer, or says why it may not leave. The guard runs on a
// snapshot; the transaction compares the conversation's revision and starts
// over if it moved. Message, delivery and job are written together.
func (s *Service) Send(ctx context.Context, by desk.Actor, a Answer) (Outcome, error) {
	if a.Key == "" {
		return Outcome{}, fault.Wrong("key", "A key is needed so that a second press changes nothing.")
	}
	a.HTML = sanitise.Fragment(a.HTML)
	if err := checkPromised(a.Promises, a.leavesAt(s.Clock.Now())); err != nil {
		return Outcome{}, err
	}
	if a.Options.Forward != 0 && !a.HoldingUntil.IsZero() {
		return Outcome{}, fault.Wrong("holding_until", "What is handed on to somebody else holds no customer off.")
	}
	for range sendTries {
		out, moved, err := s.trySend(ctx, by, a)
		if !moved {
			return out, err
		}
	}
	return Outcome{}, fault.New(fault.Conflict, "busy", "The conversation keeps changing; try again.")
}

func (s *Service) trySend(ctx context.Context, by desk.Actor, a Answer) (out Outcome, moved bool, err error) {
	var b basis
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		b, err = s.basisOf(tx, by, a)
		return err
	})
	if err != nil {
		return out, false, err
	}
	a.SeenThrough = min(a.SeenThrough, b.conv.LastMessage)
	if b.before.ID != 0 { // the same press came before
		return Outcome{Message: b.before, Delivery: b.beforeDelivery}, false, nil
	}
	if out.Held = b.heldBy(a); len(out.Held) > 0 {
		err := s.DB.InTx(ctx, func(tx *store.Tx) error { return s.fired(tx, a, b) })
		return out, false, err
	}
	mail, err := s.compose(ctx, b, a)
	if err != nil {
		return out, false, err
	}
	failpoint.Hit("reply.composed")
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		out = Outcome{}
		out, moved, err = s.commit(tx, by, a, b, mail)
		return err
	})
	failpoint.Hit("reply.committed")
	if errors.Is(err, store.ErrDuplicate) { // two presses at once: the other won
		return Outcome{}, true, nil
	}
	return out, moved, err
}

func (s *Service) commit(tx *store.Tx, by desk.Actor, a Answer, b basis, mail composed) (out Outcome, moved bool, err error) {
	conv, err := desk.Lock(tx, a.Conversation)
	if err != nil {
		return out, false, err
	}
	if conv.Revision != b.conv.Revision {
		return out, true, nil
	}
	if err := mayLeave(tx, by, a); err != nil {
		return out, false, err
	}
	if !a.HoldingUntil.IsZero() {
		if err := s.Desk.Ledger.MayHold(tx, conv.ID, conv.Channel, a.HoldingUntil, by.Can(team.HoldAgain)); err != nil {
			return out, false, err
		}
	}
	if out.Message, err = s.writeMessage(tx, by, a, b, mail); err != nil {
		return out, false, err
	}
	done, err := s.act(tx, by, conv, a.Options.Actions)
	if err != nil {
		return out, false, err
	}
	if out.Delivery, err = s.writeDelivery(tx, a, b, mail, out.Message, done); err != nil {
		return out, false, err
	}
	if err := s.propose(tx, by, conv, out.Message.ID, a.Promises); err != nil {
		return out, false, err
	}
	if err := s.fired(tx, a, b); err != nil {
		return out, false, err
	}
	if err := s.alarmsLeft(tx, by, a, out.Message.ID); err != nil {
		return out, false, err
	}
	// A colleague's draft that was saved meanwhile is not this person's to drop.
	if _, err := store.Exec(tx, deleteOwnDraft, conv.ID, by.Person); err != nil {
		return out, false, err
	}
	_, err = s.Desk.Change(tx, conv.ID, func(c *desk.Conversation) error {
		c.Revision++
		c.LastMessage, c.LastMessageAt = out.Message.ID, out.Message.ArrivedAt
		c.SnoozedUntil = time.Time{}
		told := event.Event{
			Shop: c.Shop, Kind: event.MessageSent, Conversation: c.ID, Message: out.Message.ID, Delivery: out.Delivery.ID, Person: by.Person,
		}
		err := s.Log.Append(tx, told.With(map[string]any{"kind": out.Message.Kind, "passed": rulesOf(b.findings)}))
		if stops := rulesOf(b.stops()); err == nil && len(stops) > 0 {
			told.Kind = event.GuardPassed
			err = s.Log.Append(tx, told.With(map[string]any{"rules": stops}))
		}
		return err
	})
	if err == nil && a.Also != nil {
		err = a.Also(tx, out)
	}
	return out, false, err
}

func (s *Service) writeMessage(tx *store.Tx, by desk.Actor, a Answer, b basis, mail composed) (desk.Message, error) {
	kind := desk.KindAnswer
	if !a.HoldingUntil.IsZero() {
		kind = desk.KindHolding
	}
	if a.Options.Forward != 0 {
		kind = desk.KindForward
	}
	m, err := s.Desk.Append(tx, desk.Message{
		Shop: b.conv.Shop, Conversation: b.conv.ID, Direction: desk.Out, Kind: kind, Channel: desk.ChannelMail, Person: by.Person,
		FromName: b.signer, FromAddress: b.mailbox.Address,
		Recipients: desk.Recipients{To: b.to, Cc: a.Cc, Bcc: a.Bcc}.JSON(),
		Subject:    mail.subject, Body: mail.text, HTML: a.HTML, Language: b.conv.Language,
		MessageID: mail.messageID, InReplyTo: b.inReplyTo, Raw: mail.raw, SendKey: a.Key, SeenThrough: a.SeenThrough, Forwards: a.Options.Forward,
		ArrivedAt: s.Clock.Now(),
	})
	if err != nil {
		return m, err
	}
	files := slices.Clone(b.files)
	for _, l := range b.links {
		files = append(files, l.file)
	}
	for _, f := range files {
		if _, err := s.Desk.Attach(tx, b.conv.Shop, m.ID, by.Person, f); err != nil {
			return m, err
		}
	}
	if err := desk.Findable(tx, m, b.files...); err != nil {
		return m, err
	}
	if err := s.Desk.Claim(tx, b.conv.Shop, b.conv.ID, mail.messageID); err != nil {
		return m, err
	}
	return m, s.Desk.AddParticipants(tx, b.conv.ID, addressesOf(b.to, a.Cc, a.Bcc)...)
}

func (s *Service) writeDelivery(tx *store.Tx, a Answer, b basis, mail composed, m desk.Message, done acts) (delivery.Delivery, error) {
	at, scheduled := s.Clock.Now().Add(failpoint.Duration("reply.undo_time", UndoTime)), false
	if a.SendAt.After(at) {
		at, scheduled = a.SendAt, true
	}
	passed, reason := rulesOf(b.stops()), ""
	if len(passed) > 0 {
		reason = strings.TrimSpace(a.PassReason)
	}
	kind := delivery.Answer
	if a.Options.Forward != 0 { // it keeps no promise to the customer
		kind = delivery.Notice
	}
	return s.Post.Create(tx, delivery.New{
		Shop: b.conv.Shop, Mailbox: b.mailbox.ID, Conversation: b.conv.ID, Message: m.ID, Kind: kind,
		MessageID: mail.messageID, Raw: mail.raw, Sender: b.mailbox.Address, Subject: mail.subject,
		SeenThrough: a.SeenThrough, HoldingUntil: a.HoldingUntil, NotBefore: at, Scheduled: scheduled,
		PassedRules: passed, PassReason: reason, Recipients: b.recipients(a), Acts: done.json(),
	})
}

// heldBy are the findings that keep the answer from leaving: what is never
// passed, and stops without a reason.
func (b basis) heldBy(a Answer) []guard.Finding {
	var held []guard.Finding
	for _, f := range b.findings {
		if f.Severity == guard.NeverPassed || (f.Severity == guard.Stops && strings.TrimSpace(a.PassReason) == "") {
			held = append(held, f)
		}
	}
	return held
}

// stops are the findings that leave only with a reason.
func (b basis) stops() (stops []guard.Finding) {
	for _, f := range b.findings {
		if f.Severity == guard.Stops {
			stops = append(stops, f)
		}
	}
	return stops
}

// rulesOf names the rules behind findings, each once.
func rulesOf(findings []guard.Finding) []string {
	rules := []string{}
	for _, f := range findings {
		if !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

func addressesOf(lists ...[]mime.Address) []string {
	var out []string
	for _, l := range lists {
		for _, a := range l {
			out = append(out, a.Address)
		}
	}
	return out
}

// Undo calls an answer back while it hasn't left, and puts its text back as
// the draft unless another was begun.
func (s *Service) Undo(tx *store.Tx, by desk.Actor, d id.Delivery) (Draft, error) {
	undone, err := s.Post.Undo(tx, by, d)
	if err != nil {
		return Draft{}, err
	}
	return s.takeBack(tx, by, undone)
}

// Cancel gives up a mail that is stuck, with a reason. What it would have kept
// stays owed, and its text comes back as the draft unless another was begun.
func (s *Service) Cancel(tx *store.Tx, by desk.Actor, d id.Delivery, reason string) (Draft, error) {
	canceled, err := s.Post.Cancel(tx, by, d, reason)
	if err != nil {
		return Draft{}, err
	}
	return s.takeBack(tx, by, canceled)
}

func (s *Service) takeBack(tx *store.Tx, by desk.Actor, undone delivery.Delivery) (Draft, error) {
	if undone.Message == 0 || undone.Kind != delivery.Answer && undone.Kind != delivery.Notice {
		return Draft{}, nil
	}
	m, err := desk.GetMessage(tx, undone.Message)
	if err != nil {
		return Draft{}, fmt.Errorf("undo: %w", err)
	}
	actions, err := s.takeActsBack(tx, by, m.Conversation, undone.Acts)
	if err == nil {
		_, err = store.Exec(tx, alarmsBack, m.Conversation, m.ID)
	}
	if err != nil {
		return Draft{}, fmt.Errorf("undo: %w", err)
	}
	now, found, err := DraftOf(tx, m.Conversation)
	if err != nil || found {
		return now, err
	}
	options := Options{Forward: m.Forwards, Actions: actions}
	if undone.Scheduled {
		options.SendAt = &undone.NotBefore
	}
	back := Draft{
		Conversation: m.Conversation, Shop: m.Shop, HTML: m.HTML, Recipients: m.Recipients, Kind: "answer", Attachments: "[]",
		HoldingUntil: undone.HoldingUntil, SeenThrough: undone.SeenThrough, Revision: 1, Person: by.Person, UpdatedAt: s.Clock.Now(),
		Options: options.JSON(),
	}
	if back.Attachments, err = looseCopies(tx, m.ID); err != nil {
		return back, err
	}
	return back, s.keepDraft(tx, back)
}
