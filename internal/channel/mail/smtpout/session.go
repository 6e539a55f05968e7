package smtpout

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// stage is the step of the dialogue in which something happened.
type stage string

const (
	atDNS      stage = "dns"
	atConnect  stage = "connect"
	atGreeting stage = "greeting" // and EHLO
	atTLS      stage = "tls"
	atAuth     stage = "auth"
	atMail     stage = "mail-from"
	atRcpt     stage = "rcpt"
	atData     stage = "data" // DATA and the body, before the dot
	atDot      stage = "dot"
)

// reply is a server's answer. lines has its words without the codes.
type reply struct {
	code  int
	lines []string
}

func (r reply) text() string { return strings.Join(r.lines, " ") }

// failure is why a step did not work: the server said so, or there is no
// answer of it.
type failure struct {
	at    stage
	reply reply // code 0 when the server said nothing
	cause error
}

func (f *failure) Error() string {
	if f.reply.code != 0 {
		return fmt.Sprintf("%s: %d %s", f.at, f.reply.code, f.reply.text())
	}
	return fmt.Sprintf("%s: %v", f.at, f.cause)
}

func (f *failure) Unwrap() error { return f.cause }

// lost tells that the connection is of no more use: no answer, or 421 (RFC
// 5321, 3.8).
func (f *failure) lost() bool { return f.reply.code == 0 || f.reply.code == 421 }

// Limits against a server that talks without end.
const (
	maxReplyLine  = 4096
	maxReplyLines = 128
)

// session is one open dialogue. It is used by one goroutine at a time.
type session struct {
	conn       net.Conn
	r          *bufio.Reader
	server     Server
	extensions map[string]string // upper case → parameters
	mails      int               // handed over on it
	kept       bool              // was idle before this mail
}

func newSession(conn net.Conn, s Server) *session {
	return &session{conn: conn, r: bufio.NewReaderSize(conn, maxReplyLine), server: s}
}

var longAgo = time.Unix(1, 0)

// within runs one network step. When ctx or the time limit ends before it is
// over it has failed, even if its bytes just made it, and the connection is of
// no more use: a step that counts as done never leaves a dead line behind.
func (c *session) within(ctx context.Context, limit time.Duration, step func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = c.conn.SetDeadline(longAgo) })
	err := step()
	if stop() {
		return err
	}
	return errors.Join(context.Cause(ctx), err)
}

// command says one line and hears the answer. A code outside the wanted class
// (2 for 2xx, 3 for 3xx) is a failure.
func (c *session) command(ctx context.Context, at stage, class int, line string) (reply, *failure) {
	return c.limited(ctx, c.server.timeout(), at, class, line)
}

func (c *session) limited(ctx context.Context, limit time.Duration, at stage, class int, line string) (reply, *failure) {
	return c.turn(ctx, limit, at, class, func() error {
		_, err := c.conn.Write([]byte(line + "\r\n"))
		return err
	})
}

// hear waits for what the server says unasked: its greeting.
func (c *session) hear(ctx context.Context, at stage, class int) (reply, *failure) {
	return c.turn(ctx, c.server.timeout(), at, class, func() error { return nil })
}

func (c *session) turn(ctx context.Context, limit time.Duration, at stage, class int, say func() error) (reply, *failure) {
	var r reply
	err := c.within(ctx, limit, func() (err error) {
		if err = say(); err == nil {
			r, err = readReply(c.r)
		}
		return err
	})
	if err != nil {
		return reply{}, &failure{at: at, cause: err}
	}
	if r.code/100 != class {
		return r, &failure{at: at, reply: r}
	}
	return r, nil
}

var errProtocol = errors.New("the answer is no SMTP")

// readReply reads one answer of one or more lines (RFC 5321, 4.2.1).
func readReply(in *bufio.Reader) (reply, error) {
	var r reply
	for range maxReplyLines {
		line, err := in.ReadSlice('\n')
		if err != nil {
			if errors.Is(err, bufio.ErrBufferFull) {
				err = errProtocol
			}
			return reply{}, err
		}
		words := strings.TrimRight(string(line), "\r\n")
		if len(words) < 3 {
			return reply{}, errProtocol
		}
		code, err := strconv.Atoi(words[:3])
		if err != nil || code < 200 || code > 599 || len(words) > 3 && words[3] != ' ' && words[3] != '-' {
			return reply{}, errProtocol
		}
		r.code = code
		r.lines = append(r.lines, strings.TrimSpace(words[min(4, len(words)):]))
		if len(words) == 3 || words[3] == ' ' {
			return r, nil
		}
	}
	return reply{}, errProtocol
}

// hello says EHLO, or HELO to a server that knows no extensions.
func (c *session) hello(ctx context.Context) *failure {
	name := c.server.helloName()
	r, fail := c.command(ctx, atGreeting, 2, "EHLO "+name)
	c.extensions = map[string]string{}
	if fail != nil {
		if code := fail.reply.code; code == 500 || code == 502 {
			_, fail = c.command(ctx, atGreeting, 2, "HELO "+name)
		}
		return fail
	}
	for _, line := range r.lines[1:] {
		word, params, _ := strings.Cut(line, " ")
		c.extensions[strings.ToUpper(word)] = params
	}
	return nil
}

// secure puts TLS under the dialogue. What the server said before the
// handshake is void; that it said anything is an attack (RFC 3207, 4.2).
func (c *session) secure(ctx context.Context) *failure {
	if c.r.Buffered() > 0 {
		return &failure{at: atTLS, cause: errProtocol}
	}
	client := tls.Client(c.conn, &tls.Config{ServerName: c.server.Host, RootCAs: c.server.RootCAs, MinVersion: tls.VersionTLS12})
	err := c.within(ctx, c.server.timeout(), func() error { return client.HandshakeContext(ctx) })
	if err != nil {
		return &failure{at: atTLS, cause: err}
	}
	c.conn, c.r = client, bufio.NewReaderSize(client, maxReplyLine)
	return nil
}

// reset makes sure that a kept connection is alive and clean. It is quick: a
// server that was restarted behind a dead line should not cost a minute.
func (c *session) reset(ctx context.Context) *failure {
	_, fail := c.limited(ctx, min(10*time.Second, c.server.timeout()), atGreeting, 2, "RSET")
	return fail
}

// quit is the polite end; its answer decides nothing and is waited for briefly.
func (c *session) quit() {
	_, _ = c.limited(context.Background(), time.Second, atGreeting, 2, "QUIT")
	c.close()
}

func (c *session) close() { _ = c.conn.Close() }
