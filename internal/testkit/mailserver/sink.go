package mailserver

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Stage is a point of an SMTP transaction at which Sink can misbehave.
type Stage string

// The stages, in the order of a transaction.
const (
	AtConnect Stage = "connect" // before the greeting's end
	AtAuth    Stage = "auth"
	AtMail    Stage = "mail"
	AtRcpt    Stage = "rcpt"
	AtData    Stage = "data"  // DATA was said, half of the message may have come
	AtDot     Stage = "dot"   // the message was read to its dot, and is not recorded
	AfterDot  Stage = "after" // the message is recorded, the answer is not sent yet
)

// ErrDrop closes the connection without an answer. At AfterDot it makes the
// case that no sender can settle: accepted, and never said so.
var ErrDrop = errors.New("drop the connection")

// Received is a message that Sink has recorded.
type Received struct {
	From string
	To   []string
	Raw  []byte
}

// Sink is an SMTP server that records what it accepts and fails as told. It is
// the judge of what was sent: a recorded message has arrived, answered or not.
type Sink struct {
	Addr string

	mu       sync.Mutex
	faults   map[Stage]Fault
	messages []Received
	arrived  chan struct{} // closed and renewed at each arrival
	server   *smtp.Server
}

// Fault decides at a stage: nil goes on, an *smtp.SMTPError is the answer,
// ErrDrop closes. It may block, to hold a transaction there. r holds what is
// known so far; it is called without any lock, from many connections at once.
type Fault func(r Received) error

// NewSink starts a Sink, ended with the test.
func NewSink(t testing.TB) *Sink {
	t.Helper()
	s := &Sink{faults: map[Stage]Fault{}, arrived: make(chan struct{})}
	s.listen(t, "127.0.0.1:0")
	t.Cleanup(func() { _ = s.server.Close() })
	return s
}

func (s *Sink) listen(t testing.TB, addr string) {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	s.Addr = l.Addr().String()
	s.server = smtp.NewServer(smtp.BackendFunc(s.open))
	s.server.Domain = Host
	s.server.AllowInsecureAuth = true
	s.server.EnableSMTPUTF8 = true
	s.server.ErrorLog = quiet{} // dropped connections are its work
	server := s.server
	go func() { _ = server.Serve(l) }() // ends when the server is closed
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Stop closes the listener and every connection.
func (s *Sink) Stop(t testing.TB) {
	t.Helper()
	_ = s.server.Close()
}

// Start listens again on the same address after Stop; what was recorded stays.
func (s *Sink) Start(t testing.TB) {
	t.Helper()
	s.listen(t, s.Addr)
}

// FailAt makes every transaction meet fault at a stage, until another FailAt
// for that stage; nil ends it.
func (s *Sink) FailAt(stage Stage, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[stage] = fault
}

// FailOnce makes the next transaction that gets there fail, and no other.
func (s *Sink) FailOnce(stage Stage, err error) {
	var once sync.Once
	s.FailAt(stage, func(Received) (answer error) {
		once.Do(func() { answer = err })
		return answer
	})
}

// Refuse is an answer with a code, as 450 or 550, and a text.
func Refuse(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: text}
}

// Messages is what was recorded so far, oldest first.
func (s *Sink) Messages() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Wait returns the messages once there are n, and fails the test after 20 s.
func (s *Sink) Wait(t testing.TB, n int) []Received {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		s.mu.Lock()
		messages, arrived := slices.Clone(s.messages), s.arrived
		s.mu.Unlock()
		if len(messages) >= n {
			return messages
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			t.Fatalf("%d messages arrived, want %d", len(messages), n)
		}
	}
}

func (s *Sink) record(r Received) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, r)
	close(s.arrived)
	s.arrived = make(chan struct{})
}

func (s *Sink) meet(stage Stage, r Received) error {
	s.mu.Lock()
	fault := s.faults[stage]
	s.mu.Unlock()
	if fault == nil {
		return nil
	}
	return fault(r)
}

func (s *Sink) open(c *smtp.Conn) (smtp.Session, error) {
	session := &transaction{sink: s, conn: c}
	err := session.meet(AtConnect)
	return session, err
}

// transaction is one connection's session.
type transaction struct {
	sink *Sink
	conn *smtp.Conn
	mail Received
}

// meet applies a fault; a drop closes the connection under the library's feet,
// so that no answer gets through.
func (x *transaction) meet(stage Stage) error {
	err := x.sink.meet(stage, x.mail)
	if errors.Is(err, ErrDrop) {
		_ = x.conn.Conn().Close()
	}
	return err
}

func (x *transaction) Reset()        { x.mail = Received{} }
func (x *transaction) Logout() error { return nil }

// AuthMechanisms offers PLAIN; every name and password is good.
func (x *transaction) AuthMechanisms() []string { return []string{sasl.Plain} }

func (x *transaction) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, _ string) error { return x.meet(AtAuth) }), nil
}

func (x *transaction) Mail(from string, _ *smtp.MailOptions) error {
	x.mail = Received{From: from}
	return x.meet(AtMail)
}

func (x *transaction) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.mail.To = append(x.mail.To, to)
	return x.meet(AtRcpt)
}

func (x *transaction) Data(r io.Reader) error {
	if err := x.meet(AtData); err != nil {
		return err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err //nolint:wrapcheck // the peer is gone, nobody reads this
	}
	x.mail.Raw = raw
	if err := x.meet(AtDot); err != nil {
		return err
	}
	x.sink.record(x.mail)
	return x.meet(AfterDot)
}
