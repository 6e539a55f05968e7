package kill_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
	"github.com/comptoir-desk/comptoir/internal/webhook"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

// receiver is the other side of a webhook: it takes all, and remembers.
type receiver struct {
	URL string

	mu     sync.Mutex
	secret string            // told once, read when nothing comes any more
	names  []string          // webhook-id, as they came
	bodies map[string]string // by webhook-id
	signed []signed
	wrong  []string
}

// signed is one message as it came. Its signature is judged at the end: the first
// may come before the test was told the secret.
type signed struct {
	name, signature, body string
	at                    time.Time
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{bodies: map[string]string{}}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.URL = server.URL
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	name := req.Header.Get("Webhook-Id")
	at, _ := strconv.ParseInt(req.Header.Get("Webhook-Timestamp"), 10, 64)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.wrong = append(r.wrong, name+" was cut")
	}
	r.signed = append(r.signed, signed{name, req.Header.Get("Webhook-Signature"), string(body), time.Unix(at, 0)})
	if before, known := r.bodies[name]; known && before != string(body) {
		r.wrong = append(r.wrong, name+" was other words the second time")
	}
	r.bodies[name] = string(body)
	r.names = append(r.names, name)
	w.WriteHeader(http.StatusNoContent)
}

func (r *receiver) taken() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.names...)
}

// mails counts the customers' mails that it was told of.
func (r *receiver) mails() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, body := range r.bodies {
		if strings.Contains(body, `"type":"message.received"`) {
			n++
		}
	}
	return n
}

// order says what is wrong with the order, and how many came again. What comes
// again does so at once: nothing newer overtakes it.
func (r *receiver) order(t *testing.T) (again int) {
	t.Helper()
	last := int64(0)
	for i, name := range r.taken() {
		seq, err := strconv.ParseInt(name[strings.LastIndex(name, "_")+1:], 10, 64)
		switch {
		case err != nil || seq < last:
			t.Errorf("message %d is %s, after %d", i, name, last)
		case seq == last:
			again++
		}
		last = seq
	}
	for _, s := range r.signed {
		if webhook.Sign(s.name, s.at, s.body, r.secret) != s.signature {
			t.Errorf("%s isn't signed as it should be", s.name)
		}
	}
	for _, words := range r.wrong {
		t.Error(words)
	}
	return again
}

// A desk that is killed when the receiver has taken a message, and before that
// is written down, sends it again under the same name; nothing is lost, and
// nothing overtakes it.
func TestKilledWhileAWebhookIsSent(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	p := harness.NewProgram(t, binary, harness.Hurried(), harness.CallingInside("127.0.0.1"))
	c := harness.NewClient(p)
	p.Run(t)
	harness.SetUp(t, c, harness.Mailbox{})
	var made struct {
		ID     int64  `json:"id"`
		Secret string `json:"secret"`
	}
	c.Do(t, "POST", "/settings/webhooks", map[string]any{"name": "Logistique", "url": r.URL}, &made)
	r.secret = made.Secret
	// Once the word of the webhook's own making has gone, the deaths are at mails.
	settled(t, c, r, made.ID, 0)

	const deaths = 4
	for n := range deaths {
		// At the first message of a mail, or in the midst of them.
		dying(t, p, fmt.Sprintf("webhook.sent:%d", 1+n%2), func() { hand(t, p, n) })
		settled(t, c, r, made.ID, n+1)
	}
	if again := r.order(t); again != deaths {
		t.Errorf("%d messages came again, want the one of each of %d deaths", again, deaths)
	}
}

func hand(t *testing.T, p *harness.Program, n int) {
	t.Helper()
	mail := fmt.Sprintf("From: Camille Renaud <camille%[1]d@client.example>\r\nTo: %[2]s\r\nMessage-ID: <c%[1]d@client.example>\r\nSubject: Ma bague %[1]d\r\n\r\nEn 54 ?\r\n", n, harness.Own)
	// The desk may die before it has said that it took the mail.
	_ = mailserver.Hand(p.SMTP, "camille@client.example", harness.Own, []byte(mail))
}

// settled waits until the receiver was told of so many mails and nothing waits
// for it, by the desk's own log.
func settled(t *testing.T, c *harness.Client, r *receiver, hook int64, mails int) {
	t.Helper()
	path := fmt.Sprintf("/settings/webhooks/%d/deliveries", hook)
	for end := time.Now().Add(60 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		log := string(c.Fetch(t, "GET", path, nil))
		if r.mails() == mails && strings.Contains(log, `"state":"delivered"`) && !strings.Contains(log, `"state":"waiting"`) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the receiver was told of %d mails, want %d\n%s", r.mails(), mails, log)
		}
	}
}
