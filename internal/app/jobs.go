package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// jobsCommand works beside a running desk, as userCommand does.
type jobsCommand struct {
	Demo bool `help:"Jobs of the demo shop."`

	List  jobsList  `cmd:"" default:"1" help:"List the jobs that were given up after five tries."`
	Retry jobsRetry `cmd:"" help:"Let jobs that were given up run again, with five new tries."`
}

type jobsList struct{}

type jobsRetry struct {
	Which []string `arg:"" name:"id" help:"Numbers of jobs, as the list gives them, or all."`
}

// pageOfJobs is read at once; there may be many after a long outage.
const pageOfJobs = 500

// parkedJobs gives every parked job to f, oldest first.
func parkedJobs(ctx context.Context, db *store.DB, f func(jobs.Parked) error) error {
	for last := id.Job(0); ; {
		var page []jobs.Parked
		err := db.Read(ctx, func(tx *store.Tx) (err error) {
			page, err = jobs.ParkedAfter(tx, last, pageOfJobs)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range page {
			if err := f(p); err != nil {
				return err
			}
			last = p.ID
		}
		if len(page) < pageOfJobs {
			return nil
		}
	}
}

// Run lists the parked jobs.
func (jobsList) Run(ctx context.Context, c Config, j *jobsCommand, io Streams) error {
	return withStore(ctx, c, j.Demo, func(db *store.DB) error {
		w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
		n := 0
		err := parkedJobs(ctx, db, func(p jobs.Parked) error {
			if n++; n == 1 {
				fmt.Fprintln(w, "ID\tKIND\tTRIES\tSINCE\tLAST ERROR")
			}
			fmt.Fprintf(w, "%d\t%s\t%d\t%s\t%s\n", int64(p.ID), p.Kind, p.Attempts, p.CreatedAt.UTC().Format(time.RFC3339), firstLine(p.Error))
			return nil
		})
		if err != nil {
			return err
		}
		if n == 0 {
			fmt.Fprintln(io.Out, "No job was given up.")
		}
		return w.Flush()
	})
}

// firstLine keeps a row a row, whatever a mail server answered.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 200 {
		s = string(r[:200]) + "…"
	}
	return s
}

// Run lets parked jobs run again. A desk at work takes them within a minute.
func (r jobsRetry) Run(ctx context.Context, c Config, j *jobsCommand, io Streams) error {
	wanted, err := r.numbers()
	if err != nil {
		return err
	}
	return withStore(ctx, c, j.Demo, func(db *store.DB) error {
		if wanted == nil {
			err := parkedJobs(ctx, db, func(p jobs.Parked) error {
				wanted = append(wanted, p.ID)
				return nil
			})
			if err != nil {
				return err
			}
		}
		queue, n := jobs.Queue{Clock: clock.System{}}, 0
		for _, job := range wanted {
			var found bool
			err := db.InTx(ctx, func(tx *store.Tx) (err error) {
				found, err = queue.Retry(tx, job)
				return err
			})
			if err != nil {
				return err
			}
			if !found {
				return fmt.Errorf("there is no parked job %d", int64(job))
			}
			n++
		}
		_, err := fmt.Fprintf(io.Out, "Jobs that run again within a minute, while the desk runs: %d\n", n)
		return err
	})
}

// numbers reads the arguments; nil means all.
func (r jobsRetry) numbers() (list []id.Job, err error) {
	if len(r.Which) == 1 && r.Which[0] == "all" {
		return nil, nil
	}
	for _, text := range r.Which {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n <= 0 {
			return nil, errors.New(strconv.Quote(text) + " is no number of a job; comptoir jobs lists them")
		}
		list = append(list, id.Job(n))
	}
	return list, nil
}
