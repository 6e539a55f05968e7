package harness

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// IngestPlan says how a desk is killed while mail comes in.
type IngestPlan struct {
	Binary      string // built with the tag failpoints
	Database    string // "" for SQLite
	Kills       int
	Threads     int    // conversations that customers begin
	AfterIntake string // none, flag or move
	Seed        uint64
}

// archive is where after_intake moves mail.
const archive = "Comptoir"

// Ingest has customers write to a mailbox in a real Dovecot, and a relay hand
// mail over, while the desk is killed again and again. Then it lets the desk
// come to rest and judges. Differences are errors of tb and figures of the
// tally.
func Ingest(tb testing.TB, plan IngestPlan) *Tally {
	tb.Helper()
	s := startIngest(tb, plan)
	kills, dice := ingestBoundaries, throw(plan.Seed, 1)
	if plan.AfterIntake != "none" {
		kills = kills.with("imap.settled", 1)
	}
	began := time.Now()
	for i, k := range kills.plan(plan.Kills, dice) {
		share := s.share(plan.Kills - i)
		half := len(share) / 2
		s.deliver(tb, share[:half]) // while it is down
		s.program.Start(tb, k.failpoint)
		s.deliver(tb, share[half:]) // while it works, or after its death
		k.suffer(tb, s.program, s.tally)
	}
	kills.demand(tb, s.tally)
	s.finish(tb)
	s.tally.Took = time.Since(began)
	return s.tally
}

// ingest is one run of the story.
type ingest struct {
	boxes   *mailserver.Mailboxes
	sink    *mailserver.Sink
	program *Program
	client  *Client
	relay   *relay
	stop    context.CancelFunc
	after   string        // none, flag or move
	wait    time.Duration // before the last start: leases on PostgreSQL
	script  []mail        // all of it
	left    []mail        // not delivered yet
	tally   *Tally
}

func startIngest(tb testing.TB, plan IngestPlan) *ingest {
	tb.Helper()
	s := &ingest{boxes: mailserver.Dovecot(tb), sink: mailserver.NewSink(tb), tally: newTally("ingest")}
	s.program = NewProgram(tb, plan.Binary, OnDatabase(plan.Database), Trusting(s.boxes.CAFile), Hurried())
	s.after = plan.AfterIntake
	s.client, s.relay = NewClient(s.program), newRelay(s.program)
	s.program.Run(tb)
	SetUp(tb, s.client, Mailbox{
		IMAP: &Server{s.boxes.IMAPSAddr, "tls"}, SMTP: &Server{s.sink.Addr, "none"}, Password: s.boxes.Password,
		AfterIntake: plan.AfterIntake, MoveTo: archive,
	})
	s.program.Kill()
	if plan.Database != "" {
		s.wait = lease + time.Second
	}
	s.script = writeScript(plan.Threads, throw(plan.Seed, 2))
	s.left, s.tally.Mails = s.script, len(s.script)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go s.relay.run(ctx)
	tb.Cleanup(stop)
	return s
}

// share takes the next part of the script, evenly over the kills to come.
func (s *ingest) share(kills int) []mail {
	n := (len(s.left) + kills - 1) / kills
	part := s.left[:n]
	s.left = s.left[n:]
	return part
}

func (s *ingest) deliver(tb testing.TB, part []mail) {
	tb.Helper()
	for _, m := range part {
		if m.byRelay {
			s.relay.add(m.raw)
			continue
		}
		s.boxes.Append(tb, Own, m.folder, m.raw, nil, time.Time{})
	}
}

// finish lets the desk come to rest and judges.
func (s *ingest) finish(tb testing.TB) {
	tb.Helper()
	time.Sleep(s.wait)
	s.program.Run(tb)
	for end := time.Now().Add(20 * time.Second); s.relay.left() > 0 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if n := s.relay.left(); n > 0 {
		tb.Errorf("the relay still has %d mails:\n%s", n, s.program.Log())
	}
	shown := s.rest(tb)
	s.judge(tb, shown)
	all := settle(tb, s.client, s.tally)
	s.stop()
	<-s.relay.done
	var raws [][]byte
	for _, m := range s.sink.Messages() {
		raws = append(raws, m.Raw)
	}
	judgeDeliveries(tb, s.client, all, arrived(tb, raws), s.tally)
}

// rest reconciles and reads the desk until it shows everything, has settled the
// mailbox and nothing moves any more, or until it has had time enough.
func (s *ingest) rest(tb testing.TB) reading {
	tb.Helper()
	wanted := 0
	for _, m := range s.script {
		if !m.copied {
			wanted++
		}
	}
	for end := time.Now().Add(60 * time.Second); ; {
		s.client.Do(tb, "POST", "/settings/mailboxes/1/reconcile", nil, nil)
		before := position(tb, s.client)
		time.Sleep(500 * time.Millisecond)
		if position(tb, s.client) != before && time.Now().Before(end) {
			continue // reading all of it is dear: the API allows 20 calls a second
		}
		shown := readDesk(tb, s.client)
		unsettled := s.unsettled(tb)
		time.Sleep(500 * time.Millisecond)
		still := position(tb, s.client) == before
		if still && unsettled == 0 && len(shown.messages)+len(shown.quarantine) >= wanted {
			return shown
		}
		if time.Now().After(end) {
			tb.Errorf("no rest: %d messages and %d in quarantine, want %d; %d not settled in the mailbox; still %v",
				len(shown.messages), len(shown.quarantine), wanted, unsettled, still)
			return shown
		}
	}
}

// unsettled counts the mails that after_intake should have moved or flagged,
// and has not. What is in quarantine stays as it is.
func (s *ingest) unsettled(tb testing.TB) (n int) {
	tb.Helper()
	if s.after == "none" {
		return 0
	}
	broken := map[digest]bool{}
	for _, m := range s.script {
		broken[digestOf(m.raw)] = m.broken
	}
	for _, m := range s.boxes.List(tb, Own, "INBOX") {
		if !broken[digestOf(m.Raw)] && (s.after == "move" || !slices.Contains(m.Flags, `\Seen`)) {
			n++
		}
	}
	return n
}
