package shop

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

// Kind says how a mailbox's mail comes in.
type Kind string

// The kinds of mailboxes.
const (
	IMAP Kind = "imap" // read from a mail server
	SMTP Kind = "smtp" // handed over to our listener by a relay
)

// Security says how a connection to a mail server is protected.
type Security string

// The kinds of protection. NoTLS is for servers on the same machine or network.
const (
	TLS      Security = "tls"
	STARTTLS Security = "starttls"
	NoTLS    Security = "none"
)

// State says how the connection of a mailbox is doing.
type State string

// The states of a mailbox.
const (
	OK         State = "ok"
	Connecting State = "connecting"
	Failing    State = "error"
	Off        State = "off"
)

// Server is one mail server.
type Server struct {
	Host     string
	Port     int
	Security Security
}

// Mailbox is one address through which a shop is written to.
type Mailbox struct {
	ID           id.Mailbox `db:"id"`
	Shop         id.Shop    `db:"shop_id"`
	Name         string     `db:"name"`
	Address      string     `db:"address"` // lower case
	Aliases      Addresses  `db:"aliases"` // further addresses that lead here, lower case
	Kind         Kind       `db:"kind"`
	Auth         string     `db:"auth"` // "password" or "xoauth2"
	Username     string     `db:"username"`
	Sealed       string     `db:"secret"` // read it with Service.Password
	IMAPHost     string     `db:"imap_host"`
	IMAPPort     int        `db:"imap_port"`
	IMAPSecurity Security   `db:"imap_security"`
	SMTPHost     string     `db:"smtp_host"` // "" for none: mail is held
	SMTPPort     int        `db:"smtp_port"`
	SMTPSecurity Security   `db:"smtp_security"`
	Inbox        string     `db:"inbox"` // "" is found by itself, as are Junk and Sent
	Junk         string     `db:"junk"`
	Sent         string     `db:"sent"`
	AfterIntake  string     `db:"after_intake"` // "none", "flag" or "move"
	MoveTo       string     `db:"move_to"`
	PlusTag      bool       `db:"plus_tag"` // mail to name+tag@ was seen to arrive
	DKIMDomain   string     `db:"dkim_domain"`
	DKIMSelector string     `db:"dkim_selector"`
	SealedDKIM   string     `db:"dkim_key"`   // read it with Service.DKIMKey
	OwedSince    time.Time  `db:"owed_since"` // older mail is history
	Active       bool       `db:"active"`
	State        State      `db:"state"`
	Error        string     `db:"error"` // a code of package channel/mail with its facts
	LastMailAt   time.Time  `db:"last_mail_at"`
	CaughtUpTo   time.Time  `db:"caught_up_to"`
	CheckedAt    time.Time  `db:"checked_at"`
	Alarm        bool       `db:"alarm"`
	CreatedAt    time.Time  `db:"created_at"`
}

// IMAP is the server that mail is read from.
func (m Mailbox) IMAP() Server { return Server{m.IMAPHost, m.IMAPPort, m.IMAPSecurity} }

// SMTP is the server that mail is handed to; false when there is none.
func (m Mailbox) SMTP() (Server, bool) {
	return Server{m.SMTPHost, m.SMTPPort, m.SMTPSecurity}, m.SMTPHost != ""
}

// Addresses are stored as a JSON list.
type Addresses []string

// Value writes the list.
func (a Addresses) Value() (driver.Value, error) {
	raw, err := json.Marshal(append([]string{}, a...))
	return string(raw), err
}

// Scan reads what Value wrote.
func (a *Addresses) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return json.Unmarshal([]byte(v), a)
	case []byte:
		return json.Unmarshal(v, a)
	default:
		return fmt.Errorf("addresses are no %T", src)
	}
}

// MailboxInput is what a person fills in about a mailbox.
type MailboxInput struct {
	Name, Address  string
	Aliases        []string
	Kind           Kind
	Auth, Username string // username "" is the address
	Password       string // or refresh token; "" keeps the one that is there
	IMAP           Server
	SMTP           *Server // nil for none
	Inbox          string
	Junk, Sent     string
	AfterIntake    string
	MoveTo         string
	OwedSince      time.Time // zero: now, or as it was
	DKIM           *DKIM     // nil for none
}

// DKIM is how outgoing mail is signed (RFC 6376).
type DKIM struct {
	Domain, Selector string
	Key              string // PEM; "" keeps the one that is there
}

