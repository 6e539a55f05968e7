package demo

import (
	"fmt"
	"slices"
	"time"
)

// story is one matter with one customer.
type story struct {
	name  string
	from  writer
	about string // subject of the customer's mails
	steps []step
}

// step is something that happens at a moment.
type step struct {
	at moment
	do act
}

// moment finds an instant: before is that of the story's previous step.
type moment func(f *frame, name string, before time.Time) time.Time

// act is what a step does.
type act interface {
	run(t *telling, th *thread) error
}

// beat is a step with its instant.
type beat struct {
	at     time.Time
	thread string
	story  *story
	do     act
}

// due is when a customer must write so that the answer is due in d of open
// time from now; negative: so that it is late by as much.
func due(d time.Duration) moment {
	return func(f *frame, name string, _ time.Time) time.Time { return f.arriving(d, name) }
}

// ago is a time of day (as 1030) on the nth open day before the one in view.
func ago(days, clock int) moment {
	return func(f *frame, _ string, _ time.Time) time.Time { return f.onDay(days, clock/100*60+clock%100) }
}

// then is d of open time after the previous step.
func then(d time.Duration) moment {
	return func(f *frame, _ string, before time.Time) time.Time { return f.after(before, d) }
}

// passing is d on the clock after the previous step: customers don't look at
// opening hours.
func passing(d time.Duration) moment {
	return func(f *frame, _ string, before time.Time) time.Time {
		if at := before.Add(d); at.Before(f.latest()) {
			return at
		}
		return before.Add(f.now.Sub(before) / 2)
	}
}

// before is d of open time before now, or halfway to now when the previous step
// was later than that.
func before(d time.Duration) moment {
	return func(f *frame, _ string, last time.Time) time.Time {
		if at := f.openAgo(d); at.After(last) {
			return at
		}
		return last.Add(f.now.Sub(last) / 2)
	}
}

// ahead is d of open time after now.
func ahead(d time.Duration) moment {
	return func(f *frame, _ string, _ time.Time) time.Time { return f.hours.Add(f.open, d) }
}

// schedule puts the steps of all stories into the order in which they happen,
// each on a second of its own.
func schedule(f *frame, all []story) ([]beat, error) {
	var beats []beat
	for i := range all {
		s := &all[i]
		last := time.Time{}
		for n, st := range s.steps {
			at := st.at(f, fmt.Sprint(s.name, n), last)
			if spread := time.Duration(pick(s.name, 50)) * time.Second; n == 0 && at.Add(-spread).After(time.Time{}) {
				at = at.Add(-spread)
			}
			if at.Before(last) || at.After(f.now) {
				return nil, fmt.Errorf("story %s, step %d at %s: after %s and before %s expected", s.name, n, at, last, f.now)
			}
			last = at
			beats = append(beats, beat{at: at, thread: s.name, story: s, do: st.do})
		}
	}
	slices.SortStableFunc(beats, func(a, b beat) int { return a.at.Compare(b.at) })
	return beats, nil
}
