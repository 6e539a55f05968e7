package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// userCommand works beside a running desk: each is one short transaction.
type userCommand struct {
	Demo bool `help:"People of the demo shop."`

	Add    userAdd    `cmd:"" help:"Add a person to a shop."`
	Passwd userPasswd `cmd:"" help:"Set somebody's password; their devices are signed out."`
	Unlock userUnlock `cmd:"" help:"End the lock after too many wrong passwords."`
	List   userList   `cmd:"" help:"List everybody with their shops."`
}

type passwordInput struct {
	PasswordStdin bool `name:"password-stdin" help:"Read the password from standard input instead of asking on the terminal."`
}

type userAdd struct {
	passwordInput

	Name     string `required:"" help:"Name as customers read it."`
	Email    string `required:"" help:"Address to sign in with."`
	Role     string `required:"" enum:"owner,lead,agent" help:"owner, lead or agent."`
	Shop     int64  `help:"Number of the shop, when there are several." placeholder:"N"`
	Language string `default:"fr" enum:"fr,en" help:"fr or en."`
}

type userPasswd struct {
	passwordInput

	Email string `arg:"" help:"Address to sign in with."`
}

type userUnlock struct {
	Email string `arg:"" help:"Address to sign in with."`
}

type userList struct{}

// people is what these commands need of a desk.
type people struct {
	db    *store.DB
	shops *shop.Service
	team  *team.Service
}

// openBeside opens the store of a desk that has been started before by a
// program of this version. A desk at work on it is not disturbed: nothing is
// cleared, locked or migrated.
func openBeside(ctx context.Context, c Config, demo bool) (*store.DB, error) {
	at := c.shopPlace()
	if demo {
		at = c.demoPlace()
	}
	has, err := archive.SchemaOf(ctx, archive.Place{Store: at.store})
	if err != nil {
		return nil, fmt.Errorf("%w; start Comptoir once and set it up in the browser", err)
	}
	if latest, err := archive.LatestSchema(ctx); err != nil {
		return nil, err
	} else if has != latest {
		return nil, errors.New("the desk runs another version of Comptoir: start it with this one first, or run comptoir migrate")
	}
	return store.Open(ctx, at.store)
}

// withStore runs f on the store of the chosen desk.
func withStore(ctx context.Context, c Config, demo bool, f func(*store.DB) error) error {
	db, err := openBeside(ctx, c, demo)
	if err != nil {
		return err
	}
	err = f(db)
	if e := db.Close(); err == nil {
		err = e
	}
	return err
}

func peopleOf(db *store.DB) *people {
	clk := clock.System{}
	events := event.NewLog(db, clk, reactions(jobs.Queue{Clock: clk}))
	return &people{
		db:    db,
		shops: shop.New(shop.Config{DB: db, Events: events, Clock: clk}),
		team:  team.New(team.Config{DB: db, Events: events, Clock: clk}),
	}
}

// with runs f on the people of the chosen desk.
func (u *userCommand) with(ctx context.Context, c Config, f func(p *people) error) error {
	err := withStore(ctx, c, u.Demo, func(db *store.DB) error { return f(peopleOf(db)) })
	var wrong *fault.Fault
	if errors.As(err, &wrong) && wrong.Kind != fault.Internal {
		return errors.New(wrong.Detail)
	}
	return err
}

// Run adds a person. Who works in another shop already keeps name and password.
func (a userAdd) Run(ctx context.Context, c Config, u *userCommand, io Streams) error {
	return u.with(ctx, c, func(p *people) error {
		at, err := p.shop(ctx, a.Shop)
		if err != nil {
			return err
		}
		n := team.NewPerson{Name: a.Name, Email: a.Email, Language: a.Language, Role: team.Role(a.Role)}
		_, err = p.byEmail(ctx, a.Email)
		known := err == nil
		if !known {
			password, err := a.ask(io)
			if err != nil {
				return err
			}
			if n.Password, err = p.team.HashPassword(ctx, n, password); err != nil {
				return err
			}
		}
		if _, err := p.team.Add(ctx, team.Console(at.ID), n); err != nil {
			return err
		}
		if known {
			fmt.Fprintf(io.Out, "%s was in another shop and is now %s of %s too; name and password stay.\n", a.Email, a.Role, at.Name)
			return nil
		}
		fmt.Fprintf(io.Out, "%s is now %s of %s.\n", a.Email, a.Role, at.Name)
		return nil
	})
}

