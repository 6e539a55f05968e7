package smtpout_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
)

const mailText = "From: bonjour@maison-lila.example\r\nTo: camille@example.net\r\nSubject: Bague\r\n\r\n.Bonjour Camille,\r\n..\r\n.\r\nelle part demain.\r\n"

var camille = smtpout.Envelope{From: "bonjour@maison-lila.example", To: []string{"camille@example.net"}}

func recorded(context.Context) error { return nil }

// send hands one mail to the peer and gives Camille's result.
func send(t *testing.T, pool *smtpout.Pool, s smtpout.Server) smtpout.RecipientResult {
	t.Helper()
	results, err := pool.Send(t.Context(), s, camille, []byte(mailText), recorded)
	if err != nil || len(results) != 1 {
		t.Fatalf("results %v, error %v", results, err)
	}
	return results[0]
}

func TestMailArrivesByteForByte(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	got := send(t, newPool(t, smtpout.Config{}), p.server())
	want := smtpout.RecipientResult{Address: "camille@example.net", Outcome: smtpout.Accepted, Code: 250, Enhanced: "2.0.0", Text: "queued as 4F1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if mails := p.mails(); len(mails) != 1 || mails[0] != mailText {
		t.Errorf("arrived: %q", mails)
	}
}

// The caller records dot_pending when every byte is with the server and the
// dot is not (I4).
func TestBeforeDotRunsBetweenTheLastByteAndTheDot(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 3000, 500_000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, nil, offering())
			raw := mailText + strings.Repeat(strings.Repeat("x", 70)+"\r\n", size/72)
			calls := 0
			_, err := newPool(t, smtpout.Config{}).Send(t.Context(), p.server(), camille, []byte(raw), func(ctx context.Context) error {
				calls++
				p.wait(ctx, "the last line at the server", func() bool { return p.lines == strings.Count(raw, "\n") })
				p.mu.Lock()
				defer p.mu.Unlock()
				if p.dots != 0 {
					t.Error("the dot was there already")
				}
				return nil
			})
			if err != nil || calls != 1 || len(p.mails()) != 1 {
				t.Errorf("calls %d, mails %d, error %v", calls, len(p.mails()), err)
			}
		})
	}
}

func TestWithoutTheRecordNoDot(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	diskFull := errors.New("disk full")
	results, err := newPool(t, smtpout.Config{}).Send(t.Context(), p.server(), camille, []byte(mailText), func(context.Context) error { return diskFull })
	if !errors.Is(err, diskFull) || results[0].Outcome != smtpout.Soft {
		t.Errorf("results %v, error %v", results, err)
	}
	p.wait(t.Context(), "the end of the connection", func() bool { return len(p.open) == 0 && p.dialled == 1 })
	if _, _, dots := p.seen(); dots != 0 || len(p.mails()) != 0 {
		t.Error("the server got the dot")
	}
}

