package imapin_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// crook is an IMAP server that cannot give one of its mails.
type crook struct {
	addr     string
	poisoned imap.UID
	way      string // what happens when it is asked for: omit, no, break; header: only its header can be had
	mu       sync.Mutex
	asked    int
}

func newCrook(t *testing.T, poisoned imap.UID, way string, mails int) *crook {
	t.Helper()
	k := &crook{poisoned: poisoned, way: way}
	user := imapmemserver.NewUser(lila, "tulipe-noire")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	for n := range mails {
		raw := mailFrom("Camille Renaud", n)
		if _, err := user.Append("INBOX", bytesLiteral{bytes.NewReader(raw)}, &imap.AppendOptions{Time: friday}); err != nil {
			t.Fatal(err)
		}
	}
	server := imapserver.New(&imapserver.Options{
		InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
		NewSession: func(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &crookSession{UserSession: imapmemserver.NewUserSession(user), crook: k, conn: c.NetConn()}, nil, nil
		},
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	k.addr = l.Addr().String()
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return k
}

type bytesLiteral struct{ *bytes.Reader }

func (b bytesLiteral) Size() int64 { return b.Reader.Size() }

type crookSession struct {
	*imapmemserver.UserSession
	crook *crook
	conn  net.Conn
}

func (s *crookSession) Login(username, password string) error {
	if username != lila || password != "tulipe-noire" {
		return imapserver.ErrAuthFailed
	}
	return nil
}

func (s *crookSession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	if !s.hits(set) {
		return s.UserSession.Fetch(w, set, options)
	}
	s.crook.mu.Lock()
	s.crook.asked++
	s.crook.mu.Unlock()
	header := len(options.BodySection) == 1 && options.BodySection[0].Specifier == imap.PartSpecifierHeader
	switch {
	case header && strings.HasPrefix(s.crook.way, "header"):
		return s.UserSession.Fetch(w, set, options)
	case strings.HasSuffix(s.crook.way, "omit"):
		return s.UserSession.Fetch(w, s.without(set), options)
	case strings.HasSuffix(s.crook.way, "no"):
		return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeServerBug, Text: "Internal error"}
	default:
		_ = s.conn.Close()
		return errors.New("gone")
	}
}

// hits tells whether the poisoned mail is asked for. Nothing is ever expunged
// here, so that numbers and UIDs are the same.
func (s *crookSession) hits(set imap.NumSet) bool {
	switch set := set.(type) {
	case imap.UIDSet:
		return set.Contains(s.crook.poisoned)
	case imap.SeqSet:
		return set.Contains(uint32(s.crook.poisoned))
	}
	return false
}

func (s *crookSession) without(set imap.NumSet) imap.NumSet {
	uids, ok := set.(imap.UIDSet)
	if !ok {
		return imap.SeqSetNum(9999)
	}
	all, _ := uids.Nums()
	return imap.UIDSetNum(slices.DeleteFunc(all, func(u imap.UID) bool { return u == s.crook.poisoned })...)
}

// One mail that cannot be fetched is quarantined after three tries with what
// could be had of it, and stops none of the others.
func TestUnfetchableMail(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"omit", "no", "break", "header omit", "header no", "header break"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			server := newCrook(t, 3, way, 7)
			d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), server.addr)
			d.catchUp()
			if q, ok := d.count("INBOX", intake.StateQuarantined), d.count("INBOX", intake.StateStored); q != 1 || ok != 6 {
				t.Fatalf("quarantined %d, stored %d; want 1 and 6", q, ok)
			}
			it := d.quarantined()
			if it.Reason != imapin.ReasonUnfetchable || it.UID != 3 {
				t.Errorf("quarantined %d for %q", it.UID, it.Reason)
			}
			if hasHeader := it.Size > 0; hasHeader != strings.HasPrefix(way, "header") {
				t.Errorf("%d bytes were kept", it.Size)
			}
			server.mu.Lock()
			asked := server.asked
			server.mu.Unlock()
			if asked < 4 {
				t.Errorf("asked %d times in all, want the bulk and three tries", asked)
			}
			if f := d.reconcile()["INBOX"]; f.InBox != 7 || f.Missing != 0 || f.Position != 7 {
				t.Errorf("%+v, want 7 in the box, 0 missing, position 7", f)
			}
		})
	}
}

