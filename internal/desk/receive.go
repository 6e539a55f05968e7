package desk

import (
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SQLite takes a partial index only where the statement itself says its
// condition: without "<> ”" each mail would read every mail of the shop.
var (
	selectSame = store.SQL(`
		select conversation_id, id from message
		where shop_id = $1 and rfc_message_id = $2 and rfc_message_id <> '' and (fingerprint = $3 or (direction = 'out' and $4 = true)) order by id limit 1`)
	// A mail without Message-ID is known by its fingerprint alone.
	selectSameNameless = store.SQL(`
		select conversation_id, id from message
		where shop_id = $1 and fingerprint = $2 and fingerprint <> '' and rfc_message_id = '' order by id limit 1`)
)

type samePlace struct {
	Conversation id.Conversation `db:"conversation_id"`
	Message      id.Message      `db:"id"`
}

// Receive appends an incoming message in the caller's transaction: it
// recognises the customer, threads, opens or joins the answer promise and
// tells the event. A message that is here already changes nothing and is
// reported as Duplicate.
func (d *Desk) Receive(tx *store.Tx, in Incoming) (Received, error) {
	same, found, err := findSame(tx, &in)
	if err != nil {
		return Received{}, fmt.Errorf("receive: %w", err)
	}
	if found {
		if err := d.takenOutOfJunk(tx, &in, same); err != nil {
			return Received{}, fmt.Errorf("receive: %w", err)
		}
		return Received{Conversation: same.Conversation, Message: same.Message, Duplicate: true}, nil
	}
	if d.Inside != nil {
		if got, taken, err := d.Inside.Take(tx, &in); err != nil || taken {
			return got, err
		}
	}
	r := &receiving{Desk: d, tx: tx, in: &in}
	if err := r.run(); err != nil {
		return Received{}, fmt.Errorf("receive: %w", err)
	}
	return Received{Conversation: r.conv.ID, Message: r.msg.ID}, nil
}

// takenOutOfJunk: a customer's mail that was read in the junk folder now lies
// in the inbox. Somebody found it there, so it is owed an answer since it
// arrived.
func (d *Desk) takenOutOfJunk(tx *store.Tx, in *Incoming, same samePlace) error {
	if in.Role != "inbox" || in.Class != mime.ClassCustomer || in.History {
		return nil
	}
	conv, err := Get(tx, same.Conversation)
	if err != nil || conv.Tray != TraySort {
		return err
	}
	newest, err := store.One[id.Message](tx, newestIn, conv.ID)
	if err != nil || newest != same.Message {
		return err
	}
	rule, err := customer.RuleFor(tx, in.Shop, in.From.Address)
	if err != nil || rule != customer.NoRule {
		return err
	}
	_, err = d.Rescue(tx, Actor{Shop: in.Shop}, same.Conversation)
	return err
}

var newestIn = store.SQL(`
	select coalesce(max(id), 0) from message where conversation_id = $1 and direction = 'in' and kind in ('customer', 'contact')`)

func findSame(tx *store.Tx, in *Incoming) (samePlace, bool, error) {
	if in.MessageID == "" {
		return store.Maybe[samePlace](tx, selectSameNameless, in.Shop, in.Fingerprint)
	}
	// A copy of a mail of ours is ours; somebody else's mail under its Message-ID is not.
	ours := in.Class == mime.ClassOwn
	return store.Maybe[samePlace](tx, selectSame, in.Shop, in.MessageID, in.Fingerprint, ours)
}

// receiving is one message on its way in.
type receiving struct {
	*Desk
	tx    *store.Tx
	in    *Incoming
	rule  customer.SenderRule
	who   customer.Customer
	place place
	conv  Conversation
	msg   Message

	trayBefore Tray
}

func (r *receiving) run() error {
	for _, step := range []func() error{
		r.recognise, r.find, r.append, r.owe, r.relate, r.tell,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *receiving) recognise() error {
	addr := r.in.correspondent()
	if addr.Address == "" {
		return nil
	}
	var err error
	if r.rule, err = customer.RuleFor(r.tx, r.in.Shop, addr.Address); err != nil {
		return err
	}
	r.who, err = customer.Recognise(r.tx, customer.Seen{
		Shop: r.in.Shop, Identity: customer.MailIdentity(addr.Address), Name: addr.Name, Language: r.in.Language, At: r.in.ArrivedAt,
	})
	return err
}

// find threads the message and holds its conversation.
func (r *receiving) find() error {
	reported, found, err := r.reported()
	if err != nil {
		return err
	}
	if found {
		r.place = place{conversation: reported}
	} else if r.place, err = r.thread(r.tx, r.in, r.open); err != nil {
		return err
	}
	r.conv, err = lockLiving(r.tx, r.place.conversation)
	if err != nil {
		return err
	}
	if !r.place.fresh {
		r.trayBefore = r.conv.Tray
	}
	return r.AddParticipants(r.tx, r.conv.ID, r.in.parties()...)
}

var selectReported = store.SQL(`
	select conversation_id from message where shop_id = $1 and rfc_message_id = $2 and rfc_message_id <> '' and direction = 'out' order by id limit 1`)

// reported finds the conversation of the message that a notice reports on.
func (r *receiving) reported() (id.Conversation, bool, error) {
	if !r.in.isNotice() {
		return 0, false, nil
	}
	for _, report := range r.in.Reports {
		if report.OriginalMessageID == "" {
			continue
		}
		c, found, err := store.Maybe[id.Conversation](r.tx, selectReported, r.in.Shop, report.OriginalMessageID)
		if err == nil && !found && r.Inside != nil {
			c, found, err = r.Inside.Asked(r.tx, r.in.Shop, report.OriginalMessageID)
		}
		if err != nil || found {
			return c, found, err
		}
	}
	return 0, false, nil
}

func (r *receiving) open() (id.Conversation, error) {
	return store.One[id.Conversation](r.tx, insertConversation, r.in.Shop, r.in.Mailbox, r.who.ID, r.in.Channel,
		r.in.Subject, r.trayOfFresh(), r.in.ArrivedAt, r.Clock.Now())
}

// trayOfFresh is where a new conversation starts: what no customer wrote lies
// in "to sort", spam included, so that a wrong mark is seen by somebody.
func (r *receiving) trayOfFresh() Tray {
	switch {
	case r.rule == customer.Spam || r.rule == customer.Blocked:
		return TraySpam
	case r.in.Class == mime.ClassOwn && r.in.Role == "sent":
		return TrayMain
	case r.in.Class != mime.ClassCustomer, r.in.Role == "junk", r.rule == customer.NeverWaits:
		return TraySort
	default:
		return TrayMain
	}
}

func (r *receiving) append() error {
	in := r.in
	m := Message{
		Shop: in.Shop, Conversation: r.conv.ID, Direction: In, Kind: kindOf(in.Class), Channel: in.Channel, Customer: r.who.ID,
		FromName: in.From.Name, FromAddress: strings.ToLower(in.From.Address),
		Recipients: Recipients{To: in.To, Cc: in.Cc, ReplyTo: in.ReplyTo}.JSON(),
		Subject:    in.Subject, Body: in.Text, Quote: in.Quote, HasHTML: in.HasHTML, Rich: in.Rich, Language: in.Language,
		MessageID: in.MessageID, InReplyTo: in.InReplyTo, Fingerprint: in.Fingerprint, Raw: in.Raw,
		ArrivedAt: in.ArrivedAt, SentAt: in.SentAt,
	}
	if r.answeredElsewhere() {
		m.Direction, m.Kind, m.Customer = Out, KindAnswer, 0
	}
	var err error
	if r.msg, err = r.Append(r.tx, m); err != nil {
		return err
	}
	for _, f := range in.Files {
		if _, err := r.Attach(r.tx, in.Shop, r.msg.ID, 0, f); err != nil {
			return fmt.Errorf("attach: %w", err)
		}
	}
	if in.Words == nil {
		in.Analysed()
	}
	return search.Put(r.tx, r.msg.ID, *in.Words)
}

// answeredElsewhere: an answer found in the Sent folder, written on a phone
// say.
func (r *receiving) answeredElsewhere() bool {
	return r.in.Class == mime.ClassOwn && r.in.Role == "sent" && !r.in.AutoSubmitted // a robot's answer keeps nothing (I2)
}

func kindOf(c mime.Class) Kind { return Kind(c) } // the words are the same

// owe opens, joins or keeps what the message calls for.
func (r *receiving) owe() error {
	switch {
	case r.answeredElsewhere():
		return r.keepByItsCopy()
	case !r.waitsForAnswer():
		return r.sortLater()
	case r.in.History:
		return nil
	}
	answered, err := r.hasLaterCopy()
	if err != nil || answered {
		return err
	}
	owed := promise.Owed{
		Shop: r.in.Shop, Conversation: r.conv.ID, Channel: r.in.Channel, Since: r.in.ArrivedAt, Message: r.msg.ID,
	}
	if r.isCourtesy() {
		r.conv.Tray = TrayCourtesy
		return r.Ledger.OpenCourtesy(r.tx, owed)
	}
	if r.conv.Tray == TrayCourtesy || r.conv.Tray == TraySort {
		r.conv.Tray = TrayMain
	}
	p, joined, err := r.Ledger.OpenAnswer(r.tx, owed)
	if joined {
		r.conv.Reminders++
	}
	if err != nil || r.trayBefore != TrayCourtesy {
		return err
	}
	return r.Ledger.PassCourtesy(r.tx, p)
}

// waitsForAnswer: a customer wrote, and nobody said that this sender never
// waits. In a conversation of ours even a mail from the junk folder counts.
func (r *receiving) waitsForAnswer() bool {
	if r.in.Class != mime.ClassCustomer || r.rule != customer.NoRule {
		return false
	}
	if r.place.fresh || r.conv.Tray == TraySort {
		return r.in.Role != "junk"
	}
	return r.conv.Tray != TraySpam
}

func (r *receiving) sortLater() error {
	if r.rule == customer.Blocked && r.conv.NextDueAt.IsZero() { // where it would be looked for, not among what is done
		r.conv.Tray = TraySpam
	}
	if r.conv.Tray == TraySpam && r.in.Class == mime.ClassCustomer && r.rule == customer.NoRule {
		r.conv.Tray = TraySort // somebody else than the spammer writes there: a person looks
	}
	if r.in.History || r.conv.Tray != TraySort || r.in.Class == mime.ClassReport {
		return nil
	}
	return r.Ledger.OpenSort(r.tx, r.in.Shop, r.in.ArrivedAt)
}

// isCourtesy: a mere "thank you" after our answer, while nothing is owed.
func (r *receiving) isCourtesy() bool {
	nothingElse := r.conv.NextDueAt.IsZero() || r.conv.Tray == TrayCourtesy && r.conv.NextKind == promise.Courtesy
	return r.in.Courtesy && !r.conv.LastOutAt.IsZero() && nothingElse && len(r.in.Files) == 0
}

func (r *receiving) tell() error {
	r.takeIn()
	if err := r.refresh(r.tx, &r.conv); err != nil {
		return err
	}
	if err := r.leftSort(r.tx, r.trayBefore, &r.conv, 0); err != nil {
		return err
	}
	if r.msg.Kind == KindCustomer && !r.place.fresh && !r.in.History {
		if err := r.tellFollowers(r.tx, &r.conv, NoticeMessage, r.msg.ID, 0); err != nil {
			return err
		}
	}
	return r.Log.Append(r.tx, event.Event{
		Shop: r.in.Shop, Kind: event.MessageReceived, Conversation: r.conv.ID, Message: r.msg.ID,
	}.With(map[string]any{
		"class": r.in.Class, "tray": r.conv.Tray, "fresh": r.place.fresh, "history": r.in.History, "automatic": r.in.AutoSubmitted,
		"late": r.Clock.Now().Sub(r.in.ArrivedAt) > lateAfter,
	}))
}

// lateAfter: older mail is being caught up with, and an answer to it may lie in
// a folder that is still to be read.
const lateAfter = 5 * time.Minute

// takeIn brings the conversation's own columns up to date with the message.
func (r *receiving) takeIn() {
	c, m := &r.conv, r.msg
	c.Revision++
	if c.Customer == 0 {
		c.Customer = r.who.ID
	}
	if m.ArrivedAt.After(c.LastMessageAt) || c.LastMessage == 0 {
		c.LastMessageAt = m.ArrivedAt
		if !r.in.isNotice() || r.place.fresh { // a mail server's words say nothing of the matter
			c.Snippet = Snippet(m.Body)
		}
	}
	c.LastMessage = max(c.LastMessage, m.ID)
	if c.Tray == TraySort && !r.in.History {
		c.State = StateOpen
	}
	if m.Direction == Out {
		if m.ArrivedAt.After(c.LastOutAt) {
			c.LastOutAt = m.ArrivedAt
		}
		return
	}
	if m.Kind == KindCustomer {
		c.LastIn = max(c.LastIn, m.ID)
		c.SnoozedUntil = time.Time{}
		if r.in.Language != "" && !c.LanguageSet {
			c.Language = r.in.Language
		}
	}
}
