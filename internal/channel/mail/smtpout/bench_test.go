package smtpout_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
)

// BenchmarkSend is the dialogue for one mail on a kept connection.
func BenchmarkSend(b *testing.B) {
	p := startPeer(b, nil)
	pool := smtpout.NewPool(smtpout.Config{MailsPerSession: 1 << 30})
	defer pool.Close()
	for b.Loop() {
		results, err := pool.Send(b.Context(), p.server(), camille, []byte(mailText), recorded)
		if err != nil || results[0].Outcome != smtpout.Accepted {
			b.Fatal(results, err)
		}
	}
}
