package smtpout

import (
	"context"
	"encoding/base64"
	"errors"
	"net"
	"strings"

	"github.com/emersion/go-sasl"
)

type dialer func(ctx context.Context, network, address string) (net.Conn, error)

var (
	errPlain      = errors.New("no encryption towards another machine")
	errNoStartTLS = errors.New("the server does not offer STARTTLS")
	errSecurity   = errors.New("unknown kind of security")
	errMechanism  = errors.New("the server does not offer this way to sign in")
	errToken      = errors.New("no access token")
)

// open connects, encrypts and signs in.
func open(ctx context.Context, dial dialer, s Server) (*session, *failure) {
	if s.Security != TLS && s.Security != StartTLS && s.Security != None {
		return nil, &failure{at: atTLS, cause: errSecurity}
	}
	dialCtx, cancel := context.WithTimeout(ctx, s.timeout())
	defer cancel()
	conn, err := dial(dialCtx, "tcp", s.address())
	if err != nil {
		at := atConnect
		if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
			at = atDNS
		}
		return nil, &failure{at: at, cause: err}
	}
	c := newSession(conn, s)
	if fail := c.begin(ctx); fail != nil {
		c.close()
		return nil, fail
	}
	return c, nil
}

func (c *session) begin(ctx context.Context) *failure {
	if c.server.Security == None && !c.server.AllowPlain && !local(c.conn) {
		return &failure{at: atTLS, cause: errPlain}
	}
	if c.server.Security == TLS {
		if fail := c.secure(ctx); fail != nil {
			return fail
		}
	}
	if _, fail := c.hear(ctx, atGreeting, 2); fail != nil {
		return fail
	}
	if fail := c.hello(ctx); fail != nil {
		return fail
	}
	if c.server.Security == StartTLS {
		if fail := c.startTLS(ctx); fail != nil {
			return fail
		}
	}
	return c.signIn(ctx)
}

// startTLS never goes on in plain text: a missing STARTTLS may be somebody in
// between who removed it (RFC 8314, 4.1).
func (c *session) startTLS(ctx context.Context) *failure {
	if _, offered := c.extensions["STARTTLS"]; !offered {
		return &failure{at: atTLS, cause: errNoStartTLS}
	}
	if _, fail := c.command(ctx, atTLS, 2, "STARTTLS"); fail != nil {
		return fail
	}
	if fail := c.secure(ctx); fail != nil {
		return fail
	}
	return c.hello(ctx)
}

func local(conn net.Conn) bool {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// signIn runs the SASL dialogue (RFC 4954).
func (c *session) signIn(ctx context.Context) *failure {
	if c.server.Auth == "" {
		return nil
	}
	client, fail := c.mechanism(ctx)
	if fail != nil {
		return fail
	}
	name, first, err := client.Start()
	if err != nil {
		return &failure{at: atAuth, cause: err}
	}
	if !c.offers(name) {
		return &failure{at: atAuth, cause: errMechanism}
	}
	line := "AUTH " + name
	if first != nil {
		line += " " + base64.StdEncoding.EncodeToString(first)
	}
	for range 8 { // no mechanism here needs more than two turns
		r, fail := c.command(ctx, atAuth, 3, line)
		if r.code == 235 {
			return nil
		}
		if fail != nil {
			return fail
		}
		challenge, err := base64.StdEncoding.DecodeString(r.text())
		if err != nil {
			challenge = nil // some servers ask in plain words; ours need no challenge
		}
		response, err := client.Next(challenge)
		if err != nil {
			return &failure{at: atAuth, cause: err}
		}
		line = base64.StdEncoding.EncodeToString(response)
	}
	return &failure{at: atAuth, cause: errProtocol}
}

func (c *session) offers(mechanism string) bool {
	for _, offered := range strings.Fields(c.extensions["AUTH"]) {
		if strings.EqualFold(offered, mechanism) {
			return true
		}
	}
	return false
}

func (c *session) mechanism(ctx context.Context) (sasl.Client, *failure) {
	s := c.server
	switch s.Auth {
	case Plain:
		return sasl.NewPlainClient("", s.Username, s.Password), nil
	case Login:
		return &loginClient{answers: []string{s.Username, s.Password}}, nil
	case XOAuth2:
		if s.Token == nil {
			return nil, &failure{at: atAuth, cause: errToken}
		}
		token, err := s.Token(ctx)
		if err != nil {
			return nil, &failure{at: atAuth, cause: errors.Join(errToken, err)}
		}
		return xoauth2Client{s.Username, token}, nil
	}
	return nil, &failure{at: atAuth, cause: errMechanism}
}

// loginClient answers whatever is asked, first the name, then the password:
// servers word the two questions in many ways.
type loginClient struct{ answers []string }

func (*loginClient) Start() (string, []byte, error) { return sasl.Login, nil, nil }

func (c *loginClient) Next([]byte) ([]byte, error) {
	if len(c.answers) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	answer := c.answers[0]
	c.answers = c.answers[1:]
	return []byte(answer), nil
}

// xoauth2Client is Google's and Microsoft's XOAUTH2. A challenge is the
// server's reason for a refusal; it wants an empty answer before it says 535.
type xoauth2Client struct{ user, token string }

func (c xoauth2Client) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + c.user + "\x01auth=Bearer " + c.token + "\x01\x01"), nil
}

func (xoauth2Client) Next([]byte) ([]byte, error) { return []byte{}, nil }
