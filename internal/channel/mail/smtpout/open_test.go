package smtpout_test

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
)

func TestEncryption(t *testing.T) {
	t.Parallel()
	config, roots := certificate(t)
	tests := []struct {
		name, security string
		implicit       bool
		offered        string
		roots          *x509.CertPool
		want           smtpout.Outcome
		sentence       string // of the French advice
	}{
		{"tls", smtpout.TLS, true, "", roots, smtpout.Accepted, ""},
		{"starttls", smtpout.StartTLS, false, "STARTTLS", roots, smtpout.Accepted, ""},
		{"starttls removed by somebody", smtpout.StartTLS, false, "HELP", roots, smtpout.Soft, "STARTTLS sur le port"},
		{"tls on a plain port", smtpout.TLS, false, "", roots, smtpout.Soft, "ne parle pas TLS dès la connexion"},
		{"unknown authority", smtpout.TLS, true, "", x509.NewCertPool(), smtpout.Soft, "aucune autorité connue"},
		{"unknown authority, starttls", smtpout.StartTLS, false, "STARTTLS", x509.NewCertPool(), smtpout.Soft, "aucune autorité connue"},
		{"no such security", "ssl3", false, "", roots, smtpout.Soft, "n'existe pas"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, nil, encrypted(config, tt.implicit), offering(tt.offered, "AUTH PLAIN"))
			s := p.server()
			s.Security, s.RootCAs = tt.security, tt.roots
			s.Auth, s.Username, s.Password = smtpout.Plain, "lila", "secret"
			got := send(t, newPool(t, smtpout.Config{}), s)
			if got.Outcome != tt.want || !strings.Contains(got.ConfigProblem.FR, tt.sentence) {
				t.Errorf("%+v", got)
			}
			if tt.want == smtpout.Soft && p.count("AUTH") != 0 {
				t.Error("the password went out all the same")
			}
		})
	}
}

func TestCertificateOfAnotherHost(t *testing.T) {
	t.Parallel()
	config, roots := certificate(t)
	p := startPeer(t, nil, encrypted(config, true))
	s := p.server()
	s.RootCAs = roots
	s.Security, s.Host = smtpout.TLS, "localhost" // the certificate is for 127.0.0.1
	if got := send(t, newPool(t, smtpout.Config{}), s); !strings.Contains(got.ConfigProblem.FR, "n'est pas celui de localhost") {
		t.Errorf("%+v", got)
	}
}

// Words slipped in behind the answer to STARTTLS, before the encryption, are an
// attack (RFC 3207, 4.2).
func TestWordsInjectedBeforeTheHandshake(t *testing.T) {
	t.Parallel()
	config, roots := certificate(t)
	p := startPeer(t, at("STARTTLS", "220 go on\r\n250 injected"), encrypted(config, false), offering("STARTTLS"))
	s := p.server()
	s.Security, s.RootCAs = smtpout.StartTLS, roots
	if got := send(t, newPool(t, smtpout.Config{}), s); got.Outcome != smtpout.Soft || len(p.mails()) != 0 {
		t.Errorf("%+v", got)
	}
}

// farAway makes a connection look as if the server were on another machine.
type farAway struct{ net.Conn }

func (farAway) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 25), Port: 25} }

func TestPlainTextOnlyOnThisMachine(t *testing.T) {
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		p := startPeer(t, nil)
		pool := newPool(t, smtpout.Config{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return farAway{conn}, err
		}})
		s := p.server()
		s.AllowPlain = allowed
		got := send(t, pool, s)
		if (got.Outcome == smtpout.Accepted) != allowed || (got.ConfigProblem.FR == "") != allowed {
			t.Errorf("allowed %v: %+v", allowed, got)
		}
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tests := []struct {
		name, auth string
		script     map[string]string // what is said to a line
		want       smtpout.Outcome
		code       int
		said       []string
	}{
		{"plain", smtpout.Plain, nil, smtpout.Accepted, 250, []string{"AUTH PLAIN " + b64("\x00lila\x00secret")}},
		{"login", smtpout.Login, map[string]string{"AUTH LOGIN": "334 " + b64("User Name\x00"), b64("lila"): "334 Mot de passe ?", b64("secret"): "235 ok"}, smtpout.Accepted, 250, []string{b64("lila"), b64("secret")}},
		{"login that never ends", smtpout.Login, map[string]string{"AUTH LOGIN": "334 more", b64("lila"): "334 more", b64("secret"): "334 more"}, smtpout.Soft, 0, nil},
		{"xoauth2", smtpout.XOAuth2, nil, smtpout.Accepted, 250, []string{"AUTH XOAUTH2 " + b64("user=lila\x01auth=Bearer token-1\x01\x01")}},
		{"xoauth2 refused", smtpout.XOAuth2, map[string]string{"AUTH XOAUTH2": "334 " + b64(`{"status":"401"}`), "": "535 5.7.8 refused"}, smtpout.Soft, 535, nil},
		{"wrong password", smtpout.Plain, map[string]string{"AUTH PLAIN": "535 5.7.8 wrong"}, smtpout.Soft, 535, nil},
		{"app password wanted", smtpout.Plain, map[string]string{"AUTH PLAIN": "534 5.7.9 Application-specific password required"}, smtpout.Soft, 534, nil},
		{"directory down", smtpout.Plain, map[string]string{"AUTH PLAIN": "454 4.7.0 later"}, smtpout.Soft, 454, nil},
		{"unknown way", "cram", nil, smtpout.Soft, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, func(verb, line string) string {
				for prefix, told := range tt.script {
					if verb != "connect" && line == prefix || prefix != "" && verb == "AUTH" && strings.HasPrefix(line, prefix) {
						return told
					}
				}
				return ""
			})
			s := p.server()
			s.Auth, s.Username, s.Password = tt.auth, "lila", "secret"
			s.Token = func(context.Context) (string, error) { return "token-1", nil }
			got := send(t, newPool(t, smtpout.Config{}), s)
			if got.Outcome != tt.want || got.Code != tt.code || (got.ConfigProblem.FR == "") != (tt.want == smtpout.Accepted) {
				t.Errorf("%+v", got)
			}
			if strings.Contains(got.ConfigProblem.FR+got.Text, "secret") {
				t.Error("the password is in the result")
			}
			for _, line := range tt.said {
				if p.count(line) != 1 {
					t.Errorf("%q was not said", line)
				}
			}
		})
	}
}

