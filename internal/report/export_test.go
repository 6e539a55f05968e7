package report

import "time"

// Percentile of durations as the figures keep them.
func Percentile(list []time.Duration, p int64) time.Duration {
	s := spread{}
	for _, d := range list {
		s[classOf(d)]++
	}
	return s.percentile(p)
}

// Recoded writes what bytes say of a tally again; false when they say nothing.
func Recoded(raw []byte) ([]byte, bool) {
	t, err := decodeTally(raw)
	return t.encode(), err == nil
}

// Harmless is what stands in a CSV for a field.
var Harmless = harmless