// Every stage, every kind of no: what is decided, whether it is our settings'
// fault, and whether the dot had been announced.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		verb, told  string
		want        smtpout.Outcome
		ourProblem  bool
		dotRecorded bool
	}{
		{"connect", "554 5.7.1 blocked", smtpout.Soft, true, false},
		{"connect", "421 busy", smtpout.Soft, true, false},
		{"connect", drop, smtpout.Soft, true, false},
		{"connect", half, smtpout.Soft, true, false},
		{"connect", "HTTP/1.1 400 Bad Request", smtpout.Soft, true, false},
		{"EHLO", "550 go away", smtpout.Soft, true, false},
		{"EHLO", "502 what?", smtpout.Accepted, false, true}, // HELO then
		{"MAIL", "530 5.7.0 Authentication required", smtpout.Soft, true, false},
		{"MAIL", "553 5.7.1 sender not yours", smtpout.Soft, true, false},
		{"MAIL", "451 later", smtpout.Soft, false, false},
		{"MAIL", "421 closing", smtpout.Soft, true, false},
		{"MAIL", "552 5.3.4 too big", smtpout.Hard, false, false},
		{"MAIL", drop, smtpout.Soft, false, false},
		{"RCPT", "450 4.2.1 greylisted", smtpout.Soft, false, false},
		{"RCPT", "550 5.1.1 no such user", smtpout.Hard, false, false},
		{"RCPT", "550 5.1.1 User unknown in relay recipient table", smtpout.Hard, false, false},
		{"RCPT", "554 5.7.1 <camille@example.net>: Relay access denied", smtpout.Soft, true, false},
		{"RCPT", "553 5.7.1 <bonjour@maison-lila.example>: Sender address rejected: not owned by user lila", smtpout.Soft, true, false},
		{"RCPT", "550-5.4.5 Daily user sending limit exceeded.\r\n550 5.4.5 See the help page", smtpout.Soft, true, false},
		{"RCPT", "530 5.7.0 sign in first", smtpout.Soft, true, false},
		{"RCPT", "421 closing", smtpout.Soft, true, false},
		{"RCPT", drop, smtpout.Soft, false, false},
		{"RCPT", half, smtpout.Soft, false, false},
		{"DATA", "451 later", smtpout.Soft, false, false},
		{"DATA", "554 no", smtpout.Hard, false, false},
		{"DATA", drop, smtpout.Soft, false, false},
		{".", "451 4.3.0 later", smtpout.Soft, false, true},
		{".", "421 closing", smtpout.Soft, true, true},
		{".", "554 5.7.1 this is spam", smtpout.Hard, false, true},
		{".", "550 5.7.60 Client does not have permissions to send as this sender", smtpout.Soft, true, true},
		{".", "554 5.2.252 SendAsDenied; lila not allowed to send as bonjour", smtpout.Soft, true, true},
		{".", drop, smtpout.Uncertain, false, true},
		{".", takeDrop, smtpout.Uncertain, false, true},
		{".", half, smtpout.Uncertain, false, true},
		{".", "who knows", smtpout.Uncertain, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.verb+" "+tt.told, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, at(tt.verb, tt.told))
			dotRecorded := false
			results, err := newPool(t, smtpout.Config{}).Send(t.Context(), p.server(), camille, []byte(mailText), func(context.Context) error {
				dotRecorded = true
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			got := results[0]
			if got.Outcome != tt.want || (got.ConfigProblem != smtpout.Sentence{}) != tt.ourProblem || dotRecorded != tt.dotRecorded {
				t.Errorf("got %v %+v, dot recorded %v", got.Outcome, got, dotRecorded)
			}
			if got.ConfigProblem.FR == "" != (got.ConfigProblem.EN == "") {
				t.Errorf("said in one language only: %+v", got.ConfigProblem)
			}
			if (got.Outcome == smtpout.Accepted) != (len(p.mails()) == 1) && got.Outcome != smtpout.Uncertain {
				t.Errorf("%v, but the server took %d", got.Outcome, len(p.mails()))
			}
		})
	}
}

// A big mail that the server cuts off is refused or to be sent again, and is
// never uncertain: the dot was not announced.
func TestCutOffInTheBody(t *testing.T) {
	t.Parallel()
	big := mailText + strings.Repeat(strings.Repeat("x", 70)+"\r\n", 16<<20/72)
	for told, want := range map[string]smtpout.Outcome{drop: smtpout.Soft, "552 5.3.4 enough": smtpout.Hard, "250 thank you": smtpout.Soft, hang: smtpout.Soft} {
		t.Run(told, func(t *testing.T) {
			t.Parallel()
			said := false
			p := startPeer(t, func(verb, _ string) string {
				if verb != "body" {
					return ""
				}
				if said {
					return hang
				}
				said = true
				return told
			}, offering())
			s := p.server()
			s.Timeout = 2 * time.Second
			results, err := newPool(t, smtpout.Config{}).Send(t.Context(), s, camille, []byte(big), func(context.Context) error {
				t.Error("the dot was announced")
				return nil
			})
			if err != nil || results[0].Outcome != want || len(p.mails()) != 0 {
				t.Errorf("%+v, %v, took %d", results, err, len(p.mails()))
			}
		})
	}
}

