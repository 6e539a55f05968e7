package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// The jobs behind a promise's marks.
var (
	PromiseJob = jobs.Kind{Name: "notify.promise", Pool: jobs.PoolReact}
	DigestJob  = jobs.Kind{Name: "notify.digest", Pool: jobs.PoolReact}
)

// PromiseArgs are the arguments of PromiseJob.
type PromiseArgs struct {
	Promise id.Promise `json:"promise"`
	Broken  bool       `json:"broken"`
}

type digestArgs struct {
	Shop id.Shop `json:"shop"`
}

// errQuiet: there is nothing to say, or nobody to say it to.
var errQuiet = errors.New("nothing to tell")

// quiet is errQuiet unless something went wrong, which is tried again.
func quiet(err error) error {
	if err != nil {
		return err
	}
	return errQuiet
}

// facts is what a reminder is written from.
type facts struct {
	promise  promise.Promise
	conv     desk.Conversation
	person   team.Person
	location *time.Location
	again    bool // what it came from was broken already: a second breach
	mails    bool // the shop can mail its people
}

// Promise is the handler of PromiseJob.
func (s *Service) Promise(ctx context.Context, j jobs.Job) error {
	var a PromiseArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	var f facts
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		f, err = s.read(tx, a)
		return err
	})
	switch {
	case errors.Is(err, errQuiet):
		return nil
	case err != nil:
		return err
	case a.Broken && !f.promise.Ringing() && !f.again:
		return s.digestLater(ctx, j, f)
	}
	ring := RingArgs{Kind: RingNear, Shop: f.promise.Shop, Person: f.person.ID, Promise: f.promise.ID, Conversation: f.promise.Conversation}
	if a.Broken {
		ring.Kind = RingBroken
	}
	return s.tell(ctx, f.mails, f.mail(s.URL, a.Broken), j, ring)
}

// tell sends a notice both ways out, by mail and to the person's devices, in the
// transaction that ends the job behind it.
func (s *Service) tell(ctx context.Context, mails bool, m reply.SystemMail, j jobs.Job, ring RingArgs) error {
	finish := func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		return s.ring(tx, ring)
	}
	if !mails {
		return s.DB.InTx(ctx, finish)
	}
	return s.Reply.SendSystem(ctx, m, finish)
}

// read gathers the facts; outside opening hours it asks to come back at the
// next opening, when somebody reads.
func (s *Service) read(tx *store.Tx, a PromiseArgs) (f facts, err error) {
	f.promise, err = promise.Read(tx, a.Promise)
	if err != nil {
		return f, err
	}
	p := f.promise
	if f.mails, err = s.canMail(tx, p.Shop); err != nil || p.State != promise.Open || p.Kind == promise.Courtesy {
		return f, quiet(err)
	}
	hours, _, err := s.Shops.HoursAndDelay(tx, p.Shop, "")
	if err != nil {
		return f, err
	}
	now := s.Clock.Now()
	if err := quietHours(hours, now); err != nil {
		return f, err
	}
	if !a.Broken && p.DueAt.Before(now) { // the hours in between were closed ones: the digest tells
		return f, errQuiet
	}
	if f.again, err = promise.BrokenBefore(tx, p); err != nil {
		return f, err
	}
	if f.location, err = s.Shops.Location(tx, p.Shop); err != nil {
		return f, err
	}
	candidate := p.Person
	if p.Conversation != 0 {
		if f.conv, err = desk.Get(tx, p.Conversation); err != nil {
			return f, err
		}
		if candidate == 0 {
			candidate = f.conv.Assignee
		}
	}
	inCharge, err := s.Team.InChargeFor(tx, team.Charge{Shop: p.Shop, Person: candidate, Team: f.conv.Team}, now, f.location)
	if err != nil {
		return f, err
	}
	if inCharge == 0 { // everybody is away
		return f, errQuiet
	}
	f.person, err = s.Team.Get(tx, inCharge)
	return f, err
}

// quietHours asks to come back at the next opening; a shop that never opens is
// told nothing.
func quietHours(h calendar.Hours, now time.Time) error {
	if h.Open(now) {
		return nil
	}
	next := h.NextOpening(now)
	if next.IsZero() {
		return errQuiet
	}
	return jobs.Later{At: next, Reason: "closed"}
}

