package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// writes is a mail that comes in.
type writes struct {
	text    string
	from    *writer // another address than the story's
	subject string  // another subject than the story's
	replies bool    // answers our newest mail, and quotes it
	names   string  // instead names the newest mail of this story
	html    string  // body of its own, for newsletters and the like
	files   []file
	header  []string // further header lines
}

var (
	messageByID = store.SQL(`
		select conversation_id, arrived_at from message where shop_id = $1 and rfc_message_id = $2 and rfc_message_id <> '' order by id limit 1`)
	newestAnswer = store.SQL(`
		select rfc_message_id, body, from_name, arrived_at from message
		where conversation_id = $1 and direction = 'out' and kind in ('answer', 'holding') order by id desc limit 1`)
)

type takenRow struct {
	Conversation id.Conversation `db:"conversation_id"`
	ArrivedAt    time.Time       `db:"arrived_at"`
}

// ours is a mail of the shop's that a customer answers.
type ours struct {
	MessageID string    `db:"rfc_message_id"`
	Body      string    `db:"body"`
	Name      string    `db:"from_name"`
	At        time.Time `db:"arrived_at"`
}

func (a writes) run(t *telling, th *thread) error {
	from := th.story.from
	if a.from != nil {
		from = *a.from
	}
	th.mails++
	l := letter{
		from: from, subject: t.words(th.story.about), text: t.words(a.text), html: a.html, files: a.files, header: a.header,
		date: t.Clock.Now().Add(-4 * time.Second).In(t.frame.hours.Location), id: messageID(th.story.name, th.mails, from.address),
		references: th.ids,
	}
	if a.subject != "" {
		l.subject = a.subject
	}
	if err := a.answersOurs(t, th, &l); err != nil {
		return err
	}
	th.ids = append(th.ids, l.id)
	return t.takeIn(th, l)
}

// answersOurs ties the letter to a mail of the shop's.
func (a writes) answersOurs(t *telling, th *thread, l *letter) error {
	of := th
	if a.names != "" {
		of = t.threads[a.names]
	}
	if !a.replies && a.names == "" || of == nil {
		return nil
	}
	return t.DB.Read(t.ctx, func(tx *store.Tx) error {
		answered, err := store.One[ours](tx, newestAnswer, of.conv)
		if err != nil {
			return fmt.Errorf("nothing to reply to: %w", err)
		}
		l.answered = &answered
		if !strings.HasPrefix(l.subject, "Re") {
			l.subject = "Re: " + l.subject
		}
		return nil
	})
}

// takeIn hands the letter to the real intake and finds where it went.
func (t *telling) takeIn(th *thread, l letter) error {
	if err := t.Take(t.ctx, t.mailbox, l.bytes(), t.Clock.Now()); err != nil {
		return err
	}
	err := t.DB.Read(t.ctx, func(tx *store.Tx) error {
		row, err := store.One[takenRow](tx, messageByID, t.shop, l.id)
		th.conv = row.Conversation
		return err
	})
	if err != nil {
		return fmt.Errorf("the mail did not come in: %w", err)
	}
	if t.acknowledging && len(t.sent) == 0 {
		return t.Deliver(t.ctx)
	}
	return nil
}

func messageID(story string, n int, address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return fmt.Sprintf("%s.%d.%08x@%s", story, n, pick(story+fmt.Sprint(n), 1<<30), domain)
}

// bounces is the mail system's notice that our newest mail did not arrive.
type bounces struct{ status, why string }

func (a bounces) run(t *telling, th *thread) error {
	var lost ours
	err := t.DB.Read(t.ctx, func(tx *store.Tx) (err error) {
		lost, err = store.One[ours](tx, newestAnswer, th.conv)
		return err
	})
	if err != nil {
		return err
	}
	th.mails++
	_, domain, _ := strings.Cut(th.story.from.address, "@")
	raw := bounce(notice{
		id: messageID(th.story.name, th.mails, "x@mx."+domain), date: t.Clock.Now().In(t.frame.hours.Location),
		host: "mx." + domain, to: th.story.from.address, about: th.story.about, original: lost.MessageID, status: a.status, why: a.why,
	})
	return t.Take(t.ctx, t.mailbox, raw, t.Clock.Now())
}

// arrives is something that is no mail at all.
type arrives struct{ raw []byte }

func (a arrives) run(t *telling, _ *thread) error {
	return t.Take(t.ctx, t.mailbox, a.raw, t.Clock.Now())
}
