package notify

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// RingJob tells one device of a person one thing.
var RingJob = jobs.Kind{Name: "notify.ring", Pool: jobs.PoolPush}

// RingKind says what a device is told.
type RingKind string

// What rings.
const (
	RingNear    RingKind = "near"
	RingBroken  RingKind = "broken" // at once: law, money, a second breach
	RingDigest  RingKind = "digest"
	RingMention RingKind = "mention"
	RingReading RingKind = "second_reading"
	RingTest    RingKind = "test"
)

// RingArgs are the arguments of RingJob.
type RingArgs struct {
	Device       id.PushSubscription `json:"device"`
	Kind         RingKind            `json:"kind"`
	Shop         id.Shop             `json:"shop"`
	Person       id.Person           `json:"person"`
	Promise      id.Promise          `json:"promise,omitempty"`
	Conversation id.Conversation     `json:"conversation,omitempty"`
	By           id.Person           `json:"by,omitempty"` // the colleague who asks
	Count        int                 `json:"count,omitempty"`
	Tries        int                 `json:"tries,omitempty"` // that failed
}

// ring queues a job for each device of the person. Without one it does nothing.
func (s *Service) ring(tx *store.Tx, a RingArgs) error {
	if s.Push == nil || a.Person == 0 {
		return nil
	}
	devices, err := s.Push.Of(tx, a.Person)
	if err != nil {
		return err
	}
	for _, a.Device = range devices {
		if err := s.Queue.Put(tx, jobs.Add{Kind: RingJob, Key: a.key(), Args: a}); err != nil {
			return err
		}
	}
	return nil
}

// key makes one of two notes of the same thing that wait for the same device.
func (a RingArgs) key() string {
	return a.Device.String() + ":" + a.tag()
}

// tag names what a note is of: on the device, too, a later one takes its place.
func (a RingArgs) tag() string {
	switch {
	case a.Promise != 0:
		return "promise-" + a.Promise.String()
	case a.Conversation != 0:
		return string(a.Kind) + "-" + a.Conversation.String()
	}
	return string(a.Kind) + "-" + a.Shop.String()
}

// bell is what a note is written from.
type bell struct {
	args     RingArgs
	device   push.Device
	person   team.Person
	by       team.Person
	promise  promise.Promise
	location *time.Location
}

// Ring is the handler of RingJob. A note whose service has answered and whose
// job had not ended when the process died rings once more: rather twice than
// never. On the device the second takes the place of the first, by its tag.
func (s *Service) Ring(ctx context.Context, j jobs.Job) error {
	var a RingArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	failpoint.Hit("notify.ring")
	b := bell{args: a}
	err := s.DB.Read(ctx, func(tx *store.Tx) error { return s.readBell(tx, &b) })
	if errors.Is(err, errQuiet) {
		return nil
	}
	if err != nil {
		return err
	}
	got, err := s.Push.Send(ctx, b.device, b.note())
	failpoint.Hit("notify.rung")
	if err != nil || got.Outcome != push.Later {
		return err
	}
	return s.ringAgain(ctx, j, a, got.Wait)
}

// readBell asks, when the bell is about to ring, whether it still should.
func (s *Service) readBell(tx *store.Tx, b *bell) (err error) {
	a := b.args
	var found bool
	if b.device, found, err = s.Push.Get(tx, a.Device); err != nil || !found || b.device.Person != a.Person {
		return quiet(err)
	}
	m, err := s.Team.Member(tx, a.Shop, a.Person)
	if err != nil {
		return err
	}
	if b.person = m.Person; !m.Active {
		return errQuiet
	}
	if b.location, err = s.Shops.Location(tx, a.Shop); err != nil {
		return err
	}
	if err := s.ownQuiet(tx, a.Shop, m, b.location); err != nil {
		return err
	}
	if a.By != 0 {
		if b.by, err = s.Team.Get(tx, a.By); err != nil {
			return err
		}
	}
	return s.stillSo(tx, b)
}

