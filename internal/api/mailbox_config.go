package api

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/shop"
)

// MailServer is one mail server.
type MailServer struct {
	Host     string        `json:"host" maxLength:"300"`
	Port     int           `json:"port" minimum:"0" maximum:"65535"`
	Security shop.Security `json:"security" enum:"tls,starttls,none"`
}

// SendingServer is the server that mail is handed to; null for none.
type SendingServer struct {
	_ struct{} `json:"-" nullable:"true"`

	MailServer
}

// FolderNames are the folders that are read; "" is found by itself.
type FolderNames struct {
	Inbox string `json:"inbox" required:"false" maxLength:"1000"`
	Junk  string `json:"junk" required:"false" maxLength:"1000"`
	Sent  string `json:"sent" required:"false" maxLength:"1000"`
}

// DKIM is how outgoing mail is signed (RFC 6376); null when it isn't.
type DKIM struct {
	_ struct{} `json:"-" nullable:"true"`

	Domain   string `json:"domain" maxLength:"300"`
	Selector string `json:"selector" maxLength:"300"`
	Key      string `json:"key" required:"false" maxLength:"20000" doc:"PEM; never sent out, empty keeps the one that is there"`
}

// MailboxConfig is what a person fills in about a mailbox. A Mailbox as it was
// read may be sent as one: how it is doing is passed over.
type MailboxConfig struct {
	_ struct{} `json:"-" additionalProperties:"true"`

	Name        string         `json:"name" required:"false" maxLength:"500"`
	Address     string         `json:"address" maxLength:"320"`
	Aliases     []string       `json:"aliases" required:"false" nullable:"false" maxItems:"100" doc:"Further addresses that lead here; left out they stay"`
	Kind        shop.Kind      `json:"kind" enum:"imap,smtp"`
	Auth        string         `json:"auth" required:"false" enum:"password,xoauth2"`
	Username    string         `json:"username" required:"false" maxLength:"500" doc:"Empty is the address"`
	Password    string         `json:"password" required:"false" maxLength:"10000" doc:"Never sent out; empty keeps the one that is there"`
	IMAP        MailServer     `json:"imap" required:"false"`
	SMTP        *SendingServer `json:"smtp" required:"false"`
	Folders     FolderNames    `json:"folders" required:"false"`
	AfterIntake string         `json:"after_intake" required:"false" enum:"none,flag,move"`
	MoveTo      string         `json:"move_to" required:"false" maxLength:"1000"`
	OwedSince   string         `json:"owed_since" required:"false" maxLength:"10" doc:"now or YYYY-MM-DD in the shop's zone; empty leaves it"`
	DKIM        *DKIM          `json:"dkim" required:"false"`
}

// shownConfig is the form filled in with what is stored, without its secrets.
func shownConfig(m shop.Mailbox, zone *time.Location) MailboxConfig {
	out := MailboxConfig{
		Name: m.Name, Address: m.Address, Aliases: append([]string{}, m.Aliases...), Kind: m.Kind, Auth: m.Auth, Username: m.Username,
		IMAP:    MailServer{Host: m.IMAPHost, Port: m.IMAPPort, Security: m.IMAPSecurity},
		Folders: FolderNames{Inbox: m.Inbox, Junk: m.Junk, Sent: m.Sent}, AfterIntake: m.AfterIntake, MoveTo: m.MoveTo,
		OwedSince: dayOf(m.OwedSince, zone),
	}
	if m.Kind == shop.SMTP { // the form still wants a choice, should the kind change
		out.IMAP = MailServer{Port: 993, Security: shop.TLS}
	}
	if server, ok := m.SMTP(); ok {
		out.SMTP = &SendingServer{MailServer: MailServer{Host: server.Host, Port: server.Port, Security: server.Security}}
	}
	if m.SealedDKIM != "" {
		out.DKIM = &DKIM{Domain: m.DKIMDomain, Selector: m.DKIMSelector}
	}
	return out
}

func dayOf(t time.Time, zone *time.Location) string { return calendar.DateOf(t.In(zone)).String() }

// input is the form as package shop takes it. old is the mailbox as it is, the
// zero one for a new mailbox.
func (c MailboxConfig) input(old shop.Mailbox, zone *time.Location, now time.Time) (shop.MailboxInput, error) {
	in := shop.MailboxInput{
		Name: c.Name, Address: c.Address, Aliases: c.Aliases, Kind: c.Kind, Auth: c.Auth, Username: c.Username, Password: c.Password,
		IMAP: shop.Server(c.IMAP), Inbox: c.Folders.Inbox, Junk: c.Folders.Junk, Sent: c.Folders.Sent,
		AfterIntake: c.AfterIntake, MoveTo: c.MoveTo,
	}
	if c.Aliases == nil {
		in.Aliases = old.Aliases
	}
	if c.SMTP != nil {
		server := shop.Server(c.SMTP.MailServer)
		in.SMTP = &server
	}
	if c.DKIM != nil {
		in.DKIM = &shop.DKIM{Domain: c.DKIM.Domain, Selector: c.DKIM.Selector, Key: c.DKIM.Key}
	}
	// The day that was shown stands for the instant that is stored: saving the
	// form as it was must not make the morning's mail owed.
	if !old.OwedSince.IsZero() && c.OwedSince == dayOf(old.OwedSince, zone) {
		return in, nil
	}
	var err error
	in.OwedSince, err = owedSince(c.OwedSince, zone, now)
	return in, err
}

// owedSince reads "now" or a day; zero for "".
func owedSince(text string, zone *time.Location, now time.Time) (time.Time, error) {
	switch text {
	case "":
		return time.Time{}, nil
	case "now":
		return now, nil
	}
	day, err := calendar.ParseDate(text)
	if err != nil {
		return time.Time{}, fault.Wrong("owed_since", "This must be now or a day such as 2026-11-02.")
	}
	since := day.In(zone)
	if since.After(now) {
		return time.Time{}, fault.Wrong("owed_since", "This day lies ahead: until then no mail would be owed an answer.")
	}
	return since, nil
}
