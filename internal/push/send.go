package push

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/safehttp"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Note is what a device shows.
type Note struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	Path  string `json:"path"`          // of the page that a click opens
	Tag   string `json:"tag,omitempty"` // a later note of the same tag takes this one's place
	Lang  string `json:"lang"`
}

// Outcome says what became of a note.
type Outcome string

// The outcomes.
const (
	Taken  Outcome = "taken"  // the push service has it
	Gone   Outcome = "gone"   // the device is no more, and was forgotten
	Denied Outcome = "denied" // the service will never take it
	Later  Outcome = "later"  // try again
)

// Result is an outcome with what the service answered; Status 0 is no answer.
type Result struct {
	Outcome Outcome
	Status  int
	Wait    time.Duration // asked for by the service (Retry-After)
}

const (
	// TTL is how long a service keeps a note for a device that is off: a
	// reminder of yesterday morning helps nobody.
	TTL = 4 * time.Hour
	// answerBytes is as much of a service's answer as is read.
	answerBytes = 4 << 10
	// maxWait bounds what a service may ask for.
	maxWait = time.Hour
)

// Send gives a note to a device's push service, once, and records what became of
// it. An error is one of ours.
func (s *Service) Send(ctx context.Context, d Device, n Note) (Result, error) {
	var pair keyPair
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		pair, err = store.One[keyPair](tx, selectKey)
		return err
	})
	if err != nil {
		return Result{}, fmt.Errorf("push key: %w", err)
	}
	private, err := s.Box.Unseal(pair.Private, sealedKey)
	if err != nil {
		return Result{}, fmt.Errorf("push key: %w", err)
	}
	auth, err := s.Box.Unseal(d.Auth, sealedAuth)
	if err != nil {
		return Result{}, fmt.Errorf("push device: %w", err)
	}
	body, err := json.Marshal(n)
	if err != nil {
		return Result{}, err
	}
	res, err := webpush.SendNotificationWithContext(ctx, body, &webpush.Subscription{
		Endpoint: d.Endpoint, Keys: webpush.Keys{P256dh: d.P256DH, Auth: auth},
	}, &webpush.Options{
		HTTPClient: client{s.client}, Subscriber: s.subscriber(), TTL: int(TTL.Seconds()), Urgency: webpush.UrgencyHigh,
		VAPIDPublicKey: pair.Public, VAPIDPrivateKey: private,
		VapidExpiration: s.Clock.Now().Add(12 * time.Hour), // RFC 8292, 2: within 24 hours
	})
	got := Result{Outcome: Later}
	if err == nil {
		defer res.Body.Close()
		got = judge(res)
	}
	failpoint.Hit("push.sent")
	if ctx.Err() != nil {
		return got, ctx.Err()
	}
	return got, s.record(ctx, d, got)
}

// judge reads a push service's answer (RFC 8030, 5 and 7.3).
func judge(res *http.Response) Result {
	got := Result{Status: res.StatusCode}
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
		got.Outcome = Taken
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone:
		got.Outcome = Gone
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusRequestTimeout || res.StatusCode >= 500:
		got.Outcome = Later
		if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 {
			got.Wait = min(time.Duration(min(seconds, 1<<20))*time.Second, maxWait)
		}
	default:
		got.Outcome = Denied
	}
	return got
}

func (s *Service) record(ctx context.Context, d Device, got Result) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		switch got.Outcome {
		case Taken:
			_, err = store.Exec(tx, noteSent, d.ID, s.Clock.Now(), got.Status)
		case Gone:
			_, err = store.Exec(tx, deleteDevice, d.ID, d.Person)
		case Denied:
			_, err = store.Exec(tx, noteProblem, d.ID, Refused, got.Status)
		case Later:
			_, err = store.Exec(tx, noteProblem, d.ID, Unreachable, got.Status)
		}
		return err
	})
}

// subscriber is whom a push service may turn to: the web app's address, or a
// name that stands for none where it has no public one.
func (s *Service) subscriber() string {
	if strings.HasPrefix(s.URL, "https://") {
		return s.URL
	}
	return "comptoir@localhost.invalid"
}

// client lets the library call through safehttp.
type client struct{ safe *safehttp.Client }

// Do implements webpush.HTTPClient.
func (c client) Do(r *http.Request) (*http.Response, error) {
	got, err := c.safe.Do(r, answerBytes)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: got.Status, Header: got.Header, Body: io.NopCloser(bytes.NewReader(got.Body)), Request: r}, nil
}
