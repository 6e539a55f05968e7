package shop

import (
	"context"
	"errors"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Where sealed texts belong (package secret).
const (
	sealedPassword = "mailbox.password"
	sealedDKIM     = "mailbox.dkim"
)

const mailboxColumns = `id, shop_id, name, address, aliases, kind, auth, username, secret,
	imap_host, imap_port, imap_security, smtp_host, smtp_port, smtp_security, inbox, junk, sent, after_intake, move_to,
	plus_tag, dkim_domain, dkim_selector, dkim_key, owed_since, active, state, error, last_mail_at, caught_up_to,
	checked_at, alarm, created_at`

var (
	insertMailbox = store.SQL(`
		insert into mailbox (shop_id, name, address, aliases, kind, auth, username, secret, imap_host, imap_port, imap_security,
			smtp_host, smtp_port, smtp_security, inbox, junk, sent, after_intake, move_to, dkim_domain, dkim_selector, dkim_key,
			owed_since, state, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
		returning id`)
	updateMailbox = store.SQL(`
		update mailbox set name = $2, address = $3, aliases = $4, kind = $5, auth = $6, username = $7, secret = $8,
			imap_host = $9, imap_port = $10, imap_security = $11, smtp_host = $12, smtp_port = $13, smtp_security = $14,
			inbox = $15, junk = $16, sent = $17, after_intake = $18, move_to = $19, dkim_domain = $20, dkim_selector = $21,
			dkim_key = $22, owed_since = $23, state = $24, error = ''
		where id = $1`)
	selectMailbox       = store.SQL(`select ` + mailboxColumns + ` from mailbox where id = $1`)
	selectMailboxLocked = store.SQL(`select ` + mailboxColumns + ` from mailbox where id = $1 {for update}`)
	selectMailboxes     = store.SQL(`select ` + mailboxColumns + ` from mailbox where shop_id = $1 order by id`)
	selectActive        = store.SQL(`select ` + mailboxColumns + ` from mailbox where active = true order by id`)
	setActive           = store.SQL(`update mailbox set active = $2, state = $3, error = '', alarm = false where id = $1`)
	setPlusTag          = store.SQL(`update mailbox set plus_tag = $2 where id = $1`)
)

// MailboxUpdate is a change of one mailbox; Mailbox is 0 for a new one.
type MailboxUpdate struct {
	By      id.Person
	Shop    id.Shop
	Mailbox id.Mailbox
	Input   MailboxInput
}

// CreateMailbox adds a mailbox. It is connected once its event has come by.
func (s *Service) CreateMailbox(ctx context.Context, u MailboxUpdate) (id.Mailbox, error) {
	var made id.Mailbox
	err := s.db.InTx(ctx, func(tx *store.Tx) error {
		var err error
		made, err = s.CreateMailboxTx(tx, u)
		return err
	})
	return made, err
}

// CreateMailboxTx is CreateMailbox in the caller's transaction.
func (s *Service) CreateMailboxTx(tx *store.Tx, u MailboxUpdate) (id.Mailbox, error) {
	in, err := u.Input.checked(Mailbox{})
	if err != nil {
		return 0, err
	}
	m, err := s.filled(Mailbox{Shop: u.Shop, CreatedAt: s.clock.Now()}, in)
	if err != nil {
		return 0, err
	}
	if err := touched(tx, u.Shop); err != nil { // first: it locks the shop against a twin
		return 0, err
	}
	if err := s.addressesFree(tx, m); err != nil {
		return 0, err
	}
	made, err := store.One[id.Mailbox](tx, insertMailbox, m.Shop, m.Name, m.Address, m.Aliases, m.Kind, m.Auth, m.Username, m.Sealed,
		m.IMAPHost, m.IMAPPort, m.IMAPSecurity, m.SMTPHost, m.SMTPPort, m.SMTPSecurity, m.Inbox, m.Junk, m.Sent, m.AfterIntake, m.MoveTo,
		m.DKIMDomain, m.DKIMSelector, m.SealedDKIM, m.OwedSince, m.State, m.CreatedAt)
	if err != nil {
		return 0, taken(err)
	}
	return made, s.mailboxChanged(tx, u.Shop, made, u.By)
}

// SaveMailbox changes a mailbox; an empty password or DKIM key keeps the old one.
func (s *Service) SaveMailbox(ctx context.Context, u MailboxUpdate) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := touched(tx, u.Shop); err != nil {
			return err
		}
		old, err := s.Mailbox(tx, u.Shop, u.Mailbox)
		if err != nil {
			return err
		}
		in, err := u.Input.checked(old)
		if err != nil {
			return err
		}
		m, err := s.filled(old, in)
		if err != nil {
			return err
		}
		if err := s.addressesFree(tx, m); err != nil {
			return err
		}
		if _, err := store.Exec(tx, updateMailbox, m.ID, m.Name, m.Address, m.Aliases, m.Kind, m.Auth, m.Username, m.Sealed,
			m.IMAPHost, m.IMAPPort, m.IMAPSecurity, m.SMTPHost, m.SMTPPort, m.SMTPSecurity, m.Inbox, m.Junk, m.Sent, m.AfterIntake,
			m.MoveTo, m.DKIMDomain, m.DKIMSelector, m.SealedDKIM, m.OwedSince, m.State); err != nil {
			return taken(err)
		}
		return s.mailboxChanged(tx, u.Shop, m.ID, u.By)
	})
}

