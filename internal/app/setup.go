package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/demo"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	labels "github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// State says how far the desk is set up.
func (h *Host) State(context.Context) (api.SetupState, error) {
	out := api.SetupState{State: h.current.Load().at(), Version: Version}
	if out.State == modeDemo {
		out.DemoPassword = demo.Password
		for _, p := range demo.People() {
			out.DemoPeople = append(out.DemoPeople, api.DemoPerson{Name: p.Name, Email: p.Email, Role: string(p.Role)})
		}
	}
	return out, nil
}

// MakeDemo makes the demo shop on a store of its own, unless it is there from
// an earlier visit, serves it and signs its owner in.
func (h *Host) MakeDemo(ctx context.Context, label string) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.current.Load().at() != modeFresh {
		return "", fault.New(fault.Conflict, "conflict", "This desk is set up already.")
	}
	at := h.config.demoPlace()
	if err := os.MkdirAll(filepath.Dir(at.blobs), 0o750); err != nil {
		return "", err
	}
	if err := h.makeSchema(ctx, at.schema); err != nil {
		return "", err
	}
	if err := h.tellDemo(ctx, at); err != nil {
		return "", fmt.Errorf("demo shop: %w", err)
	}
	if err := h.mark(true); err != nil {
		return "", err
	}
	a, err := h.open(ctx, at)
	if err != nil {
		return "", err
	}
	token, err := a.signInFirst(ctx, label)
	if err != nil {
		_ = a.close()
		return "", err
	}
	h.swap(a)
	return token, nil
}

// makeSchema makes the demo shop's own schema in the database of the fresh desk.
func (h *Host) makeSchema(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	create := store.Dynamic(`create schema if not exists ` + pgx.Identifier{name}.Sanitize())
	err := h.current.Load().db.InTx(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, create)
		return err
	})
	if err != nil {
		h.log.Error("schema of the demo shop", "schema", name, "error", err)
		return fault.New(fault.Unavailable, "no_schema", "The demo needs a schema of its own, which the database's user may not make: grant it create on the database.")
	}
	return nil
}

// tellDemo fills an empty demo store with the shop's story, up to now.
func (h *Host) tellDemo(ctx context.Context, at place) error {
	story := clock.At(h.clock.Now())
	a, err := newApp(ctx, h.config, at, story, h.log)
	if err != nil {
		return err
	}
	defer a.close() //nolint:errcheck // what was written is durable already
	there := false
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		shops, err := a.shops.List(tx)
		there = len(shops) > 0
		return err
	})
	if err != nil || there {
		return err
	}
	_, err = demo.Create(ctx, a.demoDesk(story), h.clock.Now())
	return err
}

func (a *App) demoDesk(story *clock.Set) demo.Desk {
	all := []jobs.Pool{jobs.PoolIntake, jobs.PoolReact, jobs.PoolSend}
	return demo.Desk{
		DB: a.db, Blobs: a.blobs, Clock: story, Desk: a.desk, Reply: a.reply, Shops: a.shops, Team: a.team, Asks: a.asks, Readings: a.readings,
		Incidents: a.incidents,
		Take: func(ctx context.Context, mailbox id.Mailbox, raw []byte, arrivedAt time.Time) error {
			var of id.Shop
			err := a.db.Read(ctx, func(tx *store.Tx) error {
				m, err := a.shops.MailboxByID(tx, mailbox)
				of = m.Shop
				return err
			})
			if err != nil {
				return err
			}
			err = a.intake.Store(ctx, []intake.Raw{{
				Shop: of, Mailbox: mailbox, Source: intake.SourceSMTP, Role: intake.RoleInbox, Content: raw, ArrivedAt: arrivedAt,
			}})
			if err != nil {
				return err
			}
			return a.workers.Drain(ctx, jobs.PoolIntake)
		},
		Deliver: func(ctx context.Context) error { return a.workers.Drain(ctx, all...) },
	}
}

// LeaveDemo goes back to a fresh desk. The demo's data stay where they are.
func (h *Host) LeaveDemo(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.current.Load().at() != modeDemo {
		return fault.New(fault.Conflict, "conflict", "This is no demo shop.")
	}
	a, err := h.open(ctx, h.config.shopPlace())
	if err != nil {
		return err
	}
	if err := h.mark(false); err != nil {
		_ = a.close()
		return err
	}
	h.swap(a)
	return nil
}

// MakeShop makes the real shop with its owner, hours and mailbox: all of it or
// nothing.
func (h *Host) MakeShop(ctx context.Context, in api.NewShop, label string) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := h.current.Load().App
	if a.at() != modeFresh {
		return "", fault.New(fault.Conflict, "conflict", "This desk is set up already.")
	}
	owner := team.NewPerson{Name: in.Owner.Name, Email: in.Owner.Email, Role: team.Owner, Language: in.Owner.Language}
	hash, err := a.team.HashPassword(ctx, owner, in.Owner.Password)
	if err != nil {
		return "", api.Within("person", err)
	}
	owner.Password = hash
	var token string
	err = a.db.InTx(ctx, func(tx *store.Tx) error {
		made, err := a.shops.CreateTx(tx, shop.Creation{Input: in.Shop, Hours: []shop.ChannelHours{in.Hours}})
		if err != nil {
			return api.Within("shop", err)
		}
		person, err := a.team.FirstPerson(tx, made, owner)
		if err != nil {
			return api.Within("person", err)
		}
		if err := knowledge.Seed(tx, made, in.Shop.Language, h.clock.Now()); err != nil {
			return err
		}
		if err := labels.Seed(tx, made, in.Shop.Language); err != nil {
			return err
		}
		if in.Mailbox != nil {
			if _, err := a.shops.CreateMailboxTx(tx, shop.MailboxUpdate{Shop: made, By: person, Input: *in.Mailbox}); err != nil {
				return api.Within("mailbox", err)
			}
		}
		token, err = a.team.StartSession(tx, person, made, label)
		return err
	})
	if err != nil {
		return "", err
	}
	a.mode.Store(modeShop)
	a.lookAtMailboxes()
	return token, nil
}

// at says what this desk is: fresh, demo or shop.
func (a *App) at() string {
	mode, _ := a.mode.Load().(string)
	return mode
}

var errNobody = errors.New("the demo shop has no people")

func (a *App) signInFirst(ctx context.Context, label string) (token string, err error) {
	err = a.db.InTx(ctx, func(tx *store.Tx) error {
		shops, err := a.shops.List(tx)
		if err != nil {
			return err
		}
		if len(shops) == 0 {
			return errNobody
		}
		people, err := a.team.Members(tx, shops[0].ID)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Role == team.Owner {
				token, err = a.team.StartSession(tx, p.ID, shops[0].ID, label)
				return err
			}
		}
		return errNobody
	})
	return token, err
}
