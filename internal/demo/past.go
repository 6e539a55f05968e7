package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

const (
	// pastDays is how many open days back the shop's story begins: three months.
	pastDays = 75
	// pastCount is how many matters of that time are over.
	pastCount = 150
	// pastUntil keeps a few days between what is over and what is told in detail.
	pastUntil = 7
)

// past are the matters of the last three months, all over by now. Chance is
// seeded: each run draws the same.
func past() []story {
	draw := rand.New(rand.NewPCG(1979, 0x1a)) //nolint:gosec // dice for a story, not a secret
	people := slices.Concat(regulars, known())
	all := make([]story, 0, pastCount)
	for i := range pastCount {
		all = append(all, pastStory(draw, i, people[draw.IntN(len(people))]))
	}
	return all
}

// known are the customers of the stories told in detail: most of them wrote
// before.
func known() []writer {
	var all []writer
	for _, part := range [][]story{parcels(), returns(), questions(), repairs(), thanks()} {
		for _, s := range part {
			if s.from.address != "" && !slices.Contains(all, s.from) {
				all = append(all, s.from)
			}
		}
	}
	return all
}

func pastStory(draw *rand.Rand, i int, from writer) story {
	told := frenchMatters[i%len(frenchMatters)]
	if from.english {
		told = englishMatters[i%len(englishMatters)]
	}
	first, _, _ := strings.Cut(from.name, " ")
	fill := strings.NewReplacer("{prénom}", first, "{cde}", fmt.Sprint(19650+i*4+draw.IntN(4)), "{nom}", from.name)
	day := pastUntil + (pastCount-1-i)*(pastDays-pastUntil)/pastCount
	clock := (7+draw.IntN(15))*100 + draw.IntN(60)
	by := who(draw.IntN(int(staffSize)))
	s := story{name: fmt.Sprintf("past-%03d", i), from: from, about: fill.Replace(told.about)}
	s.steps = append(s.steps, mail(ago(day, clock), fill.Replace(told.question)))
	reply := fill.Replace(told.answer)
	quick := time.Duration(20+draw.IntN(200)) * minute // within every delay: the shortest day has 4 h 30
	switch kind := i % 24; {
	case kind == 5:
		sorry := "\n\nPardon pour cette réponse tardive.\n\n"
		if from.english {
			sorry = "\n\nI am sorry for the late answer.\n\n"
		}
		s.steps = append(s.steps, late(then(13*hour+quick), by, strings.Replace(reply, "\n\n", sorry, 1)))
	case kind == 17:
		s.steps = append(s.steps, step{then(quick), waives{by, "Réglé par téléphone."}})
	case kind%8 == 3 && !from.english:
		s.steps = append(s.steps, answer(then(quick), by, reply), again(passing(3*hour), courtesies[i/8%len(courtesies)]),
			step{then(5 * hour), waives{by, "courtesy"}})
	case kind%6 == 1 && !from.english:
		more := followUps[i/6%len(followUps)]
		s.steps = append(s.steps, answer(then(quick), by, reply), again(passing(20*hour), more.question),
			answer(then(quick), by, fill.Replace(more.answer)))
	default:
		s.steps = append(s.steps, answer(then(quick), by, reply))
	}
	return s
}
