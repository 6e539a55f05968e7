package harness

import (
	"cmp"
	"net"
	"strconv"
	"testing"
	"time"
)

// Own is the shop's address.
const Own = "bonjour@maison-lila.example"

// Server is a mail server as the set-up page asks for it.
type Server struct {
	Addr     string
	Security string // tls, starttls, none
}

// Mailbox is the shop's mailbox. Without IMAP its mail comes by the desk's own
// SMTP listener.
type Mailbox struct {
	IMAP, SMTP  *Server
	Password    string
	AfterIntake string // none, flag, move
	MoveTo      string
	Holidays    string // of the shop: "" for those of France, "none" for none
}

// Week are opening hours by day, as the settings take them.
type Week map[string][][2]string

// EveryDay opens from one hour to another, holidays too.
func EveryDay(from, to string) Week {
	week := Week{}
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		week[day] = [][2]string{{from, to}}
	}
	return week
}

// SetUp makes Maison Lila, open day and night, as the first-run page would.
// Everything since yesterday is owed.
func SetUp(tb testing.TB, c *Client, m Mailbox) {
	tb.Helper()
	box := map[string]any{
		"name": "Bonjour", "address": Own, "kind": "smtp", "auth": "password", "username": Own, "password": m.Password,
		"folders":      map[string]any{"inbox": "", "junk": "", "sent": ""},
		"after_intake": m.AfterIntake, "move_to": m.MoveTo, "owed_since": time.Now().AddDate(0, 0, -1).Format(time.DateOnly),
	}
	if m.AfterIntake == "" {
		box["after_intake"] = "none"
	}
	if m.IMAP != nil {
		box["kind"], box["imap"] = "imap", m.IMAP.form(tb)
	}
	if m.SMTP != nil {
		box["smtp"] = m.SMTP.form(tb)
	}
	holidays := cmp.Or(m.Holidays, "FR")
	if holidays == "none" {
		holidays = ""
	}
	c.Do(tb, "POST", "/setup/shop", map[string]any{
		"shop":    map[string]any{"name": "Maison Lila", "language": "fr", "timezone": "Europe/Paris", "holidays": holidays},
		"person":  map[string]any{"name": "Véronica Lambert", "email": "veronica@maison-lila.example", "password": "une phrase assez longue", "language": "fr"},
		"mailbox": box,
		"hours":   map[string]any{"week": EveryDay("00:00", "24:00"), "closed": []any{}, "always": false},
		"delay":   map[string]any{"kind": "open_days", "n": 1}, "owed_since": "now",
	}, nil)
}

func (s Server) form(tb testing.TB) map[string]any {
	tb.Helper()
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		tb.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		tb.Fatal(err)
	}
	return map[string]any{"host": host, "port": n, "security": s.Security}
}