// ownQuiet asks to come back when both the shop and the person are open; who is
// away is told nothing.
func (s *Service) ownQuiet(tx *store.Tx, shop id.Shop, m team.Member, location *time.Location) error {
	now := s.Clock.Now()
	if m.AbsentOn(calendar.DateOf(now.In(location)).String()) {
		return errQuiet
	}
	hours, _, err := s.Shops.HoursAndDelay(tx, shop, "")
	if err != nil {
		return err
	}
	own, has := m.Hours(location)
	if !has {
		return quietHours(hours, now)
	}
	at := bothOpen(hours, own, now)
	switch {
	case at.IsZero():
		return errQuiet
	case at.After(now):
		return jobs.Later{At: at, Reason: "closed"}
	}
	return nil
}

// bothOpen is the first instant from now on at which both are; zero when there
// is none within about a year.
func bothOpen(a, b calendar.Hours, now time.Time) time.Time {
	at := now
	for range 800 {
		if at = a.NextOpening(at); at.IsZero() || b.Open(at) {
			return at
		}
		if at = b.NextOpening(at); at.IsZero() || a.Open(at) {
			return at
		}
	}
	return time.Time{}
}

// noticeOf is what stands in the list of notices for what rings.
var noticeOf = map[RingKind]desk.NoticeKind{RingMention: desk.NoticeMention, RingReading: desk.NoticeReadingAsked}

var unseenNotice = store.SQL(`
	select exists (select 1 from notice where person_id = $1 and conversation_id = $2 and kind = $3 and seen = false)`)

// stillSo: what was done, seen or overtaken meanwhile rings no more.
func (s *Service) stillSo(tx *store.Tx, b *bell) (err error) {
	a := b.args
	if a.Promise != 0 {
		if b.promise, err = promise.Read(tx, a.Promise); err != nil {
			return err
		}
		overtaken := a.Kind == RingNear && b.promise.DueAt.Before(s.Clock.Now())
		if b.promise.State != promise.Open || overtaken {
			return errQuiet
		}
	}
	if kind, ok := noticeOf[a.Kind]; ok {
		unseen, err := store.One[bool](tx, unseenNotice, a.Person, a.Conversation, kind)
		if err != nil || !unseen {
			return quiet(err)
		}
	}
	return nil
}

// tries are the waits between attempts at a push service that does not take a
// note; after the last one it is let go, since the list says it anyway.
var tries = []time.Duration{10 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour}

func (s *Service) ringAgain(ctx context.Context, j jobs.Job, a RingArgs, asked time.Duration) error {
	if a.Tries >= len(tries) {
		return nil
	}
	wait := tries[a.Tries]
	wait = max(wait, asked) + rand.N(wait/4) //nolint:gosec // jitter, not a secret
	a.Tries++
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if err := j.Finish(tx); err != nil {
			return err
		}
		return s.Queue.Put(tx, jobs.Add{Kind: RingJob, Key: a.key(), Args: a, At: s.Clock.Now().Add(wait)})
	})
}

// TryDevice sends a note to one of a person's own devices, now, whatever the
// hour: they asked for it.
func (s *Service) TryDevice(ctx context.Context, person team.Person, d push.Device) (push.Result, error) {
	b := bell{args: RingArgs{Device: d.ID, Kind: RingTest, Person: person.ID}, device: d, person: person, location: time.UTC}
	return s.Push.Send(ctx, d, b.note())
}

func (b bell) note() push.Note {
	title, body := b.words()
	n := push.Note{Title: title, Body: body, Path: "/owed", Tag: b.args.tag(), Lang: b.person.Language}
	switch {
	case b.args.Conversation != 0:
		n.Path = "/owed/" + b.args.Conversation.String()
	case b.args.Promise != 0:
		n.Path = "/sort"
	case b.args.Kind == RingTest:
		n.Path = "/settings/notifications"
	}
	return n
}

func (b bell) count() string { return strconv.Itoa(b.args.Count) }
