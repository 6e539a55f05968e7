package smtpout

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Throttled is Send's error when a domain has had its mails for this minute.
// Nothing was tried and nothing is to be counted as an attempt: come back at
// Until.
type Throttled struct {
	Domain string
	Until  time.Time
}

func (t *Throttled) Error() string {
	return fmt.Sprintf("smtpout: %s has had its mails for this minute", t.Domain)
}

// throttle bounds mails per recipient domain: how many start within any 60
// seconds, and how many run at once.
type throttle struct {
	perMinute, atOnce int // 0: no limit
	clock             Clock

	mu      sync.Mutex
	started map[string][]time.Time // within the last minute
	running map[string]chan struct{}
}

func newThrottle(perMinute, atOnce int, clock Clock) *throttle {
	return &throttle{perMinute: perMinute, atOnce: atOnce, clock: clock, started: map[string][]time.Time{}, running: map[string]chan struct{}{}}
}

// enter takes a place in each recipient's domain, all or none. It waits for a
// running mail to end, and never for the minute to pass.
func (t *throttle) enter(ctx context.Context, to []string) (leave func(), err error) {
	domains := domainsOf(to)
	if err := t.count(domains); err != nil {
		return nil, err
	}
	var taken []chan struct{}
	leave = func() {
		for _, place := range taken {
			<-place
		}
	}
	for _, domain := range domains { // in one order for all, so no two wait for each other
		place := t.places(domain)
		if place == nil {
			continue
		}
		select {
		case place <- struct{}{}:
			taken = append(taken, place)
		case <-ctx.Done():
			leave()
			return nil, context.Cause(ctx)
		}
	}
	return leave, nil
}

func (t *throttle) count(domains []string) error {
	if t.perMinute <= 0 {
		return nil
	}
	now := t.clock.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	for domain, starts := range t.started {
		// A start that a clock set back has put into the future is forgotten too.
		starts = slices.DeleteFunc(starts, func(at time.Time) bool { return now.Sub(at) >= time.Minute || at.After(now) })
		if t.started[domain] = starts; len(starts) == 0 {
			delete(t.started, domain)
		}
	}
	for _, domain := range domains {
		if starts := t.started[domain]; len(starts) >= t.perMinute {
			return &Throttled{Domain: domain, Until: starts[0].Add(time.Minute)}
		}
	}
	for _, domain := range domains {
		t.started[domain] = append(t.started[domain], now)
	}
	return nil
}

func (t *throttle) places(domain string) chan struct{} {
	if t.atOnce <= 0 {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running[domain] == nil {
		t.running[domain] = make(chan struct{}, t.atOnce)
	}
	return t.running[domain]
}

func domainsOf(to []string) []string {
	var domains []string
	for _, address := range to {
		domains = append(domains, strings.ToLower(address[strings.LastIndexByte(address, '@')+1:]))
	}
	slices.Sort(domains)
	return slices.Compact(domains)
}
