package smtpout

import (
	"context"
	"crypto/x509"
	"net"
	"strconv"
	"strings"
	"time"
)

// Values of Server.Security.
const (
	TLS      = "tls"      // from the first byte (RFC 8314), port 465
	StartTLS = "starttls" // demanded, never optional, port 587
	None     = "none"     // on this machine only, unless AllowPlain
)

// Values of Server.Auth; empty is no sign-in.
const (
	Plain   = "plain"
	Login   = "login"
	XOAuth2 = "xoauth2"
)

// Server is the shop's outgoing mail server and how to sign in to it.
type Server struct {
	Host       string
	Port       int
	Security   string
	AllowPlain bool // None towards another machine, e.g. a relay beside us in a private network
	Auth       string
	Username   string
	Password   string
	Token      func(ctx context.Context) (string, error) // for XOAuth2: a valid access token
	HelloName  string                                    // our name in EHLO; "localhost" when empty
	RootCAs    *x509.CertPool                            // nil: the system's
	// Timeout bounds each step (connect, command, 64 KB of body); a minute when 0.
	Timeout time.Duration
	// AnswerTimeout bounds the wait after the dot; ten minutes when 0 (RFC 5321,
	// 4.5.3.2.6), because who gives up earlier sends twice.
	AnswerTimeout time.Duration
}

func (s Server) address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

func (s Server) timeout() time.Duration {
	if s.Timeout <= 0 {
		return time.Minute
	}
	return s.Timeout
}

func (s Server) answerTimeout() time.Duration {
	if s.AnswerTimeout <= 0 {
		return 10 * time.Minute
	}
	return s.AnswerTimeout
}

func (s Server) helloName() string {
	if s.HelloName == "" || strings.ContainsAny(s.HelloName, " \t\r\n") {
		return "localhost"
	}
	return s.HelloName
}

// key tells servers apart: a new password is another server, whose connections
// are not shared with the old one's.
type key struct {
	host, security, auth, username, password, hello string
	port                                            int
	allowPlain                                      bool
	roots                                           *x509.CertPool
}

func (s Server) key() key {
	return key{s.Host, s.Security, s.Auth, s.Username, s.Password, s.HelloName, s.Port, s.AllowPlain, s.RootCAs}
}

// Envelope is who the server hears as sender and recipients. From is empty for
// mail that must not be answered by robots (RFC 3834, 3.3).
type Envelope struct {
	From string
	To   []string
}

// Outcome is what became of a mail for one recipient.
type Outcome int

// The outcomes. The zero value is none of them.
const (
	_         Outcome = iota
	Accepted          // the server took it
	Soft              // not taken; later
	Hard              // refused for good for this recipient
	Uncertain         // the dot left, no answer came: taken or not
)

func (o Outcome) String() string {
	switch o {
	case Accepted:
		return "accepted"
	case Soft:
		return "soft"
	case Hard:
		return "hard"
	case Uncertain:
		return "uncertain"
	}
	return "none"
}

// Sentence tells the person who runs the shop what is wrong and what to do; a
// hint of the provider's stands on a line of its own. What is kept is the
// English: the web app finds the French by it (ADR 018).
type Sentence struct{ FR, EN string }

// RecipientResult is the outcome for one address of the envelope, spelt as
// given. Code and Enhanced are the server's (RFC 5321, RFC 3463), 0 and "" when
// no answer of the server's decided; Text is its words in one line, or ours in
// English. ConfigProblem is set where the shop's settings or its server are at
// fault.
type RecipientResult struct {
	Address       string
	Outcome       Outcome
	Code          int
	Enhanced      string
	Text          string
	ConfigProblem Sentence
}
