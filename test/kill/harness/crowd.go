package harness

import (
	"context"
	"net/http"
	"testing"
	"time"
)

// crowdBoundaries are those at which the answers of an incident leave.
var crowdBoundaries = boundaries{
	"reply.composed": 2, "reply.committed": 2, "incident.sent": 2, "send.claimed": 2, "send.dot_pending": 2, "send.answered": 2,
}

// Crowd has customers write about a strike and a person answer all of them by
// one incident, while the desk is killed again and again: it goes on by itself
// in its next life. Then it judges by what arrived, as Send does.
func Crowd(tb testing.TB, plan SendPlan) *Tally {
	tb.Helper()
	s := startSend(tb, plan)
	s.tally.Story = "crowd"
	began := time.Now()
	s.program.Run(tb)
	s.startIncident(tb)
	s.program.Kill()
	dice := throw(plan.Seed, 3)
	live := func(k kill) {
		time.Sleep(s.wait) // what the last life held is given back at a start, and then once a minute
		s.program.Start(tb, k.failpoint)
		s.program.Ready(tb)
		k.suffer(tb, s.program, s.tally)
	}
	for _, k := range namedFirst(crowdBoundaries.plan(plan.Kills, dice)) {
		live(k)
	}
	crowdBoundaries.demand(tb, s.tally)
	time.Sleep(s.wait)
	s.program.Run(tb)
	s.awaitRound(tb)
	all := settle(tb, s.client, s.tally)
	judgeDeliveries(tb, s.client, all, arrived(tb, s.inbox(tb, len(all))), s.tally)
	s.judge(tb, all)
	s.tally.Took = time.Since(began)
	return s.tally
}

// namedFirst has the kills at a place go before those at random. Answers leave by
// themselves here: a life that ends at a place takes two of them at most, however
// slow the machine is, while one that ends at random may take them all.
func namedFirst(plan []kill) []kill {
	var named, random []kill
	for _, k := range plan {
		if k.failpoint == "" {
			random = append(random, k)
			continue
		}
		k.after = time.Minute
		named = append(named, k)
	}
	return append(named, random...)
}

func (s *send) startIncident(tb testing.TB) {
	tb.Helper()
	var shown []map[string]any
	var ids []int64
	for _, a := range s.answers {
		ids = append(ids, a.conversation)
		shown = append(shown, map[string]any{"conversation": a.conversation, "seen_through": a.seen})
	}
	var made struct {
		ID int64 `json:"id"`
	}
	s.client.Do(tb, "POST", "/incidents", map[string]any{"name": "Grève du transporteur", "conversations": ids}, &made)
	if made.ID != 1 {
		tb.Fatalf("the incident is %d, want the first", made.ID)
	}
	s.client.Do(tb, "PUT", "/incidents/1/text", map[string]any{
		"text_fr": "<p>{{greeting}}</p><p>Une grève retient votre colis. Il est en sécurité, et vous n’avez rien à faire.</p>", "text_en": "", "per_minute": 60, "revision": 1,
	}, nil)
	status, err := s.client.Call(context.Background(), "POST", "/incidents/1/send", map[string]any{"revision": 2, "answers": shown}, nil)
	if err != nil || status != http.StatusOK {
		tb.Fatalf("send: %d, %v\n%s", status, err, s.program.Log())
	}
}

// awaitRound waits until no answer of the round is on its way to the outbox.
func (s *send) awaitRound(tb testing.TB) {
	tb.Helper()
	var now struct {
		Round struct {
			State string `json:"state"`
		} `json:"round"`
		Answers []struct {
			Conversation int64  `json:"conversation"`
			State        string `json:"state"`
			Why          string `json:"why"`
		} `json:"answers"`
	}
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		s.client.Do(tb, "GET", "/incidents/1/answers", nil, &now)
		if now.Round.State == "open" {
			break
		}
		if time.Now().After(end) {
			tb.Fatalf("the round stands still: %+v\n%s", now, s.program.Log())
		}
	}
	for _, a := range now.Answers {
		if a.State != "sent" {
			s.tally.Lost++
			tb.Errorf("conversation %d is %s: %s", a.Conversation, a.State, a.Why)
		}
	}
}
