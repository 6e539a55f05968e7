package demo

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// answers is an answer of the shop.
type answers struct {
	by      who
	text    string
	late    bool   // the promise is broken by then
	holding moment // a holding answer, which gives this date
	sendAt  moment // leaves later
	file    *file
	pass    string // why a stop of the guard is passed
}

func (a answers) run(t *telling, th *thread) error {
	if a.late {
		if err := t.sweep(); err != nil {
			return err
		}
	}
	conv, err := t.conversation(th)
	if err != nil {
		return err
	}
	answer := reply.Answer{
		Conversation: th.conv, Key: th.key("answer", int(conv.LastMessage)), SeenThrough: conv.LastMessage, PassReason: typeset(a.pass),
	}
	text := t.words(a.text)
	if a.holding != nil {
		answer.HoldingUntil = a.holding(t.frame, th.story.name, t.Clock.Now()).Truncate(time.Minute)
		text = strings.ReplaceAll(text, "{délai}", lang.SpokenDate(answer.HoldingUntil.In(t.frame.hours.Location), "fr"))
	}
	answer.HTML = paragraphs(text, conv.Language)
	if a.sendAt != nil {
		answer.SendAt = a.sendAt(t.frame, th.story.name, t.Clock.Now())
	}
	if a.file != nil {
		if answer.Attachments, err = t.attach(a.by, *a.file); err != nil {
			return err
		}
	}
	out, err := t.Reply.Send(t.ctx, t.actor(a.by), answer)
	if err != nil {
		return err
	}
	if len(out.Held) > 0 {
		return fmt.Errorf("the guard holds %q: %s", out.Held[0].Words, out.Held[0].Rule)
	}
	if a.pass != "" && out.Delivery.PassReason == "" {
		return errors.New("there was no stop to pass")
	}
	if a.sendAt == nil {
		t.willLeave(th)
	}
	return t.nameReason(a.by, conv)
}

func (t *telling) attach(by who, f file) ([]id.Attachment, error) {
	hashes, err := t.Blobs.Put(t.ctx, f.content)
	if err != nil {
		return nil, err
	}
	var made id.Attachment
	err = t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		made, err = t.Desk.Desk.Attach(tx, t.shop, 0, t.people[by], desk.File{
			Name: f.name, Type: f.kind, Size: int64(len(f.content)), Blob: hashes[0],
		})
		return err
	})
	return []id.Attachment{made}, err
}

// paragraphs is plain text as the composer would write it.
func paragraphs(text, language string) string {
	if language == "en" {
		text = strings.ReplaceAll(text, "'", "’")
	} else {
		text = typeset(text)
	}
	var b strings.Builder
	for p := range strings.SplitSeq(text, "\n\n") {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>") + "</p>")
	}
	return b.String()
}

// typeset is French as it is set.
func typeset(text string) string { return lang.Typography(strings.ReplaceAll(text, "'", "’")) }

// notes is an internal note.
type notes struct {
	by   who
	text string
}

func (a notes) run(t *telling, th *thread) error {
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		_, err := t.Desk.Desk.AddNote(tx, t.actor(a.by), th.conv, th.key("note", int(t.Clock.Now().Unix())), paragraphs(t.words(a.text), "fr"))
		return err
	})
}

// assigns puts somebody in charge.
type assigns struct{ by, to who }

func (a assigns) run(t *telling, th *thread) error {
	return t.change(func(tx *store.Tx) (desk.Conversation, error) {
		return t.Desk.Desk.Assign(tx, t.actor(a.by), th.conv, t.people[a.to])
	})
}

// escalates asks the lead.
type escalates struct {
	by       who
	question string
}

func (a escalates) run(t *telling, th *thread) error {
	return t.change(func(tx *store.Tx) (desk.Conversation, error) {
		return t.Desk.Desk.Escalate(tx, t.actor(a.by), th.conv, t.people[julien], typeset(t.words(a.question)))
	})
}

// waives ends the answer promise without an answer.
type waives struct {
	by     who
	reason string
}

func (a waives) run(t *telling, th *thread) error {
	return t.endPromise(th, []promise.Kind{promise.Answer, promise.Courtesy}, func(tx *store.Tx, p id.Promise) (desk.Conversation, error) {
		return t.Desk.Desk.Waive(tx, t.actor(a.by), th.conv, p, a.reason)
	})
}

