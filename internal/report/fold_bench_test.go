package report_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

// BenchmarkFold counts the events of a busy week anew, on each store: letters,
// their answers, their kept promises.
func BenchmarkFold(b *testing.B) {
	for name, target := range map[string]string{"sqlite": filepath.Join(b.TempDir(), "desk.db"), "postgres": ""} {
		b.Run(name, func(b *testing.B) {
			if name == "postgres" {
				if !postgres.Wanted() {
					return
				}
				target = postgres.DSN(b)
			}
			h := openHouse(b, testkit.OpenStore(b, target))
			const letters = 300
			var all []id.Conversation
			for i := range letters {
				h.at(i/60, 9+i%60/8, i%8*7)
				all = append(all, h.write(h.contact))
			}
			for i, c := range all {
				h.at(i/60, 11+i%60/8, i%8*7)
				h.answer(c, h.marc)
			}
			events := h.newest()
			for b.Loop() {
				b.StopTimer()
				h.forget()
				b.StartTimer()
				began := time.Now()
				h.fold()
				b.ReportMetric(float64(events)/time.Since(began).Seconds(), "events/s")
			}
		})
	}
}

func (h *house) newest() (seq int64) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) {
		seq, err = store.One[int64](tx, store.Dynamic(`select count(*) from event`))
		return err
	})
	return seq
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
