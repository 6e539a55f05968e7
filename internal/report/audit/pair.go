package audit

import (
	"slices"
	"strings"
	"time"
)

// pairing finds the answer to a mail: first by what an answer names, then by
// who it is for and what it is about.
type pairing struct {
	naming map[string][]time.Time // Message-ID -> answers that name it
	about  map[string][]time.Time // correspondent and matter -> answers
	ours   map[string]bool        // Message-IDs of our answers
}

func newPairing(all []letter) *pairing {
	p := &pairing{naming: map[string][]time.Time{}, about: map[string][]time.Time{}, ours: map[string]bool{}}
	for _, l := range all {
		if l.kind != answer {
			continue
		}
		p.ours[l.id] = true
		for _, ref := range slices.Compact(slices.Sorted(slices.Values(l.refs))) {
			p.naming[ref] = append(p.naming[ref], l.at)
		}
		if l.matter == "" { // "no subject" is no matter
			continue
		}
		for _, to := range l.who {
			key := to + "\n" + l.matter
			p.about[key] = append(p.about[key], l.at)
		}
	}
	delete(p.naming, "")
	delete(p.ours, "")
	for _, index := range []map[string][]time.Time{p.naming, p.about} {
		for _, list := range index {
			slices.SortFunc(list, time.Time.Compare)
		}
	}
	return p
}

// answerTo is when the first answer left after a mail arrived.
func (p *pairing) answerTo(l letter) (at time.Time, found bool) {
	first := func(list []time.Time) {
		i, _ := slices.BinarySearchFunc(list, l.at, time.Time.Compare)
		if i < len(list) && (!found || list[i].Before(at)) {
			at, found = list[i], true
		}
	}
	if l.id != "" {
		first(p.naming[l.id])
	}
	if !found && l.matter != "" {
		first(p.about[strings.Join(l.who, "")+"\n"+l.matter])
	}
	return at, found
}

// repliesToUs tells whether a mail answers one of ours.
func (p *pairing) repliesToUs(l letter) bool {
	return slices.ContainsFunc(l.refs, func(ref string) bool { return p.ours[ref] })
}