// filled is m with the checked input, its secrets sealed.
func (s *Service) filled(m Mailbox, in MailboxInput) (Mailbox, error) {
	m.Name, m.Address, m.Aliases, m.Kind, m.Auth, m.Username = in.Name, in.Address, in.Aliases, in.Kind, in.Auth, in.Username
	m.IMAPHost, m.IMAPPort, m.IMAPSecurity = in.IMAP.Host, in.IMAP.Port, in.IMAP.Security
	m.SMTPHost, m.SMTPPort, m.SMTPSecurity = "", 0, ""
	if in.SMTP != nil {
		m.SMTPHost, m.SMTPPort, m.SMTPSecurity = in.SMTP.Host, in.SMTP.Port, in.SMTP.Security
	}
	m.Inbox, m.Junk, m.Sent, m.AfterIntake, m.MoveTo = in.Inbox, in.Junk, in.Sent, in.AfterIntake, in.MoveTo
	if !in.OwedSince.IsZero() {
		m.OwedSince = in.OwedSince
	} else if m.OwedSince.IsZero() {
		m.OwedSince = s.clock.Now()
	}
	if m.State = m.firstState(); m.ID != 0 && !m.Active {
		m.State = Off
	}
	return s.sealed(m, in)
}

// firstState is that of a mailbox nothing is known of: what comes by SMTP has
// no connection that could fail.
func (m Mailbox) firstState() State {
	if m.Kind == SMTP {
		return OK
	}
	return Connecting
}

func (s *Service) sealed(m Mailbox, in MailboxInput) (_ Mailbox, err error) {
	if in.Password != "" {
		if m.Sealed, err = s.box.Seal(in.Password, sealedPassword); err != nil {
			return m, err
		}
	}
	if in.DKIM == nil {
		m.DKIMDomain, m.DKIMSelector, m.SealedDKIM = "", "", ""
		return m, nil
	}
	m.DKIMDomain, m.DKIMSelector = in.DKIM.Domain, in.DKIM.Selector
	if in.DKIM.Key != "" {
		m.SealedDKIM, err = s.box.Seal(in.DKIM.Key, sealedDKIM)
	}
	return m, err
}

