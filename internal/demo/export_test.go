package demo

import "time"

// Planned is a story's mail whose due time was asked for.
type Planned struct {
	Story string
	Due   time.Time
}

// Plan lays the stories out without telling them: which answers are due when,
// for the mails that come in last.
func Plan(now time.Time) ([]Planned, error) {
	f := frameOf(now)
	all := append(past(), stories()...)
	beats, err := schedule(f, all)
	if err != nil {
		return nil, err
	}
	var out []Planned
	for _, b := range beats {
		if _, ok := b.do.(writes); ok {
			out = append(out, Planned{b.thread, f.delay.Due(f.hours, b.at)})
		}
	}
	return out, nil
}
