package harness

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// SendPlan says how a desk is killed while it answers.
type SendPlan struct {
	Binary   string // built with the tag failpoints
	Database string // "" for SQLite
	Kills    int
	Answers  int
	// Postfix has real servers carry the answers into real mailboxes; else a
	// sink counts what it accepted.
	Postfix bool
	Seed    uint64
}

// Send has customers write, and a person answer each of them, while the desk is
// killed again and again. Whoever got no answer from the API presses again
// with the same key, as the app does. Then it lets the desk come to rest and
// judges by what arrived.
func Send(tb testing.TB, plan SendPlan) *Tally {
	tb.Helper()
	s := startSend(tb, plan)
	began := time.Now()
	dice := throw(plan.Seed, 3)
	for i, k := range sendBoundaries.plan(plan.Kills, dice) {
		s.program.Start(tb, k.failpoint)
		s.press(tb, (s.pending()+plan.Kills-i-1)/(plan.Kills-i))
		k.suffer(tb, s.program, s.tally)
	}
	sendBoundaries.demand(tb, s.tally)
	s.finish(tb)
	s.tally.Took = time.Since(began)
	return s.tally
}

// Restart has a person give answers while the mail server stops and comes back
// several times; the desk itself lives.
func Restart(tb testing.TB, plan SendPlan) *Tally {
	tb.Helper()
	s := startSend(tb, plan)
	s.tally.Story = "restart"
	began := time.Now()
	s.program.Run(tb)
	for round := range 6 {
		if round%2 == 0 {
			s.sink.Stop(tb)
		} else {
			if round == 1 { // one dies between the last byte and its answer
				s.sink.FailOnce(mailserver.AfterDot, mailserver.ErrDrop)
			}
			s.sink.Start(tb)
		}
		s.press(tb, (plan.Answers+5)/6)
		time.Sleep(250 * time.Millisecond)
	}
	s.finish(tb)
	s.tally.Took = time.Since(began)
	return s.tally
}

// send is one run of the story.
type send struct {
	sink    *mailserver.Sink
	boxes   *mailserver.Mailboxes // with Postfix
	program *Program
	client  *Client
	wait    time.Duration
	answers []*answer
	tally   *Tally
}

// answer is one press of "send", as often as it takes.
type answer struct {
	conversation int64
	seen         int64
	key          string
	told         outcome // zero until the API said 202
}

// outcome is what the API says of an answer: each press with the key the same.
type outcome struct {
	Message struct {
		ID int64 `json:"id"`
	} `json:"message"`
	Delivery struct {
		ID int64 `json:"id"`
	} `json:"delivery"`
}

func startSend(tb testing.TB, plan SendPlan) *send {
	tb.Helper()
	s := &send{tally: newTally("send")}
	s.tally.Mails = plan.Answers
	settings := []Setting{OnDatabase(plan.Database), Hurried()}
	box := Mailbox{Password: "tulipe-noire"}
	if plan.Postfix {
		s.boxes = mailserver.Dovecot(tb)
		box.SMTP = &Server{mailserver.Postfix(tb, s.boxes).SubmissionAddr, "starttls"}
		settings = append(settings, Trusting(s.boxes.CAFile))
	} else {
		s.sink = mailserver.NewSink(tb)
		box.SMTP = &Server{s.sink.Addr, "none"}
	}
	if plan.Database != "" {
		s.wait = lease + time.Second
	}
	s.program = NewProgram(tb, plan.Binary, settings...)
	s.client = NewClient(s.program)
	s.program.Run(tb)
	SetUp(tb, s.client, box)
	s.receive(tb, plan.Answers)
	s.program.Kill()
	return s
}

// receive has n customers write.
func (s *send) receive(tb testing.TB, n int) {
	tb.Helper()
	for i := range n {
		l := letter{from: i, id: fmt.Sprintf("q%d@client.example", i), text: fmt.Sprintf("Bonjour, où en est ma commande %d ?", 20000+i)}
		if err := hand(s.program.SMTP, l.raw()); err != nil {
			tb.Fatalf("hand over mail %d: %v\n%s", i, err, s.program.Log())
		}
	}
	var ids []int64
	for end := time.Now().Add(30 * time.Second); len(ids) < n; ids = list(tb, s.client, "owed") {
		if time.Now().After(end) {
			tb.Fatalf("%d of %d conversations are owed", len(ids), n)
		}
		time.Sleep(50 * time.Millisecond)
	}
	slices.Sort(ids)
	for _, id := range ids {
		var conv conversation
		s.client.Do(tb, "GET", fmt.Sprintf("/conversations/%d", id), nil, &conv)
		s.answers = append(s.answers, &answer{conversation: id, seen: conv.SeenThrough, key: fmt.Sprintf("press-for-%d", id)})
	}
}

