package team

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// Actor is who does something, in which shop.
type Actor struct {
	Person id.Person // none for whoever sits at the machine's own console
	Shop   id.Shop
	Role   Role
	APIKey id.APIKey // none unless a program acts for the person
	Scopes Scopes    // of the key
}

// Console acts for whoever can start the program on its machine, who could
// write the database as well.
func Console(shop id.Shop) Actor { return Actor{Shop: shop, Role: Owner} }

// Can tells whether the actor may do something: a key never more than the
// person who made it.
func (a Actor) Can(p Permission) bool {
	return Can(a.Role, p) && (a.APIKey == 0 || a.Scopes.allow(p))
}

// Need is a Forbidden fault unless the actor may do it.
func (a Actor) Need(p Permission) error {
	if a.Can(p) {
		return nil
	}
	return fault.New(fault.Forbidden, "forbidden", "Your role doesn't allow this.")
}

type actorKey struct{}

// WithActor puts the actor into a request's context.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom reads what WithActor put there; false when nobody is signed in.
func ActorFrom(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(Actor)
	return a, ok
}
