package harness

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"testing"
	"time"
)

// delivery is a mail of ours as the outbox shows it.
type delivery struct {
	Delivery struct {
		ID     int64  `json:"id"`
		State  string `json:"state"`
		Detail string `json:"detail"`
		// Uncertain is how often it was marked so; it stays, so that whoever looks
		// later sees it too.
		Uncertain int `json:"uncertain"`
	} `json:"delivery"`
	Kind string `json:"kind"`
}

type outboxPage struct {
	Items []delivery `json:"items"`
	Next  string     `json:"next"`
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
func judgeDeliveries(tb testing.TB, c *Client, all []delivery, inbox map[string]int, t *Tally) {
	tb.Helper()
	known := map[string]bool{}
	for _, d := range all {
		id := messageID(tb, c.Fetch(tb, "GET", fmt.Sprintf("/outbox/%d/raw", d.Delivery.ID), nil))
		known[id] = true
		n := inbox[id]
		if d.Delivery.Uncertain > 0 {
			t.Uncertain++
		}
		switch {
		case d.Delivery.State == "failed":
			t.Failed++
			tb.Errorf("delivery %d failed for good: %s", d.Delivery.ID, d.Delivery.Detail)
		case n == 0:
			t.Lost++
			tb.Errorf("lost: delivery %d (%s, %s) never arrived", d.Delivery.ID, d.Kind, d.Delivery.State)
		case n > 1+d.Delivery.Uncertain:
			t.Doubled++
			tb.Errorf("doubled: delivery %d (%s) arrived %d times, was marked uncertain %d times", d.Delivery.ID, d.Kind, n, d.Delivery.Uncertain)
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
