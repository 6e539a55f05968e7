package api

import (
	"context"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// FolderState is the proof for one folder: how much is in the box, in the desk,
// and missing.
type FolderState struct {
	Name      string      `json:"name"`
	Role      intake.Role `json:"role" enum:"inbox,junk,sent"`
	InBox     int64       `json:"in_box"`
	InDesk    int64       `json:"in_desk"`
	Missing   int64       `json:"missing"`
	CheckedAt *time.Time  `json:"checked_at"`
}

// Mailbox is a mailbox and how it is doing.
type Mailbox struct {
	MailboxConfig

	ID           id.Mailbox    `json:"id"`
	Active       bool          `json:"active"`
	State        shop.State    `json:"state" enum:"ok,connecting,error,off"`
	ErrorFR      string        `json:"error_fr"`
	ErrorEN      string        `json:"error_en"`
	LastMailAt   *time.Time    `json:"last_mail_at"`
	CaughtUpTo   *time.Time    `json:"caught_up_to"`
	FoldersState []FolderState `json:"folders_state" nullable:"false"`
	Alarm        bool          `json:"alarm" doc:"Mail has stopped coming in"`
}

type mailboxOut struct{ Body Mailbox }

type mailboxesOut struct {
	Body struct {
		Items []Mailbox `json:"items" nullable:"false"`
	}
}

func (s *Server) mailboxes(ctx context.Context, _ *struct{}) (*mailboxesOut, error) {
	out := &mailboxesOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		out.Body.Items = []Mailbox{}
		zone, err := s.Shops.Location(tx, actor(ctx).Shop)
		if err != nil {
			return err
		}
		list, err := s.Shops.Mailboxes(tx, actor(ctx).Shop)
		if err != nil {
			return err
		}
		for _, m := range list {
			shown, err := s.shownMailbox(tx, m, zone)
			if err != nil {
				return err
			}
			out.Body.Items = append(out.Body.Items, shown)
		}
		return nil
	})
	return out, err
}

func (s *Server) shownMailbox(tx *store.Tx, m shop.Mailbox, zone *time.Location) (Mailbox, error) {
	out := Mailbox{
		MailboxConfig: shownConfig(m, zone), ID: m.ID, Active: m.Active, State: m.State, Alarm: m.Alarm,
		LastMailAt: instant(m.LastMailAt), CaughtUpTo: instant(m.CaughtUpTo), FoldersState: []FolderState{},
	}
	if m.Error != "" {
		out.ErrorFR, out.ErrorEN = s.Mail.Problem(m.Error)
	}
	folders, err := intake.Folders(tx, m.ID)
	for _, f := range folders {
		out.FoldersState = append(out.FoldersState, FolderState{
			Name: f.Name, Role: f.Role, InBox: f.InBox, InDesk: f.InDesk, Missing: f.Missing, CheckedAt: instant(f.CheckedAt),
		})
	}
	return out, err
}

// instant is null for a time that isn't there.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func (s *Server) mailbox(ctx context.Context, m id.Mailbox) (*mailboxOut, error) {
	out := &mailboxOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := s.Shops.Mailbox(tx, actor(ctx).Shop, m)
		if err != nil {
			return err
		}
		zone, err := s.Shops.Location(tx, actor(ctx).Shop)
		if err != nil {
			return err
		}
		out.Body, err = s.shownMailbox(tx, found, zone)
		return err
	})
	return out, err
}

// readMailbox finds a mailbox of the caller's shop as it is stored, and the zone of
// its dates.
func (s *Server) readMailbox(ctx context.Context, m id.Mailbox) (found shop.Mailbox, zone *time.Location, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if m != 0 {
			if found, err = s.Shops.Mailbox(tx, actor(ctx).Shop, m); err != nil {
				return err
			}
		}
		zone, err = s.Shops.Location(tx, actor(ctx).Shop)
		return err
	})
	return found, zone, err
}

type addMailboxIn struct{ Body MailboxConfig }

func (s *Server) addMailbox(ctx context.Context, in *addMailboxIn) (*mailboxOut, error) {
	by := actor(ctx)
	input, err := s.filledIn(ctx, 0, in.Body)
	if err != nil {
		return nil, err
	}
	made, err := s.Shops.CreateMailbox(ctx, shop.MailboxUpdate{By: by.Person, Shop: by.Shop, Input: input})
	if err != nil {
		return nil, err
	}
	return s.mailbox(ctx, made)
}

