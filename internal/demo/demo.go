package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

const (
	// ShopName is the name of the demo shop.
	ShopName = "Maison Lila"
	// Address is its mailbox, filled by the SMTP listener.
	Address = "bonjour@maison-lila.example"
	// Password is that of its four people; the first-run page shows it.
	Password = "bijoux-et-promesses"
)

// Person is somebody who works in the demo shop.
type Person struct {
	Name, Email string
	Role        team.Role
}

// People are those who work in the demo shop, its owner first.
func People() []Person {
	out := make([]Person, len(staff))
	for i, s := range staff {
		out[i] = Person{Name: s.name, Email: s.email, Role: s.role}
	}
	return out
}

// Desk is what the demo shop is made with: services on an empty store, all
// built over the one clock, which the story moves.
type Desk struct {
	DB    *store.DB
	Blobs blob.Store
	Clock *clock.Set
	Desk  *desk.Desk
	Reply *reply.Service
	Shops *shop.Service
	Team  *team.Service
	Asks  *ask.Service
	// Readings is of drafts that a colleague reads.
	Readings *reading.Service

	Incidents *incident.Service

	// Take brings one mail in by the way that mail comes in, and returns when it
	// is parsed (or quarantined). Clock shows arrivedAt.
	Take func(ctx context.Context, mailbox id.Mailbox, raw []byte, arrivedAt time.Time) error
	// Deliver runs the jobs that are due by Clock until none is left: answers
	// leave, acknowledgements are written and leave.
	Deliver func(ctx context.Context) error
}

// Result says what was made.
type Result struct {
	Owner   id.Person
	Shop    id.Shop
	Mailbox id.Mailbox
}

// Create makes the demo shop as it stands at now. It wants an empty store, and
// leaves Clock at now.
func Create(ctx context.Context, d Desk, now time.Time) (Result, error) {
	made, err := create(ctx, d, now.UTC().Truncate(time.Second))
	if err != nil {
		return Result{}, fmt.Errorf("demo shop: %w", err)
	}
	return made, nil
}

func create(ctx context.Context, d Desk, now time.Time) (Result, error) {
	f := frameOf(now)
	t := &telling{Desk: d, ctx: ctx, frame: f, threads: map[string]*thread{}}
	if err := t.openShop(); err != nil {
		return Result{}, err
	}
	beats, err := schedule(f, append(past(), stories()...))
	if err != nil {
		return Result{}, err
	}
	if err := t.tell(beats); err != nil {
		return Result{}, err
	}
	return Result{Owner: t.people[veronica], Shop: t.shop, Mailbox: t.mailbox}, t.finish()
}