func (s *send) pending() (n int) {
	for _, a := range s.answers {
		if a.told.Delivery.ID == 0 {
			n++
		}
	}
	return n
}

// press sends the next n answers, and once more one that was sent before: a
// browser that never heard of its success. A desk that dies meanwhile leaves
// the rest for the next life.
func (s *send) press(tb testing.TB, n int) {
	tb.Helper()
	if !s.program.Ready(tb) {
		return
	}
	again := false
	for _, a := range s.answers {
		known := a.told.Delivery.ID != 0
		switch {
		case known && !again:
			again = true
		case known || n == 0:
			continue
		default:
			n--
		}
		if !s.try(tb, a) {
			return
		}
	}
}

// try presses once; false when no answer came.
func (s *send) try(tb testing.TB, a *answer) bool {
	tb.Helper()
	var told outcome
	status, err := s.client.Call(context.Background(), "POST", fmt.Sprintf("/conversations/%d/replies", a.conversation), map[string]any{
		"key": a.key, "html": "<p>Bonjour,</p><p>Votre commande est partie ce matin, vous la recevrez mardi 24/11/2026.</p>", "seen_through": a.seen,
	}, &told)
	switch {
	case err != nil:
		return false
	case status != http.StatusAccepted:
		tb.Errorf("answer in conversation %d: status %d\n%s", a.conversation, status, s.program.Log())
	case a.told.Delivery.ID != 0 && a.told != told:
		tb.Errorf("a second press made another answer: %+v, then %+v", a.told, told)
	default:
		a.told = told
	}
	return true
}

// finish lets the desk come to rest and judges.
func (s *send) finish(tb testing.TB) {
	tb.Helper()
	if s.program.Dead() {
		time.Sleep(s.wait)
		s.program.Run(tb)
	}
	for _, a := range s.answers { // every one once more: a retry changes nothing
		if !s.try(tb, a) {
			tb.Fatalf("no answer from the desk:\n%s", s.program.Log())
		}
	}
	all := settle(tb, s.client, s.tally)
	judgeDeliveries(tb, s.client, all, arrived(tb, s.inbox(tb, len(all))), s.tally)
	s.judge(tb, all)
}

// inbox is what arrived: by the sink, or in the customers' mailboxes, where
// Postfix may still be delivering.
func (s *send) inbox(tb testing.TB, wanted int) (raws [][]byte) {
	tb.Helper()
	if s.sink != nil {
		for _, m := range s.sink.Messages() {
			raws = append(raws, m.Raw)
		}
		return raws
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		raws = nil
		for i := range s.answers {
			_, address := person(i)
			for _, m := range s.boxes.List(tb, address, "INBOX") {
				raws = append(raws, m.Raw)
			}
		}
		if len(raws) >= wanted || time.Now().After(end) {
			return raws
		}
	}
}

// judge looks at what the desk shows of the answers: each once, in its
// conversation, its promise kept.
func (s *send) judge(tb testing.TB, all []delivery) {
	tb.Helper()
	shown := readDesk(tb, s.client)
	seen := map[int64]int{}
	for _, m := range shown.answers {
		seen[m.conversation]++
	}
	for _, a := range s.answers {
		conv := shown.conversations[a.conversation]
		if n := seen[a.conversation]; n != 1 {
			s.tally.Doubled += max(0, n-1)
			tb.Errorf("conversation %d shows %d answers", a.conversation, n)
		}
		if conv.answers("kept") != 1 || len(conv.Promises) != 1 {
			s.tally.Unowed++
			tb.Errorf("conversation %d: promises %v, want one, kept", a.conversation, conv.Promises)
		}
	}
	answers := 0
	for _, d := range all {
		if d.Kind == "answer" {
			answers++
		}
	}
	if answers != len(s.answers) {
		tb.Errorf("%d answers were pressed, the outbox holds %d", len(s.answers), answers)
	}
}