func TestSignInWithoutAToken(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	s := p.server()
	s.Auth = smtpout.XOAuth2
	for _, token := range []func(context.Context) (string, error){nil, func(context.Context) (string, error) { return "", errors.New("revoked") }} {
		s.Token = token
		if got := send(t, newPool(t, smtpout.Config{}), s); !strings.Contains(got.ConfigProblem.FR, "Reconnectez la boîte") || got.Outcome != smtpout.Soft {
			t.Errorf("%+v", got)
		}
	}
}

func TestServerThatCannotBeReached(t *testing.T) {
	t.Parallel()
	p := startPeer(t, nil)
	p.stop()
	if got := send(t, newPool(t, smtpout.Config{}), p.server()); got.Outcome != smtpout.Soft || !strings.Contains(got.ConfigProblem.FR, "ne répond pas sur le port") {
		t.Errorf("%+v", got)
	}
	pool := newPool(t, smtpout.Config{Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "smtp.maison-lilas.example", IsNotFound: true}}
	}})
	if got := send(t, pool, p.server()); got.Outcome != smtpout.Soft || !strings.Contains(got.ConfigProblem.FR, "est introuvable") {
		t.Errorf("%+v", got)
	}
}

// canned is a server whose every word is given beforehand.
type canned struct {
	net.Conn
	mu    sync.Mutex
	words *strings.Reader
	said  strings.Builder
}

func (c *canned) Read(b []byte) (int, error) { return c.words.Read(b) }

func (c *canned) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.Write(b)
}

// FuzzAnswers: whatever a server says, each recipient gets exactly one outcome,
// accepted and uncertain only after the record, and accepted only after a dot.
func FuzzAnswers(f *testing.F) {
	f.Add("220 a\r\n250-a\r\n250 SIZE 9\r\n250 b\r\n250 c\r\n354 d\r\n250 e\r\n")
	f.Add("220 a\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n250 b\r\n550 5.1.1 c\r\n550-5.1.1 d\r\n550 5.1.1 e\r\n")
	f.Add("220-\r\n220-\r\n220 \r\n250\r\n250 \r\n250 \r\n250 \r\n354 \r\n25")
	f.Add(strings.Repeat("220-x\r\n", 300))
	f.Fuzz(func(t *testing.T, words string) {
		inner, outer := net.Pipe()
		defer outer.Close()
		conn := &canned{Conn: inner, words: strings.NewReader(words)}
		pool := smtpout.NewPool(smtpout.Config{Dial: func(context.Context, string, string) (net.Conn, error) { return conn, nil }})
		defer pool.Close()
		recorded := false
		e := smtpout.Envelope{To: []string{"camille@example.net", "paul@example.org"}}
		results, err := pool.Send(t.Context(), smtpout.Server{Security: smtpout.None, AllowPlain: true}, e, []byte(mailText), func(context.Context) error {
			recorded = true
			return nil
		})
		if err != nil || len(results) != 2 {
			t.Fatalf("%v, %v", results, err)
		}
		conn.mu.Lock()
		dot := strings.Contains(conn.said.String(), "demain.\r\n.\r\n")
		conn.mu.Unlock()
		for _, r := range results {
			switch r.Outcome {
			case smtpout.Soft, smtpout.Hard:
			case smtpout.Accepted, smtpout.Uncertain:
				if !recorded || !dot {
					t.Errorf("%v without record (%v) or dot (%v)", r.Outcome, recorded, dot)
				}
			default:
				t.Errorf("%s has no outcome", r.Address)
			}
		}
		if dot && !recorded {
			t.Error("a dot without a record")
		}
	})
}
