package report_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

// BenchmarkFold counts the events of a busy week anew, on each store: letters,
// their answers, their kept promises.
func BenchmarkFold(b *testing.B) {
	onEachBusyHouse(b, func(b *testing.B, h *house) {
		b.Helper()
		var events int64
		h.tx(func(tx *store.Tx) (err error) {
			events, err = store.One[int64](tx, store.Dynamic(`select count(*) from event`))
			return err
		})
		for b.Loop() {
			b.StopTimer()
			h.forget()
			b.StartTimer()
			h.fold()
		}
		b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	})
}

// BenchmarkLetters takes letters in, alone and beside a fold that never rests:
// what a fold costs those who write.
func BenchmarkLetters(b *testing.B) {
	for _, folding := range []bool{false, true} {
		b.Run(map[bool]string{false: "alone", true: "beside a fold"}[folding], func(b *testing.B) {
			onEachBusyHouse(b, func(b *testing.B, h *house) {
				b.Helper()
				ctx, cancel := context.WithCancel(b.Context())
				var side sync.WaitGroup
				if folding {
					side.Go(func() {
						for ctx.Err() == nil {
							_ = h.figures.Rebuild(ctx) // ends by ctx, or loses its turn to none
						}
					})
				}
				for b.Loop() {
					h.write(h.contact)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
				cancel()
				side.Wait()
			})
		})
	}
}

func onEachBusyHouse(b *testing.B, tell func(b *testing.B, h *house)) {
	b.Helper()
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			target := filepath.Join(b.TempDir(), "desk.db")
			if name == "postgres" {
				if !postgres.Wanted() {
					return
				}
				target = postgres.DSN(b)
			}
			h := openHouse(b, testkit.OpenStore(b, target))
			var all []id.Conversation
			for i := range 300 {
				h.at(i/60, 9+i%60/8, i%8*7)
				all = append(all, h.write(h.contact))
			}
			for i, c := range all {
				h.at(i/60, 11+i%60/8, i%8*7)
				h.answer(c, h.marc)
			}
			tell(b, h)
		})
	}
}

// forget empties the figures, as they are before the first event.
func (h *house) forget() {
	h.t.Helper()
	for _, table := range []string{"report_figure", "report_counted", "report_fold"} {
		h.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(fmt.Sprintf(`delete from %s`, table)))
			return err
		})
	}
}
