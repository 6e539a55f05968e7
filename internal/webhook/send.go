package webhook

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/safehttp"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Delivery is one event for one webhook.
type Delivery struct {
	ID        id.WebhookDelivery `db:"id"`
	Webhook   id.Webhook         `db:"webhook_id"`
	Name      string             `db:"name"` // webhook-id
	Kind      string             `db:"kind"`
	Payload   string             `db:"payload"`
	State     string             `db:"state"` // waiting, delivered, skipped
	Attempts  int                `db:"attempts"`
	NextAt    time.Time          `db:"next_at"`
	CreatedAt time.Time          `db:"created_at"`
}

const deliveryColumns = `id, webhook_id, name, kind, payload, state, attempts, next_at, created_at`

// Attempt is one try to send a delivery. Status 0: no answer came, Error says
// why.
type Attempt struct {
	At       time.Time `db:"at"`
	Duration int64     `db:"duration"` // microseconds
	Status   int       `db:"status"`
	Error    string    `db:"error"`  // a word of ours
	Answer   string    `db:"answer"` // its beginning

	after time.Duration // the receiver asked to wait
}

func (a Attempt) ok() bool { return a.Status >= 200 && a.Status < 300 }

const (
	// giveUpAfter is how long nothing may be taken before a webhook is disabled.
	giveUpAfter = 24 * time.Hour
	// mostAsked is the longest wait that a receiver may ask for.
	mostAsked = time.Hour
	// answerKept is how much of the answer the log keeps, in bytes.
	answerKept = 1024
)

// waits between attempts; the last one goes on.
var waits = []time.Duration{
	5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour,
}

// post sends a delivery once.
func (s *Service) post(ctx context.Context, w Webhook, d Delivery) (a Attempt) {
	a.At = s.Clock.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, strings.NewReader(d.Payload))
	if err != nil {
		a.Error = "address"
		return a
	}
	signature, err := s.signature(w, d, a.At)
	if err != nil {
		a.Error = "secret"
		return a
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Comptoir-Webhook/1")
	r.Header.Set("Webhook-Id", d.Name)
	r.Header.Set("Webhook-Timestamp", strconv.FormatInt(a.At.Unix(), 10))
	r.Header.Set("Webhook-Signature", signature)
	got, err := s.client.Do(r, answerKept)
	a.Duration = s.Clock.Now().Sub(a.At).Microseconds()
	if err != nil {
		a.Error = errorWord(err)
		return a
	}
	a.Status, a.Answer = got.Status, shownAnswer(got.Body)
	if seconds, err := strconv.Atoi(got.Header.Get("Retry-After")); err == nil && seconds > 0 {
		a.after = min(time.Duration(min(seconds, 1<<20))*time.Second, mostAsked)
	}
	return a
}

func (s *Service) signature(w Webhook, d Delivery, at time.Time) (string, error) {
	current, err := s.Box.Unseal(w.Secret, sealedSecret)
	if err != nil {
		return "", err
	}
	secrets := []string{current}
	if w.OldSecret != "" && w.OldUntil.After(at) {
		old, err := s.Box.Unseal(w.OldSecret, sealedSecret)
		if err != nil {
			return "", err
		}
		secrets = append(secrets, old)
	}
	return Sign(d.Name, at, d.Payload, secrets...), nil
}

// errorWord says in one word why no answer came: a message of the network's
// would tell addresses of our side.
func errorWord(err error) string {
	var dns *net.DNSError
	var slow net.Error
	switch {
	case errors.Is(err, safehttp.ErrForbidden):
		return "forbidden_address"
	case errors.As(err, &dns):
		return "unknown_host"
	case errors.As(err, &slow) && slow.Timeout():
		return "timeout"
	case strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "x509: "):
		return "tls"
	}
	return "no_connection"
}

// shownAnswer makes text of what a stranger's server answered.
func shownAnswer(raw []byte) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(raw), ""))
}

var (
	insertAttempt = store.SQL(`insert into webhook_attempt (delivery_id, at, duration, status, error, answer) values ($1, $2, $3, $4, $5, $6)`)
	markDelivered = store.SQL(`update webhook_delivery set state = 'delivered', attempts = attempts + 1 where id = $1 and state = 'waiting'`)
	markAgain     = store.SQL(`update webhook_delivery set attempts = attempts + 1, next_at = $2 where id = $1 and state = 'waiting'`)
	noteOK        = store.SQL(`update webhook set last_ok_at = $2, failing_since = null, failures = 0 where id = $1`)
	noteFailure   = store.SQL(`
		update webhook set failing_since = coalesce(failing_since, $2), failures = failures + 1 where id = $1 returning failing_since, failures`)
)

// record notes how an attempt ended. When the process dies before it, the
// delivery still waits and is sent again under the same name.
func (s *Service) record(ctx context.Context, w Webhook, d Delivery, a Attempt) error {
	disabled := false
	err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		disabled = false
		if err := holds(tx, w); err != nil {
			return err
		}
		if _, err := store.Exec(tx, insertAttempt, d.ID, a.At, a.Duration, a.Status, a.Error, a.Answer); err != nil {
			return err
		}
		if a.ok() {
			if _, err := store.Exec(tx, markDelivered, d.ID); err != nil {
				return err
			}
			_, err := store.Exec(tx, noteOK, w.ID, a.At)
			return err
		}
		disabled, err = s.failed(tx, w, d, a)
		return err
	})
	if err == nil && disabled {
		err = errLost
	}
	return err
}

// failed decides what becomes of a delivery that was not taken.
func (s *Service) failed(tx *store.Tx, w Webhook, d Delivery, a Attempt) (disabled bool, err error) {
	type streak struct {
		Since time.Time `db:"failing_since"`
		N     int       `db:"failures"`
	}
	so, err := store.One[streak](tx, noteFailure, w.ID, a.At)
	if err != nil {
		return false, err
	}
	wait := waits[min(so.N, len(waits))-1]
	wait += rand.N(wait/10 + 1) //nolint:gosec // jitter, not a secret
	next := a.At.Add(max(wait, a.after))
	if end := so.Since.Add(giveUpAfter); next.After(end) && a.At.Before(end) {
		next = end // a last try when the time is up
	}
	if _, err := store.Exec(tx, markAgain, d.ID, next); err != nil {
		return false, err
	}
	switch {
	case a.Status == http.StatusGone:
		return true, s.disable(tx, w, Gone)
	case a.At.Sub(so.Since) >= giveUpAfter:
		return true, s.disable(tx, w, Unreachable)
	}
	return false, nil
}

// disable stops a webhook; its place in the feed and what waits are kept.
func (s *Service) disable(tx *store.Tx, w Webhook, why Cause) error {
	if _, err := store.Exec(tx, updateState, w.ID, Disabled, why); err != nil {
		return err
	}
	e := event.Event{Kind: event.WebhookDisabled, Shop: w.Shop}
	return s.Events.Append(tx, e.With(map[string]any{"webhook": w.ID, "cause": why}))
}
