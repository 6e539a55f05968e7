package jobs_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

func TestAParkedJobIsListedAndTriedAgain(t *testing.T) {
	t.Parallel()
	broken := true
	fail := func(*bench, context.Context, jobs.Job) error {
		if broken {
			return errors.New("the mail server refuses us")
		}
		return nil
	}
	onEachStore(t, fail, func(b *bench) {
		broken = true
		parked := func() (list []jobs.Parked) {
			b.read(func(tx *store.Tx) (err error) {
				list, err = jobs.ParkedAfter(tx, 0, 100)
				return err
			})
			return list
		}
		b.put(jobs.Add{Kind: ring, Args: args{1}, Key: "camille"})
		b.put(jobs.Add{Kind: ring, Args: args{2}})
		b.giveUp()
		b.put(jobs.Add{Kind: ring, Args: args{3}, Key: "camille"})
		b.giveUp()
		list := parked()
		if len(list) != 3 || list[0].Kind != ring.Name || list[0].Attempts != jobs.MaxAttempts || list[0].Error != "the mail server refuses us" || list[0].CreatedAt.IsZero() {
			t.Fatalf("parked: %+v", list)
		}
		b.read(func(tx *store.Tx) error {
			rest, err := jobs.ParkedAfter(tx, list[0].ID, 1)
			if len(rest) != 1 || rest[0].ID != list[1].ID {
				t.Errorf("behind the first: %+v", rest)
			}
			return err
		})

		broken, b.rung = false, nil
		for _, p := range list { // the first and the last have one key: one of them is enough
			if !b.retry(p.ID) {
				t.Errorf("job %v is not found", p.ID)
			}
		}
		if b.retry(list[0].ID) || b.retry(999) {
			t.Error("what is not parked was tried again")
		}
		b.drain()
		slices.Sort(b.rung)
		if !slices.Equal(b.rung, []int{1, 2}) || len(b.states()) != 0 {
			t.Errorf("rung %v, left %v", b.rung, b.states())
		}
	})
}

func (b *bench) read(f func(tx *store.Tx) error) {
	b.t.Helper()
	if err := b.db.Read(b.t.Context(), f); err != nil {
		b.t.Fatal(err)
	}
}

// giveUp lets every job fail until it is parked.
func (b *bench) giveUp() {
	b.t.Helper()
	for range jobs.MaxAttempts {
		b.drain()
		b.clock.Advance(time.Hour)
	}
}

func (b *bench) retry(job id.Job) (found bool) {
	b.t.Helper()
	err := b.db.InTx(b.t.Context(), func(tx *store.Tx) (err error) {
		found, err = b.queue.Retry(tx, job)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}