// A server that says nothing costs its time limit and no more.
func TestSilence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		verb string
		want smtpout.Outcome
	}{
		{"connect", smtpout.Soft},
		{"MAIL", smtpout.Soft},
		{"RCPT", smtpout.Soft},
		{"DATA", smtpout.Soft},
		{".", smtpout.Uncertain},
	}
	for _, tt := range tests {
		t.Run(tt.verb, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, at(tt.verb, hang))
			s := p.server()
			s.AnswerTimeout = 50 * time.Millisecond
			if tt.verb != "." {
				s.Timeout = 200 * time.Millisecond
			}
			if got := send(t, newPool(t, smtpout.Config{}), s); got.Outcome != tt.want {
				t.Errorf("got %v: %s", got.Outcome, got.Text)
			}
		})
	}
}

// The desk is stopped while a mail is under way: before the dot nothing is
// sent, after it the answer still gets its moment.
func TestStopped(t *testing.T) {
	t.Parallel()
	stopAt := func(t *testing.T, verb string, grace time.Duration, told string) (smtpout.RecipientResult, *peer) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		p := startPeer(t, func(heard, _ string) string {
			if heard == verb {
				stop()
				return told
			}
			return ""
		})
		results, err := newPool(t, smtpout.Config{AnswerGrace: grace}).Send(ctx, p.server(), camille, []byte(mailText), recorded)
		if err != nil {
			t.Fatal(err)
		}
		return results[0], p
	}
	t.Run("at RCPT", func(t *testing.T) {
		t.Parallel()
		got, p := stopAt(t, "RCPT", time.Minute, hang)
		if got.Outcome != smtpout.Soft || len(p.mails()) != 0 || got.ConfigProblem.FR != "" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("at the dot, the answer comes", func(t *testing.T) {
		t.Parallel()
		if got, _ := stopAt(t, ".", time.Minute, ""); got.Outcome != smtpout.Accepted {
			t.Errorf("%+v", got)
		}
	})
	t.Run("at the dot, no answer", func(t *testing.T) {
		t.Parallel()
		if got, _ := stopAt(t, ".", time.Millisecond, hang); got.Outcome != smtpout.Uncertain {
			t.Errorf("%+v", got)
		}
	})
}

// One refusal does not stop the others, and each has its own answer.
func TestRecipientsApart(t *testing.T) {
	t.Parallel()
	p := startPeer(t, func(verb, line string) string {
		switch {
		case verb == "RCPT" && strings.Contains(line, "paul"):
			return "550 5.1.1 unknown"
		case verb == "RCPT" && strings.Contains(line, "ines"):
			return "452 4.2.2 mailbox full"
		}
		return ""
	})
	e := smtpout.Envelope{From: camille.From, To: []string{"paul@example.org", "camille@example.net", "no address", "ines@example.com"}}
	results, err := newPool(t, smtpout.Config{}).Send(t.Context(), p.server(), e, []byte(mailText), recorded)
	if err != nil {
		t.Fatal(err)
	}
	want := []smtpout.Outcome{smtpout.Hard, smtpout.Accepted, smtpout.Hard, smtpout.Soft}
	for i, r := range results {
		if r.Outcome != want[i] || r.Address != e.To[i] {
			t.Errorf("%s: %v, want %v", r.Address, r.Outcome, want[i])
		}
	}
	if len(p.mails()) != 1 {
		t.Errorf("the server took %d mails", len(p.mails()))
	}
}

func TestAllRefusedThenNextMailOnTheSameConnection(t *testing.T) {
	t.Parallel()
	first := true
	p := startPeer(t, func(verb, _ string) string {
		if verb == "RCPT" && first {
			first = false
			return "550 5.1.1 unknown"
		}
		return ""
	})
	pool := newPool(t, smtpout.Config{})
	if got := send(t, pool, p.server()); got.Outcome != smtpout.Hard {
		t.Errorf("first: %+v", got)
	}
	if got := send(t, pool, p.server()); got.Outcome != smtpout.Accepted || p.connections() != 1 {
		t.Errorf("second: %+v over %d connections", got, p.connections())
	}
}

// What the server or the mail cannot carry is said before a byte of it leaves.
func TestWhatCannotBeCarried(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		raw        string
		to         string
		extensions []string
		want       smtpout.Outcome
		mailLine   string
	}{
		{"too big", mailText, "camille@example.net", []string{"SIZE 20"}, smtpout.Hard, ""},
		{"size told", mailText, "camille@example.net", []string{"size 2000"}, smtpout.Accepted, fmt.Sprintf(" SIZE=%d", len(mailText))},
		{"8-bit body, offered", "A: b\r\n\r\nété\r\n", "camille@example.net", []string{"8BITMIME"}, smtpout.Accepted, " BODY=8BITMIME"},
		{"8-bit body, not offered", "A: b\r\n\r\nété\r\n", "camille@example.net", nil, smtpout.Hard, ""},
		{"8-bit header", "A: été\r\n\r\nb\r\n", "camille@example.net", []string{"8BITMIME", "SMTPUTF8"}, smtpout.Accepted, " BODY=8BITMIME SMTPUTF8"},
		{"8-bit header, not offered", "A: été\r\n\r\nb\r\n", "camille@example.net", []string{"8BITMIME"}, smtpout.Hard, ""},
		{"address with accents", mailText, "zoë@example.net", []string{"SMTPUTF8"}, smtpout.Accepted, " SMTPUTF8"},
		{"address with accents, not offered", mailText, "zoë@example.net", nil, smtpout.Hard, ""},
		{"domain with accents needs nothing", mailText, "ines@bijoux-été.example", nil, smtpout.Accepted, ""},
		{"bare LF", "A: b\n.\r\n\r\nc\r\n", "camille@example.net", nil, smtpout.Hard, ""},
		{"bare CR", "A: b\r\n\r\nc\r.\r\n", "camille@example.net", nil, smtpout.Hard, ""},
		{"endless line", "A: " + strings.Repeat("x", 1000) + "\r\n\r\n", "camille@example.net", nil, smtpout.Hard, ""},
		{"nothing", "", "camille@example.net", nil, smtpout.Hard, ""},
		{"no line end at the end", "A: b\r\n\r\nc", "camille@example.net", nil, smtpout.Accepted, ""},
		{"command in an address", mailText, "a@b.example>\r\nRCPT TO:<c@d.example", nil, smtpout.Hard, ""},
		{"two dots in an address", mailText, "jean..luc@example.net", nil, smtpout.Accepted, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, nil, offering(tt.extensions...))
			results, err := newPool(t, smtpout.Config{}).Send(t.Context(), p.server(), smtpout.Envelope{To: []string{tt.to}}, []byte(tt.raw), recorded)
			if err != nil || results[0].Outcome != tt.want {
				t.Fatalf("got %+v, %v", results, err)
			}
			if tt.want == smtpout.Accepted && p.count("MAIL FROM:<>"+tt.mailLine) != 1 {
				t.Errorf("said %q", p.heard)
			}
			if tt.want == smtpout.Hard && p.count("RCPT") != 0 {
				t.Errorf("the server was asked all the same: %q", p.heard)
			}
		})
	}
}

func TestSenderThatIsNoAddressIsOurFault(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	e := smtpout.Envelope{From: "Maison Lila", To: camille.To}
	results, err := newPool(t, smtpout.Config{}).Send(t.Context(), p.server(), e, []byte(mailText), recorded)
	if err != nil || results[0].Outcome != smtpout.Soft || results[0].ConfigProblem.FR == "" || p.connections() != 0 {
		t.Errorf("%+v, %v", results, err)
	}
}

func TestNobodyToSendTo(t *testing.T) {
	t.Parallel()
	_, err := newPool(t, smtpout.Config{}).Send(t.Context(), smtpout.Server{}, smtpout.Envelope{}, []byte(mailText), recorded)
	if !errors.Is(err, smtpout.ErrNoRecipient) {
		t.Errorf("got %v", err)
	}
}
