package imapin

import (
	"context"
	"crypto/x509"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Security says how a connection is protected.
type Security string

// The kinds of protection. None is accepted on loopback only, unless the
// operator allows it.
const (
	TLS      Security = "tls"
	StartTLS Security = "starttls"
	None     Security = "none"
)

// Server is where and as whom a mailbox is read.
type Server struct {
	Host     string
	Port     int
	Security Security
	Auth     string // "password" or "xoauth2"
	Username string
	Secret   string // the password; with xoauth2 the token source's own key
}

// Mailbox is one mailbox to be read.
type Mailbox struct {
	ID     id.Mailbox
	Shop   id.Shop
	Server Server
	// Names of folders; "" finds them by their special use or usual names.
	Inbox, Junk, Sent string
	AfterIntake       string // "none", "flag" (as read) or "move"
	MoveTo            string
	OwedSince         time.Time // older mail is history; zero: everything is owed
}

// Mailboxes tells which mailboxes to read.
type Mailboxes interface {
	// Active lists the mailboxes to read, of all shops, with credentials.
	Active(ctx context.Context) ([]Mailbox, error)
	// Mailbox finds one of them; found is false when it is not active.
	Mailbox(ctx context.Context, mailbox id.Mailbox) (m Mailbox, found bool, err error)
}

// State is how the connection to a mailbox stands.
type State string

// The states of a connection.
const (
	StateConnecting State = "connecting"
	StateOK         State = "ok"
	StateError      State = "error"
	StateOff        State = "off"
)

// Recorder keeps what the settings page shows of a mailbox.
type Recorder interface {
	// State is told when the connection's state or problem changes.
	State(ctx context.Context, mailbox id.Mailbox, s State, p Problem) error
	// CaughtUp is told after each look that left nothing behind: all that
	// arrived before to is stored. lastMail is zero when nothing came.
	CaughtUp(ctx context.Context, mailbox id.Mailbox, to, lastMail time.Time) error
	// Alarm is told when mail stops coming in; the zero Problem ends it.
	Alarm(ctx context.Context, mailbox id.Mailbox, p Problem) error
}

// Tokens gives access tokens for XOAUTH2.
type Tokens interface {
	Token(ctx context.Context, m Mailbox) (string, error)
}

// Limits bound what one mailbox may cost. Zero fields take the defaults.
type Limits struct {
	MailSize   int64         // larger mail is quarantined in part; 50 MB
	BatchBytes int           // stored together; 8 MB
	BatchMails int           // stored together; 200
	Look       time.Duration // between looks at all folders, also beside IDLE; 2 min
	Retry      time.Duration // before a mail that failed is tried again; 15 s
	Silence    time.Duration // a server that says nothing for so long is gone; 2 min
	MaxBackoff time.Duration // between connections; 60 s
	Reconcile  time.Duration // between reconciliations; 15 min
	Alarm      time.Duration // without a successful look; 15 min
	Lease      time.Duration // after a process died, another may read its mailboxes; 45 s
}

func (l Limits) orDefaults() Limits {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if l.MailSize == 0 {
		l.MailSize = 50 << 20
	}
	if l.BatchBytes == 0 {
		l.BatchBytes = 8 << 20
	}
	if l.BatchMails == 0 {
		l.BatchMails = 200
	}
	def(&l.Look, 2*time.Minute)
	def(&l.Retry, 15*time.Second)
	def(&l.Silence, 2*time.Minute)
	def(&l.MaxBackoff, time.Minute)
	def(&l.Reconcile, 15*time.Minute)
	def(&l.Alarm, 15*time.Minute)
	def(&l.Lease, failpoint.Duration("imap.read_lease", 20*time.Second)) // a single desk that crashed waits so long for itself
	return l
}

// Config is what a Service needs.
type Config struct {
	DB        *store.DB
	Intake    *intake.Intake
	Mailboxes Mailboxes
	Recorder  Recorder
	Tokens    Tokens // nil when no mailbox signs in by token
	Queue     jobs.Queue
	Clock     clock.Clock
	Log       *slog.Logger
	Limits    Limits
	// History is how much mail older than "owed since" is read for context on
	// first connection. Zero is DefaultHistory; negative reads all there is.
	History    time.Duration
	RootCAs    *x509.CertPool // nil: the system's
	AllowPlain bool           // unprotected connections beyond loopback
}

// DefaultHistory is 90 days of mail for context.
const DefaultHistory = 90 * 24 * time.Hour

// Service reads mailboxes.
type Service struct {
	Config

	holder int64 // of leases, among the processes on one database
	mu     sync.Mutex
	memory map[id.Mailbox]*memory
}

// New makes a service. Nothing is read before Run.
func New(c Config) *Service {
	c.Limits = c.Limits.orDefaults()
	if c.History == 0 {
		c.History = DefaultHistory
	}
	return &Service{Config: c, holder: rand.Int64(), memory: map[id.Mailbox]*memory{}} //nolint:gosec // a name, not a secret
}

// since is the day from which mail that was there before us is read; zero for
// all. Searches go by whole days of the server's own zone (RFC 9051, 6.4.4),
// hence one day more.
func (s *Service) since(m Mailbox) time.Time {
	if s.History < 0 || m.OwedSince.IsZero() {
		return time.Time{}
	}
	return m.OwedSince.Add(-s.History).AddDate(0, 0, -1)
}