// Run sets a password.
func (a userPasswd) Run(ctx context.Context, c Config, u *userCommand, io Streams) error {
	return u.with(ctx, c, func(p *people) error {
		person, err := p.byEmail(ctx, a.Email)
		if err != nil {
			return err
		}
		password, err := a.ask(io)
		if err != nil {
			return err
		}
		if err := p.team.SetPassword(ctx, team.Console(0), person.ID, password); err != nil {
			return err
		}
		fmt.Fprintf(io.Out, "%s has a new password; every device is signed out.\n", person.Email)
		return nil
	})
}

// Run ends a lock.
func (a userUnlock) Run(ctx context.Context, c Config, u *userCommand, io Streams) error {
	return u.with(ctx, c, func(p *people) error {
		person, err := p.byEmail(ctx, a.Email)
		if err != nil {
			return err
		}
		if err := p.team.Unlock(ctx, team.Console(0), person.ID); err != nil {
			return err
		}
		fmt.Fprintf(io.Out, "%s may sign in again.\n", person.Email)
		return nil
	})
}

// Run lists everybody, shop by shop.
func (userList) Run(ctx context.Context, c Config, u *userCommand, io Streams) error {
	return u.with(ctx, c, func(p *people) error {
		w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "SHOP\tEMAIL\tNAME\tROLE\tSTATE")
		now := clock.System{}.Now()
		err := p.db.Read(ctx, func(tx *store.Tx) error {
			shops, err := p.shops.List(tx)
			if err != nil {
				return err
			}
			for _, s := range shops {
				members, err := p.team.Members(tx, s.ID)
				if err != nil {
					return err
				}
				for _, m := range members {
					fmt.Fprintf(w, "%d %s\t%s\t%s\t%s\t%s\n", s.ID, s.Name, m.Email, m.Name, m.Role, stateOf(m.Person, now))
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return w.Flush()
	})
}

func stateOf(p team.Person, now time.Time) string {
	switch {
	case !p.Active:
		return "deactivated"
	case p.LockedUntil.After(now):
		return "locked until " + p.LockedUntil.Format(time.RFC3339)
	case !p.Joined:
		return "no password yet"
	case p.TOTP:
		return "two-step sign-in"
	}
	return "active"
}

func (p *people) byEmail(ctx context.Context, email string) (found team.Person, err error) {
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		found, err = p.team.ByEmail(tx, email)
		return err
	})
	if fault.KindOf(err) == fault.NotFound {
		err = fmt.Errorf("nobody signs in with %s", email)
	}
	return found, err
}

// shop finds the wanted shop; 0 is the only one there is.
func (p *people) shop(ctx context.Context, wanted int64) (found shop.Shop, err error) {
	var all []shop.Shop
	err = p.db.Read(ctx, func(tx *store.Tx) error {
		all, err = p.shops.List(tx)
		return err
	})
	if err != nil {
		return found, err
	}
	names := make([]string, len(all))
	for i, s := range all {
		if s.ID == id.Shop(wanted) || wanted == 0 && len(all) == 1 {
			return s, nil
		}
		names[i] = fmt.Sprintf("%d %s", s.ID, s.Name)
	}
	if len(all) == 0 {
		return found, errors.New("there is no shop yet: set it up in the browser first")
	}
	return found, fmt.Errorf("choose a shop by --shop: %s", strings.Join(names, ", "))
}

// ask reads the password: twice from the terminal, which doesn't show it, or one
// line of standard input. It is no argument: those are seen by everybody on the
// machine.
func (in passwordInput) ask(s Streams) (string, error) {
	if in.PasswordStdin {
		line, err := bufio.NewReader(io.LimitReader(s.In, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	file, ok := s.In.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return "", errors.New("there is no terminal to ask for the password: use --password-stdin")
	}
	read := func(prompt string) (string, error) {
		fmt.Fprint(s.Err, prompt)
		line, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(s.Err)
		return string(line), err
	}
	first, err := read("Password: ")
	if err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	again, err := read("Once more: ")
	if err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	if first != again {
		return "", errors.New("the two passwords differ")
	}
	return first, nil
}
