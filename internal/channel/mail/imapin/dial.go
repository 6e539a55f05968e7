package imapin

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// box is one connection to a mailbox.
type box struct {
	c        *imapclient.Client
	conn     *patient
	host     string
	wake     chan struct{} // the server announced mail
	stop     func() bool   // unties the connection from its context
	selected string        // the folder that is open
}

const dialTimeout = 30 * time.Second

// open connects and signs in. The connection ends with ctx.
func (s *Service) open(ctx context.Context, m Mailbox) (*box, error) {
	b, err := s.connect(ctx, m.Server)
	if err != nil {
		return nil, err
	}
	if err := s.signIn(ctx, b, m); err != nil {
		b.close()
		return nil, b.explain(err)
	}
	return b, nil
}

// explain gives an error its problem from what the connection saw: go-imap
// keeps only the text of an error of the network.
func (b *box) explain(err error) error {
	var t *trouble
	var answer *imap.Error
	switch {
	case err == nil, errors.As(err, &t), errors.As(err, &answer):
		return err
	case b.conn.broke.Load():
		return troubled(CodeTimeout, b.host, err)
	default:
		return troubled(CodeServer, "protocol", err)
	}
}

// connect reaches the server and, where asked for, protects the connection.
func (s *Service) connect(ctx context.Context, srv Server) (*box, error) {
	address := net.JoinHostPort(srv.Host, strconv.Itoa(srv.Port))
	dialer := net.Dialer{Timeout: dialTimeout}
	raw, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("reach %s: %w", address, err)
	}
	conn := &patient{Conn: raw}
	conn.allow(s.Limits.Silence)
	b := &box{conn: conn, host: srv.Host, wake: make(chan struct{}, 1)}
	b.stop = context.AfterFunc(ctx, func() { _ = raw.Close() })
	if b.c, err = s.protect(ctx, b, srv); err != nil {
		b.stop()
		_ = raw.Close()
		return nil, err
	}
	if err := b.c.WaitGreeting(); err != nil {
		b.close()
		return nil, b.explain(fmt.Errorf("greeting of %s: %w", address, err))
	}
	return b, nil
}

func (s *Service) protect(ctx context.Context, b *box, srv Server) (*imapclient.Client, error) {
	config := &tls.Config{RootCAs: s.RootCAs, ServerName: srv.Host, MinVersion: tls.VersionTLS12}
	options := &imapclient.Options{TLSConfig: config, UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: b.announced}}
	switch srv.Security {
	case TLS:
		t := tls.Client(b.conn, config)
		if err := t.HandshakeContext(ctx); err != nil {
			return nil, handshakeTrouble(err, srv.Host)
		}
		return imapclient.New(t, options), nil
	case StartTLS:
		c, err := imapclient.NewStartTLS(b.conn, options)
		if err != nil {
			return nil, handshakeTrouble(err, srv.Host)
		}
		return c, nil
	case None:
		if !s.AllowPlain && !isLoopback(b.conn.RemoteAddr()) {
			return nil, troubled(CodePlain, srv.Host, errors.New("unprotected connection refused"))
		}
		return imapclient.New(b.conn, options), nil
	default:
		return nil, fmt.Errorf("unknown protection %q", srv.Security)
	}
}

// handshakeTrouble tells a bad certificate and a server that fell silent from
// one that speaks no TLS.
func handshakeTrouble(err error, host string) error {
	p := problemOf(err, host)
	if p.Code != CodeCertificate && !errors.Is(err, context.Canceled) {
		var netErr net.Error
		if !errors.As(err, &netErr) || !netErr.Timeout() {
			p = Problem{CodeNoTLS, host}
		}
	}
	return &trouble{p, err}
}

func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// announced runs in the connection's reader: it must not block.
func (b *box) announced(d *imapclient.UnilateralDataMailbox) {
	if d.NumMessages == nil {
		return
	}
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

func (s *Service) signIn(ctx context.Context, b *box, m Mailbox) error {
	if b.c.State() != imap.ConnStateNotAuthenticated { // PREAUTH
		return nil
	}
	err := s.authenticate(ctx, b, m)
	var answer *imap.Error
	if errors.As(err, &answer) && answer.Code != imap.ResponseCodeUnavailable {
		return troubled(CodeAuth, m.Server.Host, err)
	}
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return nil
}

func (s *Service) authenticate(ctx context.Context, b *box, m Mailbox) error {
	caps := b.c.Caps()
	if m.Server.Auth == "xoauth2" {
		if s.Tokens == nil {
			return troubled(CodeToken, m.Server.Host, errors.New("no token source"))
		}
		token, err := s.Tokens.Token(ctx, m)
		if err != nil {
			return troubled(CodeToken, m.Server.Host, err)
		}
		return b.c.Authenticate(xoauth2{m.Server.Username, token})
	}
	if caps.Has(imap.AuthCap("PLAIN")) {
		return b.c.Authenticate(sasl.NewPlainClient("", m.Server.Username, m.Server.Secret))
	}
	return b.c.Login(m.Server.Username, m.Server.Secret).Wait()
}

// xoauth2 is Google's and Microsoft's way to sign in by token.
type xoauth2 struct{ username, token string }

// Start gives the only message of the exchange.
func (x xoauth2) Start() (mech string, first []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.username + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the server's account of what is wrong with an empty line, upon
// which it refuses.
func (xoauth2) Next([]byte) ([]byte, error) { return nil, nil }

// close ends the connection without manners: whatever the server still wanted
// to say is of no use.
func (b *box) close() {
	b.stop()
	_ = b.conn.Close()
	_ = b.c.Close()
}

// leave says goodbye first.
func (b *box) leave() {
	b.conn.allow(5 * time.Second)
	_ = b.c.Logout().Wait()
	b.close()
}

// patient is a connection that breaks after silence, not after a fixed time: a
// large mail over a slow line may take long, a server that hangs may not.
// go-imap's own deadlines are ignored in its favour.
type patient struct {
	net.Conn
	silence atomic.Int64
	broke   atomic.Bool // it timed out or ended
}

// allow sets how long the server may say nothing from now on.
func (p *patient) allow(d time.Duration) {
	p.silence.Store(int64(d))
	_ = p.Conn.SetReadDeadline(time.Now().Add(d)) //nolint:forbidigo // a deadline of the network
}

// Read reads with a fresh deadline.
func (p *patient) Read(b []byte) (int, error) {
	_ = p.Conn.SetReadDeadline(time.Now().Add(time.Duration(p.silence.Load()))) //nolint:forbidigo // a deadline of the network
	n, err := p.Conn.Read(b)
	if err != nil {
		p.broke.Store(true)
	}
	return n, err
}

// Write writes with a fresh deadline.
func (p *patient) Write(b []byte) (int, error) {
	_ = p.Conn.SetWriteDeadline(time.Now().Add(time.Minute)) //nolint:forbidigo // a deadline of the network
	return p.Conn.Write(b)
}

// SetDeadline does nothing, see patient.
func (*patient) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, see patient.
func (*patient) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, see patient.
func (*patient) SetWriteDeadline(time.Time) error { return nil }
