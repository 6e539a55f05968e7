package harness

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"
)

// reading is everything that the API shows.
type reading struct {
	conversations map[int64]conversation
	owed          map[int64]bool // ids in the list of what is owed
	messages      []message      // that came in
	answers       []message      // that went out by a person's hand
	quarantine    []unreadable
}

// unreadable is a mail in quarantine.
type unreadable struct {
	ID     int64  `json:"id"`
	Reason string `json:"reason"`
	raw    []byte
}

type conversation struct {
	ID       int64  `json:"id"`
	Tray     string `json:"tray"`
	Promises []struct {
		Kind  string `json:"kind"`
		State string `json:"state"`
	} `json:"promises"`
	Timeline []struct {
		Type    string `json:"type"`
		Message struct {
			ID          int64  `json:"id"`
			Direction   string `json:"direction"`
			Kind        string `json:"kind"`
			Attachments []struct {
				ID int64 `json:"id"`
			} `json:"attachments"`
			Delivery *struct {
				ID int64 `json:"id"`
			} `json:"delivery"`
		} `json:"message"`
	} `json:"timeline"`
	SeenThrough int64  `json:"seen_through"`
	MergedInto  *int64 `json:"merged_into"`
}

// openAnswers counts the open promises to answer.
func (c conversation) openAnswers() int { return c.answers("open") }

func (c conversation) answers(state string) (n int) {
	for _, p := range c.Promises {
		if p.Kind == "answer" && p.State == state {
			n++
		}
	}
	return n
}

type message struct {
	id, conversation int64
	kind             string
	files            int
	bytes            digest
	delivery         int64
}

// beyond is how many ids after the last one known are tried, for conversations
// that no list shows.
const beyond = 30

// readDesk reads every conversation, whether a list shows it or not, with the
// bytes of each of its mails.
func readDesk(tb testing.TB, c *Client) reading {
	tb.Helper()
	r := reading{conversations: map[int64]conversation{}, owed: map[int64]bool{}}
	highest := int64(0)
	for _, view := range []string{"owed", "waiting", "snoozed", "closed", "courtesy", "sort", "spam"} {
		for _, id := range list(tb, c, view) {
			highest = max(highest, id)
			if view == "owed" {
				r.owed[id] = true
			}
		}
	}
	for id := int64(1); id <= highest+beyond; id++ {
		var conv conversation
		status, err := c.Call(context.Background(), "GET", fmt.Sprintf("/conversations/%d", id), nil, &conv)
		switch {
		case err != nil:
			tb.Fatal(err)
		case status == http.StatusTooManyRequests:
			time.Sleep(time.Second)
			id--
		case status == http.StatusOK && conv.MergedInto == nil:
			highest = max(highest, id)
			r.conversations[id] = conv
			r.readMails(tb, c, conv)
		}
	}
	var page struct {
		Items []unreadable `json:"items"`
	}
	c.Do(tb, "GET", "/quarantine?limit=200", nil, &page)
	for _, item := range page.Items {
		item.raw = c.Fetch(tb, "GET", fmt.Sprintf("/quarantine/%d/raw", item.ID), nil)
		r.quarantine = append(r.quarantine, item)
	}
	return r
}

func (r *reading) readMails(tb testing.TB, c *Client, conv conversation) {
	tb.Helper()
	for _, e := range conv.Timeline {
		if e.Type != "message" {
			continue
		}
		m := message{id: e.Message.ID, conversation: conv.ID, kind: e.Message.Kind, files: len(e.Message.Attachments)}
		if e.Message.Delivery != nil {
			m.delivery = e.Message.Delivery.ID
		}
		switch {
		case e.Message.Direction == "in":
			m.bytes = c.digest(tb, m.id)
			r.messages = append(r.messages, m)
		case m.kind == "answer":
			r.answers = append(r.answers, m)
		}
	}
}

func list(tb testing.TB, c *Client, view string) (ids []int64) {
	tb.Helper()
	for cursor := ""; ; {
		var page struct {
			Items []struct {
				ID int64 `json:"id"`
			} `json:"items"`
			Next string `json:"next"`
		}
		c.Do(tb, "GET", "/conversations?limit=200&view="+view+"&cursor="+cursor, nil, &page)
		for _, row := range page.Items {
			ids = append(ids, row.ID)
		}
		if cursor = page.Next; cursor == "" {
			return ids
		}
	}
}

// position is where the event feed stands: the same twice means that nothing
// happened between.
func position(tb testing.TB, c *Client) string {
	tb.Helper()
	var page struct {
		Position string `json:"position"`
	}
	c.Do(tb, "GET", "/conversations?limit=1&view=owed", nil, &page)
	return page.Position
}
