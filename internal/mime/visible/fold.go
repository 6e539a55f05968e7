package visible

import "strings"

// region is a run of lines that quotes, before it is decided whether to fold.
type region struct {
	start, end int
	from       int  // byte of the first line where it begins
	attributed bool // a program wrote it: attribution, header, delimiter, own markup
	rest       bool // reaches to the end of the mail, without a sign per line
}

// fold decides which lines are history.
func fold(lines []line) plan {
	regions, forwarded := findRegions(lines)
	visible := newPlan(len(lines))
	if len(regions) == 0 {
		return visible
	}
	regions = choose(lines, regions, forwarded)
	p := newPlan(len(lines))
	for _, r := range regions {
		r = withDecoration(lines, r)
		r = withPhoneLine(lines, r)
		for i := r.start; i < r.end; i++ {
			p[i] = 0
		}
		if r.from > 0 {
			p[r.start] = r.from
		}
	}
	if len(regions) > 0 {
		foldTail(lines, p)
	}
	if saysNothing(lines, p) {
		return visible
	}
	return p
}

// searchedLines bounds where an introduction is looked for: nobody writes five
// thousand lines above a quote, and a hostile mail shall not cost seconds.
const searchedLines = 5000

// findRegions walks the lines once. A forwarded mail ends the walk: it and
// all that follows stays visible. forwarded is its line, or len(lines).
func findRegions(lines []line) (regions []region, forwarded int) {
	for i := 0; i < len(lines); {
		if r, ok := regionAt(lines, i); ok {
			regions = append(regions, r)
			i = max(r.end, i+1)
			continue
		}
		if lines[i].isForward() && forwardsHere(lines, i) {
			return regions, i
		}
		i++
	}
	return regions, len(lines)
}

// forwardsHere: the mark of a forward counts where the person wrote, or where
// the program's own quoting element begins with it.
func forwardsHere(lines []line, i int) bool {
	return !lines[i].byAngle()
}

func regionAt(lines []line, i int) (region, bool) {
	l := lines[i]
	switch {
	case l.blank() && !l.toEnd:
		return region{}, false
	case l.isForward() && forwardsHere(lines, i):
		return region{}, false
	case l.quoted:
		return quotedRun(lines, i), true
	case l.toEnd:
		if next := nextContent(lines, i); next < len(lines) && lines[next].isForward() {
			return region{}, false
		}
		return region{start: i, end: len(lines), attributed: true, rest: true}, true
	case i > searchedLines:
		return region{}, false
	case l.isOriginal():
		return below(lines, i, attribution{end: afterHeader(lines, i+1)}), true
	}
	if a, ok := findHeader(lines, i); ok {
		return below(lines, i, a), true
	}
	if a, ok := findAttribution(lines, i); ok {
		if next := nextContent(lines, a.end); next < len(lines) && lines[next].isForward() && forwardsHere(lines, next) {
			return region{}, false
		}
		return below(lines, i, a), true
	}
	return region{}, false
}

// afterHeader skips a header block that follows a delimiter line.
func afterHeader(lines []line, i int) int {
	if next := nextContent(lines, i); next < len(lines) && isField(lines[next].head()) {
		return readHeader(lines, next).end
	}
	return i
}

// below says how far the quote under an introduction reaches: as far as its
// lines are marked, or to the end when none is.
func below(lines []line, start int, a attribution) region {
	r := region{start: start, from: a.from, end: len(lines), attributed: true, rest: true}
	switch next := nextContent(lines, a.end); {
	case a.inside:
	case next == len(lines):
		r.rest = false
	case lines[next].quoted:
		r.end, r.rest = quotedRun(lines, next).end, false
	}
	return r
}

// quotedRun takes the quoted lines from i on, the blank ones between them, and
// the tails that a program wrapped without repeating the ">".
func quotedRun(lines []line, i int) region {
	r := region{start: i, end: i}
	fields := 0
	for j := i; j < len(lines); {
		switch l := lines[j]; {
		case l.isForward() && j > i && !lines[j].byAngle() && !l.quoted:
			return r
		case l.quoted:
			r.attributed = r.attributed || l.marked || looksWritten(lines, i, j)
			if isField(l.head()) {
				fields++
			}
			j++
			r.end = j
		case l.blank():
			next := nextContent(lines, j)
			if next == len(lines) || !lines[next].quoted {
				return headless(lines, r, fields)
			}
			j = next
		case isWrappedTail(lines, i, j):
			j++
			r.end = j
		default:
			return headless(lines, r, fields)
		}
	}
	return r
}

// headless extends a run that quotes nothing but a header ("> Message du …
// > De : …"), as some French webmails write it: the old mail follows unmarked.
func headless(lines []line, r region, fields int) region {
	if fields < 3 || r.end-r.start > fields+2 || !lines[r.start].byAngle() {
		return r
	}
	if b := readHeader(lines, r.start); b.convinces() {
		r.end, r.rest, r.attributed = len(lines), true, true
	}
	return r
}

// looksWritten finds in a run of ">" lines what a person who uses ">" as a
// bullet never writes: a second level, an empty quoted line, an attribution, a
// header field.
func looksWritten(lines []line, first, j int) bool {
	l := lines[j]
	if !l.byAngle() {
		return false
	}
	s := strings.TrimSpace(l.head()[1:])
	if s == "" {
		return j > first
	}
	if strings.HasPrefix(s, ">") && !strings.Contains(s, "<") {
		return true
	}
	return opensAttribution(s) && (endsAttribution(s) || hasEmail.MatchString(s)) ||
		isField(s) && (hasEmail.MatchString(s) || hasDate.MatchString(s))
}

// shortestWrapped is the length from which on a quoted line may have been
// wrapped; programs wrap at 72 to 80.
const shortestWrapped = 72

// isWrappedTail says that line j, between two quoted lines, is the end of the
// line before it. It must not look like an answer: a small first letter, and
// the line before is long and asks nothing.
func isWrappedTail(lines []line, first, j int) bool {
	l := lines[j]
	if j+1 >= len(lines) || !lines[j+1].quoted || len(l.trim) > 80 || j == first {
		return false
	}
	before := lines[j-1]
	if !before.byAngle() {
		return false
	}
	if !strings.Contains(l.trim, " ") && strings.ContainsAny(l.trim, "/=_&%") {
		return true // the tail of a link
	}
	if strings.HasPrefix(l.trim, "(http") || strings.HasPrefix(l.trim, "<http") {
		return true
	}
	word, _, _ := strings.Cut(l.trim, " ")
	if len(before.trim)+1+len(word) < shortestWrapped || strings.HasSuffix(before.trim, "?") || strings.HasSuffix(before.trim, ":") {
		return false
	}
	return strings.ToLower(word) == word && strings.ToUpper(word) != word && !isAnswerWord(word)
}

func isAnswerWord(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".,!;")) {
	case "oui", "non", "ok", "d'accord", "d’accord", "merci", "yes", "no", "yep", "nope", "thanks", "sure", "ja", "nein", "si", "sí", "parfait", "super", "je", "j'ai", "j’ai", "c'est", "c’est", "moi", "i":
		return true
	}
	return false
}