func (d *desk) quarantined() (it intake.Item) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx *store.Tx) error {
		list, err := intake.Quarantined(tx, d.box.Shop, 0, 10)
		if err == nil {
			it = list[0]
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return it
}

// Without IDLE the folders are looked at from time to time.
func TestPolling(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), between(t, server.IMAPAddr, func(answer []byte) []byte {
		return bytes.ReplaceAll(answer, []byte(" IDLE"), []byte(" XDLE"))
	}))
	d.open()
	d.record.next(t)
	server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", 1), nil, friday)
	server.Append(t, lila, "Junk", mailFrom("Paul Delmas", 2), nil, friday)
	d.record.next(t)
	d.record.next(t)
	if in, junk := d.count("INBOX", intake.StateStored), d.count("Junk", intake.StateStored); in != 1 || junk != 1 {
		t.Errorf("stored %d and %d, want 1 and 1", in, junk)
	}
}

// A server that lists a folder in raw 8-bit, which no client has to understand,
// is still read.
func TestUnreadableFolderList(t *testing.T) {
	t.Parallel()
	server := mailserver.Dovecot(t)
	server.Append(t, lila, "Reclamations", mailFrom("Paul Delmas", 1), nil, friday)
	server.Append(t, lila, "Sent", mailFrom("Véronica", 2), nil, friday)
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), between(t, server.IMAPAddr, func(answer []byte) []byte {
		return bytes.ReplaceAll(answer, []byte("Reclamations"), []byte("\"R\xe9clam&ions\""))
	}))
	d.catchUp()
	if n := d.count("Sent", intake.StateStored); n != 1 {
		t.Errorf("stored %d of Sent, want 1", n)
	}
}

// A server that accepts everything and then says nothing is left.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
			_, _ = c.Write([]byte("* OK [CAPABILITY IMAP4rev1] bonjour\r\n"))
		}
	}()
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), l.Addr().String())
	d.service.Limits.Silence = 50 * time.Millisecond
	d.open()
	if p := <-d.record.problem; p.Code != imapin.CodeTimeout {
		t.Errorf("told %v, want a server that fell silent", p)
	}
}

// between puts a man in the middle who rewrites answers.
func between(t *testing.T, to string, rewrite func([]byte) []byte) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				_ = client.Close()
				continue
			}
			go func() {
				_, _ = io.Copy(server, client)
				_ = server.Close()
			}()
			go func() {
				defer client.Close()
				buf := make([]byte, 64<<10)
				for {
					n, err := server.Read(buf)
					if n > 0 {
						_, _ = client.Write(rewrite(buf[:n]))
					}
					if err != nil {
						return
					}
				}
			}()
		}
	}()
	return l.Addr().String()
}

// tokenServer accepts XOAUTH2 alone, as Google and Microsoft do.
type tokenServer struct{ *imapmemserver.UserSession }

// AuthenticateMechanisms is XOAUTH2 alone.
func (tokenServer) AuthenticateMechanisms() []string { return []string{"XOAUTH2"} }

// Authenticate begins the exchange.
func (tokenServer) Authenticate(string) (sasl.Server, error) { return &tokenCheck{}, nil }

// Login is never used.
func (tokenServer) Login(string, string) error { return imapserver.ErrAuthFailed }

type tokenCheck struct{ refused bool }

// Next checks the token; a wrong one is first explained, then refused.
func (c *tokenCheck) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case c.refused:
		return nil, false, imapserver.ErrAuthFailed
	case string(response) == "user="+lila+"\x01auth=Bearer jeton-valable\x01\x01":
		return nil, true, nil
	default:
		c.refused = true
		return []byte(`{"status":"400"}`), false, nil
	}
}

// token is a source of one token.
type token string

// Token gives it.
func (k token) Token(context.Context, imapin.Mailbox) (string, error) {
	if k == "" {
		return "", errors.New("revoked")
	}
	return string(k), nil
}

func TestSignInByToken(t *testing.T) {
	t.Parallel()
	user := imapmemserver.NewUser(lila, "")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	server := imapserver.New(&imapserver.Options{
		InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return tokenServer{imapmemserver.NewUserSession(user)}, nil, nil
		},
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	d := newDesk(t, testkit.OpenStore(t, t.TempDir()+"/desk.db"), l.Addr().String())
	d.box.Server.Auth = "xoauth2"
	for given, want := range map[token]imapin.Code{"jeton-valable": "", "jeton-faux": imapin.CodeAuth, "": imapin.CodeToken} {
		d.service.Tokens = given
		checks := d.service.Test(t.Context(), d.box)
		last := checks[len(checks)-1]
		if p := (imapin.Problem{Code: want, Fact: "127.0.0.1"}); last.OK != (want == "") || want != "" && last.EN != p.EN() {
			t.Errorf("token %q: %+v", given, last)
		}
	}
}
