package harness

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Tally is what a story ended with.
type Tally struct {
	Story string // "ingest", "send", "restart"
	Kills int
	At    map[string]int // kills by failpoint, and "random"
	Mails int            // sent by customers, or answers given
	Took  time.Duration

	Lost      int // in the mailbox and not shown, or answered 202 and never arrived
	Doubled   int // shown or arrived more often than it may
	Ghost     int // conversations without a mail, or mails that the box doesn't hold
	Threaded  int // mails in the wrong conversation
	Unowed    int // conversations not owed exactly one answer
	Uncertain int // deliveries that the API marked uncertain
	Repeated  int // of these, those that arrived more than once
	ByHand    int // held for a person, and sent by their hand
	Failed    int // given up
}

func newTally(story string) *Tally { return &Tally{Story: story, At: map[string]int{}} }

// Clean tells that nothing went wrong.
func (t *Tally) Clean() bool {
	return t.Lost+t.Doubled+t.Ghost+t.Threaded+t.Unowed+t.Failed == 0
}

// String is the line that tells it.
func (t *Tally) String() string {
	if t.Story == "ingest" {
		return fmt.Sprintf("%s: %d kills, %d mails, %d lost, %d doubled, %d ghost, %d misthreaded, %d not owed once (%s; %s)",
			t.Story, t.Kills, t.Mails, t.Lost, t.Doubled, t.Ghost, t.Threaded, t.Unowed, t.where(), t.Took.Round(100*time.Millisecond))
	}
	return fmt.Sprintf("%s: %d kills, %d answers, %d lost, %d doubled unmarked, %d failed; %d marked uncertain, %d of them arrived twice, %d sent by hand (%s; %s)",
		t.Story, t.Kills, t.Mails, t.Lost, t.Doubled, t.Failed, t.Uncertain, t.Repeated, t.ByHand, t.where(), t.Took.Round(100*time.Millisecond))
}

func (t *Tally) where() string {
	var parts []string
	for name, n := range t.At {
		parts = append(parts, fmt.Sprintf("%s %d", name, n))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}