var hostName = pattern.Of(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*\.?$`)

// checked is the input as it is stored, or the first thing wrong in it. old is
// the mailbox as it is, for what "" keeps.
func (in MailboxInput) checked(old Mailbox) (MailboxInput, error) {
	in.Name = strings.TrimSpace(in.Name)
	address, err := plainAddress(in.Address)
	if err != nil {
		return in, fault.Wrong("address", "This is no e-mail address; it looks like contact@maison-lila.fr.")
	}
	in.Address = address
	if in.Name == "" {
		in.Name = address
	}
	if utf8.RuneCountInString(in.Name) > maxName || strings.ContainsAny(in.Name, "\r\n") {
		return in, fault.Wrong("name", "The name must be one line of at most 120 characters.")
	}
	if in.Aliases, err = checkedAliases(in.Aliases, address); err != nil {
		return in, err
	}
	if in, err = in.checkedAccess(old); err != nil {
		return in, err
	}
	if in, err = in.checkedFolders(); err != nil {
		return in, err
	}
	return in, in.DKIM.check(old)
}

func checkedAliases(aliases []string, address string) ([]string, error) {
	out := []string{}
	for i, a := range aliases {
		plain, err := plainAddress(a)
		if err != nil {
			return nil, fault.Wrong(fmt.Sprintf("aliases[%d]", i), "This is no e-mail address.")
		}
		if plain != address && !slices.Contains(out, plain) {
			out = append(out, plain)
		}
	}
	if len(out) > 100 {
		return nil, fault.Wrong("aliases", "There are more than 100 further addresses.")
	}
	return out, nil
}

func (in MailboxInput) checkedAccess(old Mailbox) (MailboxInput, error) {
	if in.Auth == "" {
		in.Auth = "password"
	}
	if in.Username = strings.TrimSpace(in.Username); in.Username == "" {
		in.Username = in.Address
	}
	if in.Auth != "password" && in.Auth != "xoauth2" {
		return in, fault.Wrong("auth", "Sign-in must be by password or by XOAUTH2.")
	}
	switch in.Kind {
	case SMTP:
		in.IMAP = Server{}
	case IMAP:
		in.IMAP.Host = strings.TrimSpace(in.IMAP.Host)
		if err := in.IMAP.check("imap"); err != nil {
			return in, err
		}
		if in.Password == "" && old.Sealed == "" {
			return in, fault.Wrong("password", "The password of the mailbox is missing.")
		}
	default:
		return in, fault.Wrong("kind", "A mailbox is read by IMAP or filled by SMTP.")
	}
	if in.SMTP != nil && strings.TrimSpace(in.SMTP.Host) == "" {
		in.SMTP = nil
	}
	if in.SMTP == nil {
		return in, nil
	}
	server := *in.SMTP
	server.Host = strings.TrimSpace(server.Host)
	in.SMTP = &server
	return in, server.check("smtp")
}

func (s Server) check(field string) error {
	switch {
	case s.Host == "":
		return fault.Wrong(field+".host", "The name of the server is missing.")
	case len(s.Host) > 253, net.ParseIP(strings.Trim(s.Host, "[]")) == nil && !hostName.MatchString(s.Host):
		return fault.Wrong(field+".host", "A server is named like imap.example.com, without https:// and without a port.")
	case s.Port < 1 || s.Port > 65535:
		return fault.Wrong(field+".port", "The port must be 1 to 65535.")
	case s.Security != TLS && s.Security != STARTTLS && s.Security != NoTLS:
		return fault.Wrong(field+".security", "The protection must be TLS, STARTTLS or none.")
	}
	return nil
}

func (in MailboxInput) checkedFolders() (MailboxInput, error) {
	if in.AfterIntake == "" {
		in.AfterIntake = "none"
	}
	for field, name := range map[string]string{"folders.inbox": in.Inbox, "folders.junk": in.Junk, "folders.sent": in.Sent, "move_to": in.MoveTo} {
		if len(name) > 500 || strings.ContainsAny(name, "\r\n\x00") {
			return in, fault.Wrong(field, "This is no name of a folder.")
		}
	}
	switch in.AfterIntake {
	case "none", "flag":
		in.MoveTo = ""
	case "move":
		if in.MoveTo == "" {
			return in, fault.Wrong("move_to", "The folder that mail is moved to is missing.")
		}
		if in.MoveTo == in.Inbox || strings.EqualFold(in.MoveTo, "INBOX") {
			return in, fault.Wrong("move_to", "Mail cannot be moved to the folder it comes from.")
		}
	default:
		return in, fault.Wrong("after_intake", "After intake mail is left alone, flagged or moved.")
	}
	return in, nil
}

func (d *DKIM) check(old Mailbox) error {
	if d == nil || d.Key == "" && old.SealedDKIM != "" {
		return nil
	}
	_, err := compose.ParseDKIMKey([]byte(d.Key), d.Domain, d.Selector)
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	switch f.Field {
	case "dkim_domain":
		return fault.Wrong("dkim.domain", "The domain that signs is missing or wrong.")
	case "dkim_selector":
		return fault.Wrong("dkim.selector", "The selector of the DKIM key is missing or wrong.")
	default:
		return fault.Wrong("dkim.key", "The DKIM key must be an RSA (1024 bits or more) or Ed25519 private key in PEM.")
	}
}

// plainAddress is the bare address in lower case.
func plainAddress(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 { // RFC 5321, 4.5.3.1.3
		return "", fmt.Errorf("no bare e-mail address")
	}
	return s, nil
}
