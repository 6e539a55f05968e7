package smtpout_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
)

// What a script may tell the peer to do in place of an answer.
const (
	drop     = "drop"      // close the connection
	half     = "half"      // say half an answer, then close
	hang     = "hang"      // say nothing, until the end of the test
	takeDrop = "take+drop" // keep the mail, then close without an answer
)

// peer is an SMTP server that misbehaves on demand. It knows what it took,
// which is the truth that results are held against.
type peer struct {
	t          testing.TB
	address    string
	extensions []string
	tls        *tls.Config
	implicit   bool // TLS from the first byte

	// script gives the answer to a verb ("connect", "EHLO", "AUTH", "MAIL",
	// "RCPT", "DATA", "body", ".", "RSET", …); empty: the usual one.
	script func(verb, line string) string

	mu       sync.Mutex
	listener net.Listener
	up       bool
	open     map[net.Conn]bool
	taken    []string // mails
	heard    []string // commands
	lines    int      // of bodies
	dots     int
	dialled  int
	most     int // connections at once
	changed  chan struct{}
	done     chan struct{}
}

func startPeer(t testing.TB, script func(verb, line string) string, with ...func(p *peer)) *peer {
	t.Helper()
	p := &peer{t: t, script: script, open: map[net.Conn]bool{}, changed: make(chan struct{}), done: make(chan struct{}), extensions: []string{"PIPELINING", "SIZE 100000", "8BITMIME", "AUTH PLAIN LOGIN XOAUTH2", "ENHANCEDSTATUSCODES"}}
	if script == nil {
		p.script = func(string, string) string { return "" }
	}
	for _, set := range with {
		set(p)
	}
	p.address = "127.0.0.1:0"
	p.start()
	p.address = p.listener.Addr().String() // and the same after a restart
	t.Cleanup(func() { close(p.done); p.stop() })
	return p
}

// server is how the desk is told about the peer.
func (p *peer) server() smtpout.Server {
	_, port, _ := net.SplitHostPort(p.address)
	n, _ := strconv.Atoi(port)
	return smtpout.Server{Host: "127.0.0.1", Port: n, Security: smtpout.None, HelloName: "desk.maison-lila.example", Timeout: 20 * time.Second}
}

func (p *peer) start() {
	p.t.Helper()
	listener, err := net.Listen("tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.change(func() { p.listener, p.up = listener, true })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
}

// stop ends the server with all its connections, as a restart does.
func (p *peer) stop() {
	p.change(func() {
		p.up = false
		_ = p.listener.Close()
		for conn := range p.open {
			_ = conn.Close()
		}
	})
}

func (p *peer) change(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	close(p.changed)
	p.changed = make(chan struct{})
}

// wait lets time pass until something is true of the peer.
func (p *peer) wait(ctx context.Context, what string, is func() bool) {
	p.t.Helper()
	for {
		p.mu.Lock()
		yes, changed := is(), p.changed
		p.mu.Unlock()
		if yes {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			p.t.Errorf("waited in vain for: %s", what)
			return
		}
	}
}

func (p *peer) count(verb string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, line := range p.heard {
		if strings.HasPrefix(line, verb) {
			n++
		}
	}
	return n
}

// seen gives how many connections there were, the most at once, and the dots.
func (p *peer) seen() (dialled, most, dots int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dialled, p.most, p.dots
}

func (p *peer) connections() int {
	dialled, _, _ := p.seen()
	return dialled
}

func (p *peer) mails() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.taken...)
}

type dialogue struct {
	*peer
	conn net.Conn
	in   *bufio.Reader
}

func (p *peer) serve(conn net.Conn) {
	p.change(func() {
		p.open[conn] = true
		p.dialled++
		p.most = max(p.most, len(p.open))
	})
	defer func() {
		_ = conn.Close()
		p.change(func() { delete(p.open, conn) })
	}()
	d := &dialogue{p, conn, bufio.NewReader(conn)}
	if p.implicit {
		d.encrypt()
	}
	if !d.answer("connect", "", "220 peer.example ESMTP") {
		return
	}
	for {
		line, err := d.in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		p.change(func() { p.heard = append(p.heard, line) })
		if !d.command(line) {
			return
		}
	}
}

func (d *dialogue) encrypt() {
	d.conn = tls.Server(d.conn, d.tls)
	d.in = bufio.NewReader(d.conn)
}

func (d *dialogue) command(line string) bool {
	verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
	switch verb {
	case "EHLO":
		return d.answer(verb, line, "250-peer.example\r\n250-"+strings.Join(d.extensions, "\r\n250-")+"\r\n250 HELP")
	case "STARTTLS":
		if !d.answer(verb, line, "220 go on") {
			return false
		}
		d.encrypt()
		return true
	case "AUTH":
		return d.answer(verb, line, "235 2.7.0 welcome")
	case "DATA":
		return d.data(line)
	case "QUIT":
		d.answer(verb, line, "221 bye")
		return false
	}
	return d.answer(verb, line, "250 2.0.0 ok")
}

func (d *dialogue) data(line string) bool {
	if refused := d.script("DATA", line); refused != "" {
		return d.say(refused)
	}
	if !d.say("354 go on") {
		return false
	}
	var mail strings.Builder
	for {
		text, err := d.in.ReadString('\n')
		if err != nil {
			return false
		}
		if text == ".\r\n" {
			break
		}
		d.change(func() { d.lines++ })
		if told := d.script("body", text); told != "" && !d.say(told) {
			return false
		}
		mail.WriteString(strings.TrimPrefix(text, "."))
	}
	d.change(func() { d.dots++ })
	told := d.script(".", mail.String())
	if told == "" || told == takeDrop || strings.HasPrefix(told, "2") {
		d.change(func() { d.taken = append(d.taken, mail.String()) })
	}
	if told == "" {
		told = "250 2.0.0 queued as 4F1"
	}
	return d.say(told)
}

func (d *dialogue) answer(verb, line, usual string) bool {
	if told := d.script(verb, line); told != "" {
		return d.say(told)
	}
	return d.say(usual)
}

// say tells whether the dialogue goes on.
func (d *dialogue) say(words string) bool {
	switch words {
	case drop, takeDrop:
		return false
	case half:
		_, _ = d.conn.Write([]byte("25"))
		return false
	case hang:
		<-d.done
		return false
	}
	_, err := d.conn.Write([]byte(words + "\r\n"))
	return err == nil && !strings.HasPrefix(words, "421")
}

// at is a script with one odd answer.
func at(verb, told string) func(string, string) string {
	return func(heard, _ string) string {
		if heard == verb {
			return told
		}
		return ""
	}
}

// certificate is one for 127.0.0.1 with the pool that knows it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "peer.example"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: private}}}, roots
}

func newPool(t *testing.T, cfg smtpout.Config) *smtpout.Pool {
	t.Helper()
	if cfg.AnswerGrace == 0 {
		cfg.AnswerGrace = time.Millisecond
	}
	pool := smtpout.NewPool(cfg)
	t.Cleanup(pool.Close)
	return pool
}

// to dials the peer whatever name the server has.
func to(address string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
}

func offering(extensions ...string) func(p *peer) {
	return func(p *peer) { p.extensions = extensions }
}

func encrypted(config *tls.Config, fromTheStart bool) func(p *peer) {
	return func(p *peer) { p.tls, p.implicit = config, fromTheStart }
}
