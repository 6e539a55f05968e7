package harness

import (
	"context"
	"fmt"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// delivery is a mail of ours as the outbox shows it.
type delivery struct {
	Delivery struct {
		ID     int64  `json:"id"`
		State  string `json:"state"`
		Detail string `json:"detail"`
	} `json:"delivery"`
	Kind string `json:"kind"`
}

type outboxPage struct {
	Items []delivery `json:"items"`
	Next  string     `json:"next"`
}

// watch notes which deliveries the outbox shows as uncertain while the desk
// lives, as a person who looks at it would.
type watch struct {
	client *Client
	mu     sync.Mutex
	marks  map[int64]int // how often each was seen to become uncertain
	now    map[int64]bool
	done   chan struct{}
}

func newWatch(c *Client) *watch {
	return &watch{client: c, marks: map[int64]int{}, now: map[int64]bool{}, done: make(chan struct{})}
}

// run looks until ctx ends.
func (w *watch) run(ctx context.Context) {
	defer close(w.done)
	every := time.NewTicker(150 * time.Millisecond)
	defer every.Stop()
	for {
		w.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

func (w *watch) look(ctx context.Context) {
	var uncertain, held outboxPage
	for state, page := range map[string]*outboxPage{"uncertain": &uncertain, "held": &held} {
		if status, err := w.client.Call(ctx, "GET", "/outbox?limit=200&state="+state, nil, page); err != nil || status != 200 {
			return // dead, or not ready
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	seen := map[int64]bool{}
	for _, d := range uncertain.Items {
		seen[d.Delivery.ID] = true
	}
	for _, d := range held.Items {
		if d.Delivery.Detail == "uncertain_twice" {
			seen[-d.Delivery.ID] = true // its second mark
		}
	}
	for id := range seen {
		if !w.now[id] {
			w.marks[max(id, -id)]++
		}
	}
	w.now = seen
}

func (w *watch) marked(id int64) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.marks[id]
}

func (w *watch) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.marks)
}

// outbox reads all of it.
func outbox(tb testing.TB, c *Client) []delivery {
	tb.Helper()
	var all []delivery
	for cursor := ""; ; {
		var page outboxPage
		c.Do(tb, "GET", "/outbox?state=all&limit=200&cursor="+cursor, nil, &page)
		all = append(all, page.Items...)
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
}

// settle waits until every mail of ours has arrived or is over. What is held
// for a person is sent by their hand, once each.
func settle(tb testing.TB, c *Client, t *Tally) []delivery {
	tb.Helper()
	pressed := map[int64]bool{}
	end := time.Now().Add(2 * time.Minute)
	for {
		all, open := outbox(tb, c), 0
		for _, d := range all {
			switch d.Delivery.State {
			case "accepted":
			case "failed":
			case "held":
				open++
				if !pressed[d.Delivery.ID] && (d.Delivery.Detail == "uncertain_twice" || d.Delivery.Detail == "crash") {
					pressed[d.Delivery.ID] = true
					t.ByHand++
					c.Do(tb, "POST", fmt.Sprintf("/deliveries/%d/retry", d.Delivery.ID), nil, nil)
				}
			default:
				open++
			}
		}
		if open == 0 {
			return all
		}
		if time.Now().After(end) {
			for _, d := range all {
				if d.Delivery.State != "accepted" {
					tb.Errorf("delivery %d is still %s (%s)", d.Delivery.ID, d.Delivery.State, d.Delivery.Detail)
				}
			}
			return all
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// arrived counts mails by Message-ID.
func arrived(tb testing.TB, raws [][]byte) map[string]int {
	tb.Helper()
	out := map[string]int{}
	for _, raw := range raws {
		out[messageID(tb, raw)]++
	}
	return out
}

func messageID(tb testing.TB, raw []byte) string {
	tb.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		tb.Fatalf("a mail that cannot be read: %v\n%s", err, raw)
	}
	return strings.Trim(m.Header.Get("Message-ID"), "<> ")
}

// judgeDeliveries compares what the outbox says was accepted with what arrived:
// each once, more often only where it was marked uncertain.
func judgeDeliveries(tb testing.TB, c *Client, w *watch, all []delivery, inbox map[string]int, t *Tally) {
	tb.Helper()
	t.Uncertain = w.count()
	known := map[string]bool{}
	for _, d := range all {
		id := messageID(tb, c.Fetch(tb, "GET", fmt.Sprintf("/outbox/%d/raw", d.Delivery.ID), nil))
		known[id] = true
		n := inbox[id]
		switch {
		case d.Delivery.State == "failed":
			t.Failed++
			tb.Errorf("delivery %d failed for good: %s", d.Delivery.ID, d.Delivery.Detail)
		case n == 0:
			t.Lost++
			tb.Errorf("lost: delivery %d (%s, %s) never arrived", d.Delivery.ID, d.Kind, d.Delivery.State)
		case n > 1+w.marked(d.Delivery.ID):
			t.Doubled++
			tb.Errorf("doubled: delivery %d (%s) arrived %d times, was marked uncertain %d times", d.Delivery.ID, d.Kind, n, w.marked(d.Delivery.ID))
		case n > 1:
			t.Repeated++
		}
	}
	for id, n := range inbox {
		if !known[id] {
			t.Ghost++
			tb.Errorf("%d × %s arrived and is in no outbox", n, id)
		}
	}
}