// addressesFree refuses an address that already leads to another mailbox, of
// whatever shop: mail to it would have two owners.
func (s *Service) addressesFree(tx *store.Tx, m Mailbox) error {
	routes, err := store.All[route](tx, selectRoutes)
	if err != nil {
		return err
	}
	for _, r := range routes {
		if r.ID == m.ID {
			continue
		}
		if r.leadsTo(m.Address) {
			return addressTaken("address")
		}
		for _, alias := range m.Aliases {
			if r.leadsTo(alias) {
				return addressTaken("aliases")
			}
		}
	}
	return nil
}

func addressTaken(field string) error {
	return fault.Wrong(field, "This address already belongs to another mailbox.")
}

func taken(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return addressTaken("address")
	}
	return err
}

// Pause stops reading and sending through a mailbox.
func (s *Service) Pause(ctx context.Context, by id.Person, shop id.Shop, mailbox id.Mailbox) error {
	return s.switchTo(ctx, MailboxUpdate{By: by, Shop: shop, Mailbox: mailbox}, false)
}

// Resume takes it up again; what came in meanwhile is caught up.
func (s *Service) Resume(ctx context.Context, by id.Person, shop id.Shop, mailbox id.Mailbox) error {
	return s.switchTo(ctx, MailboxUpdate{By: by, Shop: shop, Mailbox: mailbox}, true)
}

func (s *Service) switchTo(ctx context.Context, u MailboxUpdate, active bool) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		m, err := s.Mailbox(tx, u.Shop, u.Mailbox)
		if err != nil || m.Active == active {
			return err
		}
		state := Off
		if active {
			state = m.firstState()
		}
		if _, err := store.Exec(tx, setActive, m.ID, active, state); err != nil {
			return err
		}
		return s.mailboxChanged(tx, u.Shop, m.ID, u.By)
	})
}

// SetPlusTag notes whether mail to name+tag@ was seen to arrive.
func (s *Service) SetPlusTag(tx *store.Tx, mailbox id.Mailbox, arrives bool) error {
	_, err := store.Exec(tx, setPlusTag, mailbox, arrives)
	return err
}

// Mailbox reads a mailbox of a shop; a NotFound fault for those of others (I13).
func (s *Service) Mailbox(tx *store.Tx, shop id.Shop, mailbox id.Mailbox) (Mailbox, error) {
	m, err := s.MailboxByID(tx, mailbox)
	if err == nil && m.Shop != shop {
		return Mailbox{}, fault.Missing("mailbox")
	}
	return m, err
}

// MailboxByID reads a mailbox for a job or a connection, which belong to no
// shop.
func (s *Service) MailboxByID(tx *store.Tx, mailbox id.Mailbox) (Mailbox, error) {
	m, found, err := store.Maybe[Mailbox](tx, selectMailbox, mailbox)
	if err == nil && !found {
		err = fault.Missing("mailbox")
	}
	return m, err
}

// Mailboxes reads those of a shop.
func (s *Service) Mailboxes(tx *store.Tx, shop id.Shop) ([]Mailbox, error) {
	return store.All[Mailbox](tx, selectMailboxes, shop)
}

// ActiveMailboxes reads those of all shops that are not paused.
func (s *Service) ActiveMailboxes(tx *store.Tx) ([]Mailbox, error) {
	return store.All[Mailbox](tx, selectActive)
}

// Password unseals the mailbox's password or token.
func (s *Service) Password(m Mailbox) (string, error) { return s.box.Unseal(m.Sealed, sealedPassword) }

// DKIMKey unseals the mailbox's private key in PEM; "" when mail isn't signed.
func (s *Service) DKIMKey(m Mailbox) (string, error) { return s.box.Unseal(m.SealedDKIM, sealedDKIM) }

func (s *Service) mailboxChanged(tx *store.Tx, shop id.Shop, mailbox id.Mailbox, by id.Person) error {
	e := event.Event{Kind: event.MailboxChanged, Shop: shop, Person: by}
	return s.tell(tx, e.With(map[string]any{"mailbox": mailbox}))
}
