package demo_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/demo"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/visible"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// local keeps every mail here, as a demo shop does.
type local struct{}

func (local) Route(context.Context, id.Shop, id.Mailbox) (delivery.Route, error) {
	return delivery.RouteLocal, nil
}

func (local) Send(context.Context, id.Mailbox, string, []string, []byte, func(context.Context) error) ([]delivery.Result, error) {
	return nil, errors.New("nothing leaves this machine")
}

// place is a store with the services of the desk over one clock.
type place struct {
	demo.Desk

	queue  jobs.Queue
	intake *intake.Intake
	post   *delivery.Post
}

func build(t *testing.T, db *store.DB) *place {
	t.Helper()
	blobs, err := blob.OpenFolder(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	box, err := secret.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(time.Unix(0, 0))
	p := &place{queue: jobs.Queue{Clock: c}}
	log := event.NewLog(db, c, p.react)
	shops := shop.New(shop.Config{DB: db, Events: log, Clock: c, Box: box})
	ledger := &promise.Ledger{Log: log, Clock: c, Hours: shops.HoursAndDelay}
	d := &desk.Desk{DB: db, Clock: c, Log: log, Queue: p.queue, Ledger: ledger}
	people := team.New(team.Config{DB: db, Events: log, Clock: c, Box: box})
	p.intake = &intake.Intake{DB: db, Blobs: blobs, Queue: p.queue, Events: log, Clock: c}
	p.post = &delivery.Post{DB: db, Blobs: blobs, Clock: c, Log: log, Queue: p.queue, Desk: d, Sender: local{}}
	door := &reply.Service{DB: db, Blobs: blobs, Clock: c, Log: log, Desk: d, Post: p.post, Shops: shops, Team: people}
	asks := &ask.Service{DB: db, Blobs: blobs, Clock: c, Log: log, Desk: d, Post: p.post, Reply: door, Shops: shops, URL: "https://desk.example"}
	d.Inside = asks
	p.Desk = demo.Desk{
		DB: db, Blobs: blobs, Clock: c, Desk: d, Shops: shops, Team: people, Reply: door, Asks: asks,
		Readings:  &reading.Service{DB: db, Clock: c, Log: log, Desk: d, Reply: door, Shops: shops, Team: people},
		Incidents: &incident.Service{DB: db, Clock: c, Log: log, Queue: p.queue, Team: people},
		Take:      p.take, Deliver: p.deliver,
	}
	return p
}

// react acknowledges, as the app's reactions do.
func (p *place) react(tx *store.Tx, e event.Event) error {
	if e.Kind != event.MessageReceived {
		return nil
	}
	m, err := desk.GetMessage(tx, e.Message)
	c, err2 := desk.Get(tx, e.Conversation)
	if err := errors.Join(err, err2); err != nil || m.Kind != desk.KindCustomer || c.LastIn != m.ID {
		return err
	}
	return p.queue.Put(tx, jobs.Add{
		Kind: reply.AcknowledgeJob, Key: e.Conversation.String(),
		Args: reply.AcknowledgeArgs{Conversation: e.Conversation, Message: e.Message},
	})
}

var (
	newestItem = store.Dynamic(`select id, blob, arrived_at from item order by id desc limit 1`)
	dueJobs    = store.Dynamic(`select id, kind, args, attempts, token, run_at, last_error from job where run_at <= $1 order by run_at, id`)
	dropJob    = store.Dynamic(`delete from job where id = $1`)
)

type itemRow struct {
	ID        id.Item   `db:"id"`
	Blob      blob.Hash `db:"blob"`
	ArrivedAt time.Time `db:"arrived_at"`
}

// take is the intake with what the parse job does.
func (p *place) take(ctx context.Context, mailbox id.Mailbox, raw []byte, arrivedAt time.Time) error {
	const only = id.Shop(1)
	err := p.intake.Store(ctx, []intake.Raw{{
		Shop: only, Mailbox: mailbox, Source: intake.SourceSMTP, Role: intake.RoleInbox, Content: raw, ArrivedAt: arrivedAt,
	}})
	if err != nil {
		return err
	}
	m, parseErr := mime.Parse(raw, mime.Options{Own: []string{demo.Address}})
	if parseErr == nil {
		for _, a := range m.Attachments {
			if _, err := p.Blobs.Put(ctx, a.Content); err != nil {
				return err
			}
		}
	}
	return p.DB.InTx(ctx, func(tx *store.Tx) error {
		item, err := store.One[itemRow](tx, newestItem)
		if err != nil {
			return err
		}
		if parseErr != nil {
			return p.intake.Quarantine(tx, item.ID, "not_mail")
		}
		got, err := p.Desk.Desk.Receive(tx, incoming(m, only, mailbox, item))
		if err != nil {
			return err
		}
		if m.Class == mime.ClassBounce {
			if err := p.post.Bounced(tx, only, m.Reports); err != nil {
				return err
			}
		}
		_, err = p.intake.MarkTaken(tx, item.ID, got.Message)
		return err
	})
}

func incoming(m *mime.Mail, s id.Shop, mailbox id.Mailbox, item itemRow) desk.Incoming {
	shown := visible.Split(visible.Input{Text: m.Text, HTML: m.HTML})
	in := desk.Incoming{
		Shop: s, Mailbox: mailbox, Item: item.ID, Channel: desk.ChannelMail, Role: "inbox", Class: m.Class,
		MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: m.References, Fingerprint: m.Fingerprint,
		From: m.Author(), ReplyTo: m.ReplyTo, To: m.To, Cc: m.Cc, Own: []string{demo.Address}, Subject: m.Subject,
		Text: shown.Text, Quote: shown.Quote, Language: m.Language, HasHTML: m.HTML != "",
		Courtesy: lang.Courtesy(shown.Text), AutoSubmitted: m.AutoSubmitted != "" && m.AutoSubmitted != "no", Reports: m.Reports,
		ArrivedAt: item.ArrivedAt, SentAt: m.Date, Raw: item.Blob,
	}
	for _, a := range m.Attachments {
		in.Files = append(in.Files, desk.File{
			Name: a.Name, Type: a.Type, Size: int64(a.Size), Blob: blob.Hash(a.SHA256), Inline: a.Inline, ContentID: a.ContentID,
		})
	}
	return in
}

// deliver runs what is due until nothing is.
func (p *place) deliver(ctx context.Context) error {
	for {
		var due []jobs.Job
		err := p.DB.Read(ctx, func(tx *store.Tx) (err error) {
			due, err = store.All[jobs.Job](tx, dueJobs, p.Clock.Now())
			return err
		})
		if err != nil || len(due) == 0 {
			return err
		}
		err = p.DB.InTx(ctx, func(tx *store.Tx) error {
			for _, j := range due {
				if _, err := store.Exec(tx, dropJob, j.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, j := range due {
			j.ID = 0 // run by hand
			switch j.Kind {
			case delivery.SendJob.Name:
				err = p.post.Send(ctx, j)
			case reply.AcknowledgeJob.Name:
				err = p.Reply.Acknowledge(ctx, j)
			}
			if err != nil {
				return err
			}
		}
	}
}
