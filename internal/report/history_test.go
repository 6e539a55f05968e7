package report_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/report"
	"github.com/comptoir-desk/comptoir/internal/report/audit"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// mailbox stands for the mail channel.
type mailbox struct {
	headers []audit.Header
	meet    func(n int) // called before the nth header
	err     error
}

func (b *mailbox) Headers(_ context.Context, _ id.Mailbox, _ time.Time, _ int, expected func(int, bool) error, yield func(audit.Header) error) error {
	if err := expected(len(b.headers), false); err != nil {
		return err
	}
	for n, h := range b.headers {
		if b.meet != nil {
			b.meet(n)
		}
		if err := yield(h); err != nil {
			return err
		}
	}
	return b.err
}

func (*mailbox) Problem(context.Context, id.Mailbox, error) string {
	return "auth_refused imap.example"
}

// letters are customers' mails, one each hour, none answered.
func letters(n int) (list []audit.Header) {
	for i := range n {
		list = append(list, audit.Header{
			ArrivedAt: monday.AddDate(0, 0, -10).Add(time.Duration(i) * time.Hour),
			Bytes:     fmt.Appendf(nil, "From: c%d@example.org\r\nTo: contact@maison-lila.example\r\nSubject: Question %d\r\nMessage-ID: <%d@example.org>\r\n\r\n", i, i, i),
		})
	}
	return list
}

var nextAudit = store.Dynamic(`
	update job set state = 'running', attempts = attempts + 1, token = token + 1
	where id in (select min(id) from job where state = 'ready' and kind = 'report.audit') returning id, kind, args, attempts, token, run_at, last_error`)

// look runs the job that was asked for, and reads how it stands.
func (h *house) look(box id.Mailbox) report.Audit {
	h.t.Helper()
	var j jobs.Job
	h.tx(func(tx *store.Tx) (err error) { j, err = store.One[jobs.Job](tx, nextAudit); return err })
	if err := h.figures.ReadPast(h.t.Context(), j); err != nil {
		h.t.Fatal(err)
	}
	return must(h.figures.Audit(h.t.Context(), h.owner, box))
}

func (h *house) imap() id.Mailbox {
	h.t.Helper()
	return must(h.shops.CreateMailbox(h.t.Context(), shop.MailboxUpdate{Shop: h.shop, Input: shop.MailboxInput{
		Name: "Ancienne", Address: "ancienne@maison-lila.example", Kind: shop.IMAP, Auth: "password", Username: "lila", Password: "tulipe-noire",
		IMAP: shop.Server{Host: "imap.example", Port: 993, Security: "tls"},
	}}))
}

func TestALookThroughAMailbox(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		past := &mailbox{headers: letters(150)}
		h.figures.Past = past
		box := h.imap()
		if got := must(h.figures.Audit(h.t.Context(), h.owner, box)); got.State != "none" {
			h.t.Errorf("before: %+v", got)
		}
		if err := h.figures.StartAudit(h.t.Context(), h.owner, box); err != nil {
			h.t.Fatal(err)
		}
		past.meet = func(n int) {
			if n != 120 {
				return
			}
			if got := must(h.figures.Audit(h.t.Context(), h.owner, box)); got.State != "reading" || got.Headers != 100 || got.Expected != 150 {
				h.t.Errorf("under way: %+v", got)
			}
		}
		got := h.look(box)
		if got.State != "done" || got.Findings == nil || got.Findings.Never != 150 || len(got.Oldest) != 20 || got.Oldest[0].Subject != "Question 0" {
			h.t.Errorf("%+v %+v", got, got.Findings)
		}
		if n := h.conversations(); n != 0 {
			h.t.Errorf("%d conversations came of it", n)
		}
		h.clock.Advance(time.Hour + time.Second) // subjects are forgotten, figures stay
		if got := must(h.figures.Audit(h.t.Context(), h.owner, box)); len(got.Oldest) != 0 || got.Findings == nil {
			h.t.Errorf("after an hour: %+v", got)
		}
		if err := h.figures.Sweep(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		kept := 0
		h.tx(func(tx *store.Tx) (err error) {
			kept, err = store.One[int](tx, store.Dynamic(`select count(*) from mailbox_audit where oldest <> ''`))
			return err
		})
		if kept != 0 {
			h.t.Error("subjects are still stored")
		}
		if err := h.figures.ForgetAudit(h.t.Context(), h.owner, box); err != nil {
			h.t.Fatal(err)
		}
		if got := must(h.figures.Audit(h.t.Context(), h.owner, box)); got.State != "none" {
			h.t.Errorf("forgotten: %+v", got)
		}
	})
}

func (h *house) conversations() (n int) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		n, err = store.One[int](tx, store.Dynamic(`select count(*) from conversation`))
		return err
	})
	return n
}

func TestALookThatIsStoppedOrFails(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		past := &mailbox{headers: letters(500)}
		h.figures.Past = past
		box := h.imap()
		read := 0
		past.meet = func(n int) {
			read = n
			if n == 150 {
				if err := h.figures.CancelAudit(h.t.Context(), h.owner, box); err != nil {
					h.t.Error(err)
				}
			}
		}
		if err := h.figures.StartAudit(h.t.Context(), h.owner, box); err != nil {
			h.t.Fatal(err)
		}
		if got := h.look(box); got.State != "cancelled" || got.Findings != nil || read > 250 {
			h.t.Errorf("cancelled after %d headers: %+v", read, got)
		}
		past.meet, past.err = nil, errors.New("the server refuses us")
		if err := h.figures.StartAudit(h.t.Context(), h.owner, box); err != nil {
			h.t.Fatal(err)
		}
		if got := h.look(box); got.State != "failed" || got.Problem != "auth_refused imap.example" || got.Findings != nil {
			h.t.Errorf("failed: %+v", got)
		}
		if err := h.figures.StartAudit(h.t.Context(), h.owner, h.contact); !fault.Is(err, "no_history") {
			h.t.Errorf("a mailbox that a relay fills: %v", err)
		}
		stranger := h.owner
		stranger.Shop = 99
		if err := h.figures.StartAudit(h.t.Context(), stranger, box); fault.KindOf(err) != fault.NotFound {
			h.t.Errorf("another shop's: %v", err)
		}
	})
}
