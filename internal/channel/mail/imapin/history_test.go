package imapin_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// The headers of the last month are read, of inbox and Sent: no body, no junk,
// nothing is stored and nothing in the mailbox changes.
func TestHeadersOfThePast(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		server := mailserver.Dovecot(t)
		d := newDesk(t, db, server.IMAPAddr)
		since := friday.AddDate(0, 0, -30)
		for n := range 12 {
			server.Append(t, lila, "INBOX", mailFrom("Camille Renaud", n), nil, friday.AddDate(0, 0, -n))
		}
		server.Append(t, lila, "INBOX", mailFrom("Paul Delmas", 90), nil, since.Add(-time.Hour))
		server.Append(t, lila, "INBOX", mailFrom("Paul Delmas", 91), nil, since.AddDate(0, -2, 0))
		server.Append(t, lila, "Sent", mailFrom("Véronica", 100), []string{`\Seen`}, friday)
		server.Append(t, lila, "Junk", mailFrom("Loterie", 101), nil, friday)

		var got []imapin.Header
		expected := 0
		past := imapin.Past{
			Since: since, Most: 1000,
			Expected: func(n int, capped bool) error {
				if capped {
					t.Error("said to be more than asked for")
				}
				expected = n
				return nil
			},
			Yield: func(h imapin.Header) error { got = append(got, h); return nil },
		}
		if err := d.service.Headers(t.Context(), d.box, past); err != nil {
			t.Fatal(err)
		}
		sent := slices.DeleteFunc(slices.Clone(got), func(h imapin.Header) bool { return h.Role != intake.RoleSent })
		if len(got) != 13 || len(sent) != 1 || expected < 13 || !sent[0].ArrivedAt.Equal(friday) {
			t.Errorf("%d headers, %d of them sent, %d expected", len(got), len(sent), expected)
		}
		for _, h := range got {
			if text := string(h.Bytes); !strings.Contains(text, "Subject:") || !strings.HasSuffix(text, "\r\n\r\n") || strings.Count(text, "\r\n\r\n") != 1 {
				t.Errorf("no mere header: %q", text)
			}
		}
		for _, m := range server.List(t, lila, "INBOX") {
			if len(m.Flags) != 0 {
				t.Fatalf("reading set flags %v on UID %d", m.Flags, m.UID)
			}
		}
		if n := d.number(countJobs); n != 0 || d.count("INBOX", intake.StateStored) != 0 {
			t.Errorf("%d jobs, and items were stored", n)
		}

		got, past.Most = nil, 6
		past.Expected = func(n int, capped bool) error {
			if n != 6 || !capped {
				t.Errorf("expected %d, capped %v", n, capped)
			}
			return nil
		}
		if err := d.service.Headers(t.Context(), d.box, past); err != nil {
			t.Fatal(err)
		}
		if len(got) > 6 {
			t.Errorf("%d headers, at most 6", len(got))
		}

		enough := errors.New("enough")
		past.Yield = func(imapin.Header) error { return enough }
		if err := d.service.Headers(t.Context(), d.box, past); !errors.Is(err, enough) {
			t.Errorf("a reader that stops: %v", err)
		}
		d.box.Server.Secret = "faux"
		if err := d.service.Headers(t.Context(), d.box, past); imapin.ProblemOf(err, "h").Code != imapin.CodeAuth {
			t.Errorf("a wrong password: %v", err)
		}
	})
}
