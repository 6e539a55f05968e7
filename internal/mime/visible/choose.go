package visible

import "strings"

// choose keeps the regions that are safe to fold.
func choose(lines []line, regions []region, forwarded int) []region {
	answered, lastOwn := interleaved(lines, regions, forwarded)
	attributed := false
	for _, r := range regions {
		attributed = attributed || r.attributed
	}
	var chosen []region
	for k, r := range regions {
		switch {
		case answered && r.start < lastOwn:
			// Answers between questions are read together.
		case r.rest && pointsInside(lines, regions):
		case r.attributed || answered && attributed:
			chosen = append(chosen, r)
		case !attributed && k == len(regions)-1 && isBareBlockquote(lines, r):
			chosen = append(chosen, r)
		}
	}
	return chosen
}

// interleaved says that the person wrote between two quotes, and gives their
// last line.
func interleaved(lines []line, regions []region, forwarded int) (bool, int) {
	answered, lastOwn := false, -1
	for k, r := range regions {
		next := forwarded
		if k+1 < len(regions) {
			next = regions[k+1].start
		}
		for i := r.end; i < next; i++ {
			if lines[i].blank() || lines[i].isSentFrom() {
				continue
			}
			lastOwn = i
			answered = answered || k+1 < len(regions)
		}
		if k+1 < len(regions) && regions[k+1].from > 0 {
			lastOwn = regions[k+1].start
			answered = true
		}
	}
	return answered, lastOwn
}

// isBareBlockquote: an element without any mark of a mail program. People use
// it to indent; at the end of a mail, alone, it is a quote.
func isBareBlockquote(lines []line, r region) bool {
	return lines[r.start].quoted && !lines[r.start].byAngle()
}

// pointsInside looks for "mes réponses en rouge ci-dessous" and "je vous
// transfère leur mail" in what stands above the first quote.
func pointsInside(lines []line, regions []region) bool {
	for i := range regions[0].start {
		if s := lines[i].head(); answersInside.MatchString(s) || forwardsBelow.MatchString(s) {
			return true
		}
	}
	return false
}

// withDecoration takes along the row of dashes, the frame or the rule above a
// quote's introduction.
func withDecoration(lines []line, r region) region {
	if !r.attributed || r.from > 0 {
		return r
	}
	for range 2 {
		i := previousContent(lines, r.start)
		for k := r.start - 1; k > i; k-- {
			if lines[k].isRuleAbove() {
				r.start = k
				break
			}
		}
		if i < 0 || lines[i].quoted || !lines[i].isDecoration() {
			return r
		}
		r.start = i
	}
	return r
}

// withPhoneLine takes along "Envoyé de mon iPhone" above a quote.
func withPhoneLine(lines []line, r region) region {
	if r.from > 0 {
		if at := sentFromPlace(lines[r.start].plain[:r.from]); at >= 0 {
			r.from = at
		}
		return r
	}
	for range 3 {
		i := previousContent(lines, r.start)
		if i < 0 || lines[i].quoted || !(lines[i].isSentFrom() || lines[i].isDecoration() && i > 0 && isSentFromAt(lines, previousContent(lines, i))) {
			return r
		}
		r.start = i
	}
	return r
}

func isSentFromAt(lines []line, i int) bool {
	return i >= 0 && !lines[i].quoted && lines[i].isSentFrom()
}

// foldTail folds what programs put below everything: a phone line at the very
// end, a mailing list's footer below a quote.
func foldTail(lines []line, p plan) {
	last := previousContent(lines, len(lines))
	if last >= 0 && p[last] < 0 && lines[last].isSentFrom() {
		p[last] = 0
	}
	for i := len(lines) - 1; i >= 0 && i > len(lines)-16; i-- {
		if p[i] >= 0 {
			return
		}
		if isListFooter(lines, i) {
			for j := i; j < len(lines); j++ {
				p[j] = 0
			}
			return
		}
	}
}

// saysNothing: no word and no picture would be left to see.
func saysNothing(lines []line, p plan) bool {
	for i, l := range lines {
		switch {
		case l.blank() || p[i] == 0:
		case p[i] > 0 && strings.TrimSpace(l.plain[:p[i]]) == "":
		case l.isDecoration():
		default:
			return false
		}
	}
	return true
}