func (f facts) mail(url string, broken bool) reply.SystemMail {
	due := lang.SpokenDate(f.promise.DueAt.In(f.location), f.person.Language)
	what, link := place(f.promise.Conversation, url, f.person.Language)
	hello := "Bonjour " + f.person.FirstName() + ",\n\n"
	subject, text := "À tenir bientôt : "+what, "Un engagement est à tenir avant le "+due+"."
	switch {
	case f.person.Language == "en" && broken:
		hello, subject, text = "Hello "+f.person.FirstName()+",\n\n", "Overdue: "+what, "Something was owed by "+due+" and still is."
	case f.person.Language == "en":
		hello, subject, text = "Hello "+f.person.FirstName()+",\n\n", "Due soon: "+what, "Something is owed by "+due+"."
	case broken:
		subject, text = "En retard : "+what, "Un engagement était à tenir avant le "+due+" ; il reste dû."
	}
	return mailTo(f.promise.Shop, f.person, subject, hello+text+"\n\n"+link)
}

// place names what a promise is about, and where the web app shows it: a
// conversation, or the tray to sort, which is nobody's.
func place(c id.Conversation, url, language string) (what, link string) {
	switch {
	case c == 0 && language == "en":
		return "the tray to sort", url + "/sort"
	case c == 0:
		return "la corbeille à trier", url + "/sort"
	case language == "en":
		return "case no. " + c.String(), url + "/owed/" + c.String()
	default:
		return "dossier n° " + c.String(), url + "/owed/" + c.String()
	}
}

// digestLater folds what broke into one mail an hour.
func (s *Service) digestLater(ctx context.Context, j jobs.Job, f facts) error {
	now := s.Clock.Now()
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		return s.Queue.Put(tx, jobs.Add{
			Kind: DigestJob, Key: f.promise.Shop.String(), At: now.Truncate(time.Hour).Add(time.Hour),
			Args: digestArgs{Shop: f.promise.Shop},
		})
	})
}

// All that is late, the newest breach first: what broke while the shop was
// closed must not fall between two digests.
var selectBroken = store.SQL(`
	select id, conversation_id, due_at from promise
	where shop_id = $1 and state = 'open' and broken_at is not null and kind not in ('courtesy', 'ask') order by broken_at desc, id desc limit 50`)

type brokenRow struct {
	ID           id.Promise      `db:"id"`
	Conversation id.Conversation `db:"conversation_id"`
	DueAt        time.Time       `db:"due_at"`
}

// Digest is the handler of DigestJob: one mail to the person in charge of all,
// the lead, else the owner.
func (s *Service) Digest(ctx context.Context, j jobs.Job) error {
	var a digestArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	var rows []brokenRow
	var p team.Person
	var mails bool
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		hours, _, err := s.Shops.HoursAndDelay(tx, a.Shop, "")
		if err != nil {
			return err
		}
		if err := quietHours(hours, s.Clock.Now()); err != nil {
			return err
		}
		if mails, err = s.canMail(tx, a.Shop); err != nil {
			return err
		}
		if rows, err = store.All[brokenRow](tx, selectBroken, a.Shop); err != nil || len(rows) == 0 {
			return quiet(err)
		}
		location, err := s.Shops.Location(tx, a.Shop)
		if err != nil {
			return err
		}
		lead, err := s.Team.InCharge(tx, a.Shop, 0, s.Clock.Now(), location)
		if err != nil || lead == 0 {
			return quiet(err)
		}
		p, err = s.Team.Get(tx, lead)
		return err
	})
	if errors.Is(err, errQuiet) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.tell(ctx, mails, digestMail(a.Shop, p, rows, s.URL), j, RingArgs{Kind: RingDigest, Shop: a.Shop, Person: p.ID, Count: len(rows)})
}

func digestMail(shop id.Shop, p team.Person, rows []brokenRow, url string) reply.SystemMail {
	var b strings.Builder
	for _, r := range rows {
		what, link := place(r.Conversation, url, p.Language)
		fmt.Fprintf(&b, "- %s : %s\n", what, link)
	}
	if p.Language == "en" {
		return mailTo(shop, p, fmt.Sprintf("%d overdue", len(rows)), "Hello "+p.FirstName()+",\n\nStill owed, past their time:\n\n"+b.String())
	}
	return mailTo(shop, p, fmt.Sprintf("%d en retard", len(rows)), "Bonjour "+p.FirstName()+",\n\nToujours dus, leur heure passée :\n\n"+b.String())
}
