package webhook

import (
	"crypto/rand"
	"encoding/base64"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/safehttp"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// State is whether a webhook is sent anything.
type State string

// The states of a webhook.
const (
	Active   State = "active"
	Paused   State = "paused"   // by a person
	Disabled State = "disabled" // by us, see Cause
)

// Cause says why a webhook was disabled.
type Cause string

// The causes.
const (
	Unreachable Cause = "unreachable" // nothing was taken for 24 hours
	Gone        Cause = "gone"        // the receiver answered 410
)

// Webhook is one receiver of a shop's events. A zero instant is none.
type Webhook struct {
	ID           id.Webhook `db:"id"`
	Shop         id.Shop    `db:"shop_id"`
	Person       id.Person  `db:"person_id"`
	Name         string     `db:"name"`
	URL          string     `db:"url"`
	Kinds        string     `db:"kinds"` // words, a space between; "" is all
	State        State      `db:"state"`
	Cause        Cause      `db:"cause"`
	FailingSince time.Time  `db:"failing_since"`
	Failures     int        `db:"failures"` // in a row
	LastOKAt     time.Time  `db:"last_ok_at"`
	CreatedAt    time.Time  `db:"created_at"`

	Secret    string    `db:"secret"` // sealed
	OldSecret string    `db:"old_secret"`
	OldUntil  time.Time `db:"old_until"`
	Position  string    `db:"position"`
	Claim     int64     `db:"claim"`
}

// KindList gives the kinds one by one; none is all.
func (w Webhook) KindList() []event.Kind {
	out := []event.Kind{}
	for word := range strings.FieldsSeq(w.Kinds) {
		out = append(out, event.Kind(word))
	}
	return out
}

func (w Webhook) wants(e event.Event) bool {
	return e.Shop == w.Shop && (w.Kinds == "" || slices.Contains(strings.Fields(w.Kinds), string(e.Kind)))
}

const columns = `id, shop_id, person_id, name, url, kinds, state, cause, failing_since, failures, last_ok_at, created_at,
	secret, old_secret, old_until, position, claim`

// Config is what the package needs.
type Config struct {
	DB     *store.DB
	Events *event.Log
	Queue  jobs.Queue
	Clock  clock.Clock
	Box    *secret.Box
	URL    string         // of the web app, for links in messages
	Allow  []netip.Prefix // networks of the operator's own, besides the Internet
}

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	Config
	client *safehttp.Client
}

// timeout of one message: the receiver should note it and answer, and work
// afterwards.
const timeout = 10 * time.Second

// New makes the service.
func New(c Config) *Service {
	return &Service{Config: c, client: safehttp.New(safehttp.Config{Allow: c.Allow, Timeout: timeout})}
}

// Input is what a person says about a webhook.
type Input struct {
	Name  string
	URL   string
	Kinds []event.Kind // none for all
}

const (
	maxName = 100
	maxURL  = 2000
	maxEach = 20 // of a shop
)

func (in Input) check() (kinds string, err error) {
	if err := checkName(in.Name); err != nil {
		return "", err
	}
	if len(in.URL) > maxURL {
		return "", fault.Wrong("url", "The address is longer than 2,000 characters.")
	}
	if safehttp.CheckURL(in.URL) != nil {
		return "", fault.Wrong("url", "Give a whole https address, without a name, password or # in it.")
	}
	words := []string{}
	for _, known := range event.Kinds() {
		if slices.Contains(in.Kinds, known) {
			words = append(words, string(known))
		}
	}
	if slices.ContainsFunc(in.Kinds, func(k event.Kind) bool { return !slices.Contains(event.Kinds(), k) }) {
		return "", fault.Wrong("kinds", "One of the kinds of events is unknown.")
	}
	return strings.Join(words, " "), nil
}

func checkName(name string) error {
	control := strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError })
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > maxName || control {
		return fault.Wrong("name", "Give the webhook a name of at most 100 characters, without control characters.")
	}
	return nil
}

const (
	// secretPrefix begins every secret (Standard Webhooks, "Signature scheme").
	secretPrefix = "whsec_"
	sealedSecret = "webhook-secret"
)

// newSecret is 32 random bytes, as receivers' libraries read them.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return secretPrefix + base64.StdEncoding.EncodeToString(b[:])
}
