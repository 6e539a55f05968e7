package report

import (
	"maps"
	"math/bits"
	"slices"
	"time"
)

// Classes of duration: one for less than a minute, then 16 for each doubling.
// The middle of a class is within 1/32 of each duration in it.
const (
	perDoubling = 16
	firstClass  = 60_000 // milliseconds
	doublings   = 20     // up to two years; longer counts as that
)

// classOf is the class that a duration falls into.
func classOf(d time.Duration) int {
	ms := d.Milliseconds()
	if ms < firstClass {
		return 0
	}
	e := bits.Len64(uint64(ms/firstClass)) - 1
	if e >= doublings {
		return doublings * perDoubling
	}
	lower := int64(firstClass) << e
	return 1 + e*perDoubling + int((ms-lower)/(lower/perDoubling))
}

// middleOf is the duration that stands for a class.
func middleOf(class int) time.Duration {
	if class <= 0 {
		return firstClass / 2 * time.Millisecond
	}
	e, sub := (class-1)/perDoubling, int64(class-1)%perDoubling
	lower := int64(firstClass) << e
	width := lower / perDoubling
	return time.Duration(lower+sub*width+width/2) * time.Millisecond
}

// spread counts durations by class. Two are merged by adding.
type spread map[int]int64

func (s spread) add(other spread) {
	for class, n := range other {
		s[class] += n
	}
}

func (s spread) size() (n int64) {
	for _, c := range s {
		n += c
	}
	return n
}

// percentile is the smallest class that holds p percent of all, by its middle
// (nearest rank); zero of an empty spread.
func (s spread) percentile(p int64) time.Duration {
	n := s.size()
	if n == 0 {
		return 0
	}
	rank := max(1, (n*p+99)/100)
	for _, class := range slices.Sorted(maps.Keys(s)) {
		if rank -= s[class]; rank <= 0 {
			return middleOf(class)
		}
	}
	return 0
}