type mailboxIn struct {
	ID int64 `path:"id"`
}

func (in mailboxIn) id() id.Mailbox { return id.Mailbox(in.ID) }

type saveMailboxIn struct {
	ID   int64 `path:"id"`
	Body MailboxConfig
}

func (s *Server) saveMailbox(ctx context.Context, in *saveMailboxIn) (*mailboxOut, error) {
	by, box := actor(ctx), id.Mailbox(in.ID)
	input, err := s.filledIn(ctx, box, in.Body)
	if err != nil {
		return nil, err
	}
	err = s.Shops.SaveMailbox(ctx, shop.MailboxUpdate{By: by.Person, Shop: by.Shop, Mailbox: box, Input: input})
	if err != nil {
		return nil, err
	}
	return s.mailbox(ctx, box)
}

// filledIn is the form as package shop takes it, for a new mailbox (0) or one
// of the caller's shop.
func (s *Server) filledIn(ctx context.Context, m id.Mailbox, form MailboxConfig) (shop.MailboxInput, error) {
	old, zone, err := s.readMailbox(ctx, m)
	if err != nil {
		return shop.MailboxInput{}, err
	}
	input, err := form.input(old, zone, s.Clock.Now())
	if err != nil {
		return shop.MailboxInput{}, err
	}
	return input, keepsToItsServers(old, input)
}

// keepsToItsServers refuses to show the stored password to another server, or
// to this one in the clear: with an owner's session alone one must not learn it.
func keepsToItsServers(old shop.Mailbox, in shop.MailboxInput) error {
	if in.Password != "" || old.Sealed == "" {
		return nil
	}
	known := []shop.Server{old.IMAP()}
	if server, ok := old.SMTP(); ok {
		known = append(known, server)
	}
	asked := []shop.Server{in.IMAP}
	if in.SMTP != nil {
		asked = append(asked, *in.SMTP)
	}
	for _, a := range asked {
		if a.Host != "" && !isKnown(known, a) {
			return fault.Wrong("password", "With another server the password must be typed again.")
		}
	}
	return nil
}

func isKnown(known []shop.Server, asked shop.Server) bool {
	for _, k := range known {
		sameHost := strings.EqualFold(strings.TrimSpace(k.Host), strings.TrimSpace(asked.Host))
		if sameHost && (asked.Security != shop.NoTLS || k.Security == shop.NoTLS) {
			return true
		}
	}
	return false
}

type checksOut struct {
	Body struct {
		Checks []Check `json:"checks" nullable:"false"`
	}
}

type testMailboxIn struct {
	ID   int64 `path:"id" doc:"0 for a mailbox that is yet to be added"`
	Body MailboxConfig
}

// testMailbox tries the settings of the form; an empty password is the stored
// one.
func (s *Server) testMailbox(ctx context.Context, in *testMailboxIn) (*checksOut, error) {
	input, err := s.filledIn(ctx, id.Mailbox(in.ID), in.Body)
	if err != nil {
		return nil, err
	}
	return s.tested(ctx, input, id.Mailbox(in.ID)), nil
}

func (s *Server) tested(ctx context.Context, in shop.MailboxInput, stored id.Mailbox) *checksOut {
	out := &checksOut{}
	out.Body.Checks = append([]Check{}, s.Mail.Test(ctx, in, stored)...)
	return out
}

// reconcile compares the mailbox with the desk now.
func (s *Server) reconcile(ctx context.Context, in *mailboxIn) (*mailboxOut, error) {
	if _, _, err := s.readMailbox(ctx, in.id()); err != nil {
		return nil, err
	}
	if err := s.Mail.Reconcile(ctx, in.id()); err != nil {
		return nil, err
	}
	return s.mailbox(ctx, in.id())
}

func (s *Server) pauseMailbox(ctx context.Context, in *mailboxIn) (*mailboxOut, error) {
	by := actor(ctx)
	if err := s.Shops.Pause(ctx, by.Person, by.Shop, in.id()); err != nil {
		return nil, err
	}
	return s.mailbox(ctx, in.id())
}

func (s *Server) resumeMailbox(ctx context.Context, in *mailboxIn) (*mailboxOut, error) {
	by := actor(ctx)
	if err := s.Shops.Resume(ctx, by.Person, by.Shop, in.id()); err != nil {
		return nil, err
	}
	return s.mailbox(ctx, in.id())
}
