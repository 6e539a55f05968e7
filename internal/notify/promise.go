package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

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
	Shop  id.Shop   `json:"shop"`
	Since time.Time `json:"since"`
}

// errQuiet: there is nothing to say, or nobody to say it to.
var errQuiet = errors.New("nothing to tell")

// facts is what a reminder is written from.
type facts struct {
	promise  promise.Promise
	conv     desk.Conversation
	person   team.Person
	location *time.Location
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
	case a.Broken && !f.promise.Ringing():
		return s.digestLater(ctx, j, f)
	}
	return s.Reply.SendSystem(ctx, f.mail(s.URL), j.Finish)
}

// read gathers the facts; outside opening hours it asks to come back at the
// next opening, when somebody reads.
func (s *Service) read(tx *store.Tx, a PromiseArgs) (f facts, err error) {
	f.promise, err = promise.Read(tx, a.Promise)
	if err != nil {
		return f, err
	}
	p := f.promise
	if ok, err := s.canMail(tx, p.Shop); err != nil || !ok || p.State != promise.Open || p.Kind == promise.Courtesy {
		return f, errors.Join(err, errQuiet)
	}
	hours, _, err := s.Shops.HoursAndDelay(tx, p.Shop, "")
	if err != nil {
		return f, err
	}
	now := s.Clock.Now()
	if !hours.Open(now) {
		return f, jobs.Later{At: hours.NextOpening(now), Reason: "closed"}
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
	inCharge, err := s.Team.InCharge(tx, p.Shop, candidate, now, f.location)
	if err != nil {
		return f, err
	}
	f.person, err = s.Team.Get(tx, inCharge)
	return f, err
}

func (f facts) mail(url string) reply.SystemMail {
	due := lang.SpokenDate(f.promise.DueAt.In(f.location), f.person.Language)
	link := fmt.Sprintf("%s/c/%s", url, f.promise.Conversation)
	if f.person.Language == "en" {
		return mailTo(f.promise.Shop, f.person, "Due soon: case no. "+f.promise.Conversation.String(),
			"Hello "+f.person.FirstName()+",\n\nSomething is owed by "+due+".\n\n"+link)
	}
	return mailTo(f.promise.Shop, f.person, "À tenir bientôt : dossier n° "+f.promise.Conversation.String(),
		"Bonjour "+f.person.FirstName()+",\n\nUn engagement est à tenir avant le "+due+".\n\n"+link)
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
			Args: digestArgs{Shop: f.promise.Shop, Since: now.Add(-time.Minute)},
		})
	})
}

var selectBrokenSince = store.SQL(`
	select p.id, p.conversation_id, c.subject, p.due_at from promise p left join conversation c on c.id = p.conversation_id
	where p.shop_id = $1 and p.state = 'open' and p.broken_at >= $2 order by p.due_at limit 50`)

type brokenRow struct {
	ID           id.Promise      `db:"id"`
	Conversation id.Conversation `db:"conversation_id"`
	Subject      string          `db:"subject"`
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
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if rows, err = store.All[brokenRow](tx, selectBrokenSince, a.Shop, a.Since); err != nil || len(rows) == 0 {
			return errors.Join(err, errQuiet)
		}
		location, err := s.Shops.Location(tx, a.Shop)
		if err != nil {
			return err
		}
		lead, err := s.Team.InCharge(tx, a.Shop, 0, s.Clock.Now(), location)
		if err != nil {
			return err
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
	return s.Reply.SendSystem(ctx, digestMail(a.Shop, p, rows, s.URL), j.Finish)
}

func digestMail(shop id.Shop, p team.Person, rows []brokenRow, url string) reply.SystemMail {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "- %s/c/%s\n", url, r.Conversation)
	}
	if p.Language == "en" {
		return mailTo(shop, p, fmt.Sprintf("%d overdue", len(rows)), "Hello "+p.FirstName()+",\n\nStill owed, past their time:\n\n"+b.String())
	}
	return mailTo(shop, p, fmt.Sprintf("%d en retard", len(rows)), "Bonjour "+p.FirstName()+",\n\nToujours dus, leur heure passée :\n\n"+b.String())
}