// does fulfils what was promised beside an answer.
type does struct{ by who }

func (a does) run(t *telling, th *thread) error {
	kinds := []promise.Kind{promise.CallBack, promise.Send, promise.Lead, promise.Other}
	return t.endPromise(th, kinds, func(tx *store.Tx, p id.Promise) (desk.Conversation, error) {
		return t.Desk.Desk.Done(tx, t.actor(a.by), th.conv, p, false)
	})
}

func (t *telling) endPromise(th *thread, kinds []promise.Kind, end func(*store.Tx, id.Promise) (desk.Conversation, error)) error {
	return t.change(func(tx *store.Tx) (desk.Conversation, error) {
		open, err := promise.OpenOf(tx, th.conv)
		if err != nil {
			return desk.Conversation{}, err
		}
		for _, p := range open {
			if slices.Contains(kinds, p.Kind) {
				return end(tx, p.ID)
			}
		}
		return desk.Conversation{}, fmt.Errorf("nothing of %v is owed", kinds)
	})
}

// waits says that the customer writes next.
type waits struct{ by who }

func (a waits) run(t *telling, th *thread) error {
	return t.change(func(tx *store.Tx) (desk.Conversation, error) { return t.Desk.Desk.Wait(tx, t.actor(a.by), th.conv) })
}

// snoozes takes it out of sight.
type snoozes struct {
	by    who
	until moment
}

func (a snoozes) run(t *telling, th *thread) error {
	until := a.until(t.frame, th.story.name, t.Clock.Now())
	return t.change(func(tx *store.Tx) (desk.Conversation, error) {
		return t.Desk.Desk.Snooze(tx, t.actor(a.by), th.conv, until)
	})
}

// drafts leaves an answer half written.
type drafts struct {
	by   who
	text string
}

func (a drafts) run(t *telling, th *thread) error {
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		conv, err := desk.Get(tx, th.conv)
		if err != nil {
			return err
		}
		_, err = t.Reply.SaveDraft(tx, t.actor(a.by), reply.Draft{
			Conversation: th.conv, HTML: paragraphs(t.words(a.text), conv.Language), Recipients: "{}", Kind: "answer", SeenThrough: conv.LastMessage,
		})
		return err
	})
}

// merges puts the conversation into another story's.
type merges struct {
	by   who
	into string
}

func (a merges) run(t *telling, th *thread) error {
	into := t.threads[a.into]
	if into == nil {
		return fmt.Errorf("no story %s yet", a.into)
	}
	return t.change(func(tx *store.Tx) (desk.Conversation, error) {
		return t.Desk.Desk.Merge(tx, t.actor(a.by), th.conv, into.conv)
	})
}

// putsAway moves it to a tray and learns about its sender.
type putsAway struct {
	by   who
	tray desk.Tray
	rule customer.SenderRule
}

func (a putsAway) run(t *telling, th *thread) error {
	return t.change(func(tx *store.Tx) (desk.Conversation, error) {
		return t.Desk.Desk.PutAway(tx, t.actor(a.by), th.conv, a.tray, a.rule)
	})
}

// sorts looks at what no customer wrote.
type sorts struct{ by who }

func (a sorts) run(t *telling, th *thread) error {
	return t.change(func(tx *store.Tx) (desk.Conversation, error) { return t.Desk.Desk.Sorted(tx, t.actor(a.by), th.conv) })
}

// contacts notes a call, a talk or a letter.
type contacts struct {
	by       who
	channel  string
	phone    string
	text     string
	answered bool
	promised promise.Kind
	title    string
	due      moment
}

func (a contacts) run(t *telling, th *thread) error {
	c := desk.Contact{
		Key: th.key("contact", int(t.Clock.Now().Unix())), Channel: a.channel, Conversation: th.conv, Name: th.story.from.name,
		Address: th.story.from.address, Phone: a.phone, Text: typeset(t.words(a.text)), Answered: a.answered,
	}
	if a.promised != "" {
		c.Promised = desk.Promised{Kind: a.promised, Text: typeset(a.title), DueAt: a.due(t.frame, th.story.name, t.Clock.Now())}
	}
	return t.DB.InTx(t.ctx, func(tx *store.Tx) error {
		conv, err := t.Desk.Desk.NoteContact(tx, t.actor(a.by), c)
		th.conv = conv.ID
		return err
	})
}
