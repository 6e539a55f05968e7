package imapin_test

import (
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// BenchmarkCatchUp reads a box of small mails from Dovecot until all are
// stored, synced to the disk.
func BenchmarkCatchUp(b *testing.B) {
	const mails = 4000
	server := mailserver.Dovecot(b)
	fill(b, server.IMAPAddr, mails)
	for b.Loop() {
		d := newDesk(b, testkit.OpenStore(b, b.TempDir()+"/desk.db"), server.IMAPAddr)
		d.open()
		d.record.next(b)
		d.close()
		if n := d.number(countJobs); n != mails {
			b.Fatalf("stored %d", n)
		}
	}
	b.ReportMetric(mails*float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}

func fill(b *testing.B, address string, mails int) {
	b.Helper()
	c, err := imapclient.DialInsecure(address, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.Login(lila, "tulipe-noire").Wait(); err != nil {
		b.Fatal(err)
	}
	for i := range mails {
		raw := mailFrom("Camille Renaud", i)
		cmd := c.Append("INBOX", int64(len(raw)), &imap.AppendOptions{Time: friday})
		if _, err := cmd.Write(raw); err != nil {
			b.Fatal(err)
		}
		if err := cmd.Close(); err != nil {
			b.Fatal(err)
		}
		if _, err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
	}
}
