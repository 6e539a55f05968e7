package smtpout_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
)

// Thirty answers leave the shop while its mail server is restarted three times,
// each time at a worse moment: between mails, in the middle of one, and right
// after the dot of one that it keeps. None fails for good, none arrives twice;
// what may have arrived is said to be uncertain.
func TestThirtyAnswersAcrossRestarts(t *testing.T) {
	t.Parallel()
	// One at a time, only the mail whose answer was kept back is uncertain. With
	// three at once each restart may also cut the others off after their dots.
	t.Run("one after the other", func(t *testing.T) { t.Parallel(); thirtyAnswers(t, 1, 1) })
	t.Run("three at once", func(t *testing.T) { t.Parallel(); thirtyAnswers(t, 3, 2+2+3) })
}

func thirtyAnswers(t *testing.T, atOnce, mostUncertain int) {
	var mails, datas atomic.Int64
	var p *peer
	restart := func() {
		p.stop()
		go p.start()
	}
	p = startPeer(t, func(verb, _ string) string {
		switch {
		case verb == "MAIL" && mails.Add(1) == 8, verb == "DATA" && datas.Add(1) == 16:
			restart()
			return drop
		case verb == "." && datas.Load() >= 23 && datas.Load() < 100:
			datas.Store(100) // once
			restart()
			return takeDrop
		}
		return ""
	})

	pool := newPool(t, smtpout.Config{PerServer: atOnce})
	outcomes := make([]smtpout.Outcome, 30)
	queue := make(chan int, 30)
	for i := range 30 {
		queue <- i
	}
	close(queue)
	var group sync.WaitGroup
	for range atOnce {
		group.Go(func() {
			for i := range queue {
				outcomes[i] = deliver(t, pool, p, i)
			}
		})
	}
	group.Wait()
	p.wait(t.Context(), "the server to be back", func() bool { return p.up })

	arrived := map[string]int{}
	for _, m := range p.mails() {
		id, _, _ := strings.Cut(strings.TrimPrefix(m, "Message-ID: "), "\r\n")
		arrived[id]++
	}
	uncertain := 0
	for i, outcome := range outcomes {
		n := arrived[messageID(i)]
		switch {
		case outcome == smtpout.Accepted && n == 1:
		case outcome == smtpout.Uncertain && n <= 1:
			uncertain++
		default:
			t.Errorf("answer %d: %v, arrived %d times", i, outcome, n)
		}
	}
	if uncertain < 1 || uncertain > mostUncertain {
		t.Errorf("%d uncertain, at most %d can be", uncertain, mostUncertain)
	}
	if p.connections() < 4 {
		t.Errorf("only %d connections: the restarts did not happen", p.connections())
	}
}

func messageID(i int) string { return fmt.Sprintf("<answer-%d@desk.maison-lila.example>", i) }

// deliver tries again after Soft, as the delivery job does, once the server is
// there again.
func deliver(t *testing.T, pool *smtpout.Pool, p *peer, i int) smtpout.Outcome {
	raw := []byte("Message-ID: " + messageID(i) + "\r\n" + mailText)
	for {
		results, err := pool.Send(t.Context(), p.server(), camille, raw, recorded)
		if err != nil {
			t.Error(err)
			return 0
		}
		if results[0].Outcome != smtpout.Soft {
			return results[0].Outcome
		}
		p.wait(t.Context(), "the server to be back", func() bool { return p.up })
	}
}
