package report

import (
	"maps"
	"slices"
)

// PromiseFigures says what became of promises: those whose fate was decided in the
// period, by being kept in time or by their due time passing.
type PromiseFigures struct {
	Kind      string   `json:"kind,omitempty" doc:"answer, call_back, send, refund, lead, sort, other; empty for all together"`
	Opened    int64    `json:"opened"`
	Kept      int64    `json:"kept" doc:"In time"`
	KeptNear  int64    `json:"kept_near" doc:"Of them: kept while they were due soon"`
	Broken    int64    `json:"broken" doc:"Their due time passed"`
	KeptLate  int64    `json:"kept_late" doc:"Of them: kept later"`
	Waived    int64    `json:"waived" doc:"Ended by a person, with a reason"`
	Passed    int64    `json:"passed" doc:"On to another promise"`
	Ended     int64    `json:"ended" doc:"For a stated cause: unreachable, unconfirmed, no news"`
	TakenBack int64    `json:"taken_back" doc:"Kept or waived, and owed again: the mail came back, or somebody thought better"`
	Open      int64    `json:"open" doc:"Open now, whatever the period"`
	Share     *float64 `json:"share" nullable:"true" doc:"Kept of those decided, from 0 to 1; none when nothing was decided"`
}

// AnswerTimes are answer times, of the answers that kept a promise in the period.
type AnswerTimes struct {
	Sample int64        `json:"sample" doc:"How many answers"`
	Clock  MedianAndP90 `json:"clock" doc:"As the customers lived them"`
	Open   MedianAndP90 `json:"open" doc:"In opening hours alone"`
}

// MedianAndP90 is a median and a 90th percentile, within 3.2 %.
type MedianAndP90 struct {
	Median *int64 `json:"median" nullable:"true" doc:"Seconds; none without a sample"`
	P90    *int64 `json:"p90" nullable:"true" doc:"Seconds: nine of ten waited no longer"`
}

// sums are counts of one part, or one day, or all.
type sums struct {
	by          map[string]map[measure]int64 // kind -> measure
	clock, open spread
	hours       map[measure]*[24]int64
}

func newSums() *sums {
	return &sums{by: map[string]map[measure]int64{}, clock: spread{}, open: spread{}, hours: map[measure]*[24]int64{}}
}

func (s *sums) add(f figure) {
	switch f.Measure {
	case onClock:
		s.clock[f.Bucket] += f.N
		return
	case whenOpen:
		s.open[f.Bucket] += f.N
		return
	case arrived, answered, opened, closed:
		if f.Bucket >= 0 && f.Bucket < 24 {
			if s.hours[f.Measure] == nil {
				s.hours[f.Measure] = &[24]int64{}
			}
			s.hours[f.Measure][f.Bucket] += f.N
		}
	default:
	}
	if s.by[f.Kind] == nil {
		s.by[f.Kind] = map[measure]int64{}
	}
	s.by[f.Kind][f.Measure] += f.N
}

func (s *sums) merge(o *sums) {
	for kind, counts := range o.by {
		if s.by[kind] == nil {
			s.by[kind] = map[measure]int64{}
		}
		for m, n := range counts {
			s.by[kind][m] += n
		}
	}
	s.clock.add(o.clock)
	s.open.add(o.open)
	for m, list := range o.hours {
		if s.hours[m] == nil {
			s.hours[m] = &[24]int64{}
		}
		for h, n := range list {
			s.hours[m][h] += n
		}
	}
}

// of is a count over all kinds.
func (s *sums) of(m measure) (n int64) {
	for _, counts := range s.by {
		n += counts[m]
	}
	return n
}

func (s *sums) hour(m measure, h int) int64 {
	if s.hours[m] == nil {
		return 0
	}
	return s.hours[m][h]
}

// kinds are those of promises that occur, what is usual first.
func (s *sums) kinds() []string {
	list := slices.DeleteFunc(slices.Collect(maps.Keys(s.by)), func(k string) bool { return k == "" })
	usual := []string{"answer", "call_back", "refund", "send", "lead", "reading", "other", "sort"}
	place := func(k string) int {
		if i := slices.Index(usual, k); i >= 0 {
			return i
		}
		return len(usual)
	}
	slices.Sort(list)
	slices.SortStableFunc(list, func(a, b string) int { return place(a) - place(b) })
	return list
}

// promises of a kind; "" for all together.
func (s *sums) promises(kind string) PromiseFigures {
	n := func(m measure) int64 {
		if kind == "" {
			return s.of(m)
		}
		return s.by[kind][m]
	}
	p := PromiseFigures{
		Kind: kind, Opened: n(opened), Kept: n(kept), KeptNear: n(keptNear), Broken: n(broken), KeptLate: n(keptLate),
		Waived: n(waived), Passed: n(passed), Ended: n(ended), TakenBack: n(takenBack), Open: n(standing),
	}
	if decided := p.Kept + p.Broken; decided > 0 {
		share := float64(p.Kept) / float64(decided)
		p.Share = &share
	}
	return p
}

func (s *sums) times() AnswerTimes {
	return AnswerTimes{Sample: s.clock.size(), Clock: pairOf(s.clock), Open: pairOf(s.open)}
}

func pairOf(s spread) (p MedianAndP90) {
	if s.size() == 0 {
		return p
	}
	median, p90 := int64(s.percentile(50).Seconds()), int64(s.percentile(90).Seconds())
	return MedianAndP90{Median: &median, P90: &p90}
}
