package demo

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// inside are those whom the demo shop asks.
var inside = []ask.Party{
	{Name: "Atelier Rivoire", Kind: ask.Workshop, Address: "atelier@rivoire-joaillerie.example", Language: "fr"},
	{Name: "Entrepôt de Chambray", Kind: ask.Warehouse, Address: "depot@chambray-logistique.example", Language: "fr"},
	{Name: "Chronopost, service pro", Kind: ask.Carrier, Address: "pro@chronopost-demo.example", Language: "fr"},
	{Name: "Silver & Stone Ltd", Kind: ask.Supplier, Address: "orders@silver-stone.example", Language: "en"},
}

// Whom of them a story asks.
const (
	workshop = 0
	carrier  = 2
)

// know writes the shop's address book.
func (t *telling) know() error {
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		for i, p := range inside {
			made, err := t.Asks.SaveParty(tx, t.actor(veronica), p)
			if err != nil {
				return err
			}
			t.parties[i] = made
		}
		return nil
	})
}

// asksInside asks somebody inside, with the pictures of the customer's last mail.
type asksInside struct {
	by       who
	whom     int
	question string
	due      moment
}

func (a asksInside) run(t *telling, th *thread) error {
	n := ask.New{Conversation: th.conv, Key: th.key("ask", a.whom), Party: t.parties[a.whom], Question: typeset(t.words(a.question))}
	if a.due != nil {
		n.DueAt = a.due(t.frame, th.story.name, t.Clock.Now())
	}
	err := t.DB.Read(t.ctx, func(tx *store.Tx) error {
		conv, err := desk.Get(tx, th.conv)
		if err != nil {
			return err
		}
		files, err := desk.AttachmentsOf(tx, conv.LastIn)
		for _, f := range files {
			n.Attachments = append(n.Attachments, f.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err := t.Asks.Ask(t.ctx, t.actor(a.by), n); err != nil {
		return err
	}
	t.willLeave(th)
	return nil
}

var newestQuestion = store.Dynamic(`
	select m.rfc_message_id from ask_mail m join ask a on a.id = m.ask_id join message n on n.id = a.message_id
	where n.conversation_id = $1 order by m.id desc limit 1`)

// repliesInside is what they say, by mail.
type repliesInside struct {
	whom int
	text string
	file *file
}

func (a repliesInside) run(t *telling, th *thread) error {
	var files []desk.File
	if a.file != nil {
		hashes, err := t.Blobs.Put(t.ctx, a.file.content)
		if err != nil {
			return err
		}
		files = append(files, desk.File{Name: a.file.name, Type: a.file.kind, Size: int64(len(a.file.content)), Blob: hashes[0]})
	}
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		question, err := store.One[string](tx, newestQuestion, th.conv)
		if err != nil {
			return err
		}
		from := inside[a.whom]
		_, err = t.Desk.Desk.Receive(tx, desk.Incoming{
			Shop: t.shop, Mailbox: t.mailbox, Channel: desk.ChannelMail, Role: "inbox", Class: mime.ClassCustomer,
			MessageID: th.key("inside", a.whom) + "@rivoire-joaillerie.example", Fingerprint: th.key("inside", a.whom), InReplyTo: question,
			From: mime.Address{Name: from.Name, Address: from.Address}, To: []mime.Address{{Address: Address}}, Own: []string{Address},
			Subject: "Re: Question", Text: typeset(t.words(a.text)), Language: "fr", Files: files, ArrivedAt: t.Clock.Now(), SentAt: t.Clock.Now(),
		})
		return err
	})
}

// rereads asks a colleague to read the draft.
type rereads struct{ by, reader who }

func (a rereads) run(t *telling, th *thread) error {
	var made id.Reading
	err := t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		draft, found, err := reply.DraftOf(tx, th.conv)
		if err != nil || !found {
			return fmt.Errorf("no draft to read: %w", err)
		}
		made, err = t.Readings.Park(tx, t.actor(a.by), reading.New{Conversation: th.conv, Reader: t.people[a.reader], Revision: draft.Revision})
		return err
	})
	if err == nil && made == 0 {
		err = fmt.Errorf("nothing was asked at %s", t.Clock.Now().Format(time.DateTime))
	}
	return err
}
