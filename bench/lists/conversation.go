package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

// wholeRound asks for conversations, each with its messages, customer and
// promises in one request, all over the archive.
func (r *result) wholeRound(s *rig.Stage, d time.Duration) error {
	return r.round(s, d, &r.whole, func(n int) (int, string) { return 0, r.somewhere(n) })
}

// somewhere is a conversation of the archive, old or new: no two next to each
// other in time, so that no cache is kinder than a day's work would be.
func (r *result) somewhere(n int) string {
	const stride = 7_919 // a prime
	return fmt.Sprintf("/%d", 1+n*stride%r.conversations)
}

// isWhole tells whether one request brings what the screen shows.
func (r *result) isWhole(ctx context.Context) error {
	raw, err := r.ask(ctx, r.somewhere(1))
	if err != nil {
		return err
	}
	var got struct {
		Timeline []any          `json:"timeline"`
		Promises []any          `json:"promises"`
		Customer map[string]any `json:"customer"`
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		return err
	}
	if len(got.Timeline) != 3 || len(got.Promises) == 0 || len(got.Customer) == 0 {
		return fmt.Errorf("%d in the timeline, %d promises, customer %v in %.200s", len(got.Timeline), len(got.Promises), got.Customer, raw)
	}
	return nil
}

func reportWhole(b *strings.Builder, all []*result) {
	fmt.Fprintf(b, "\nOne conversation with its messages, customer and promises in one request, all over the archive, in rounds of its own; target on SQLite ≥ %d requests/s:\n\n", targetWhole)
	b.WriteString("| conversations | store | requests/s | of target | p50 | p99 | CPU ms/request (desk) |\n|--:|---|--:|--:|--:|--:|--:|\n")
	for _, r := range all {
		took := r.whole.all()
		rate := float64(r.whole.requests) / r.whole.over.Seconds()
		fmt.Fprintf(b, "| %d | %s | %.0f | %.2f × | %s | %s | %.2f |\n", r.conversations, r.store, rate, rate/targetWhole,
			ms(quantile(took, 0.5)), ms(quantile(took, 0.99)), float64(r.whole.cpu.Microseconds())/1000/float64(r.whole.requests))
	}
}
