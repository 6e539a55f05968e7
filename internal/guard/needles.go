package guard

import (
	"slices"
	"strings"
)

// needles tell in one pass over a line which patterns are worth running on it:
// those of which it has a need. There are scores of patterns with several needs
// each, and most lines have none.
type needles struct {
	patterns []holePattern
	single   [256][]int // patterns that need this byte
	pairs    [1 << 16]uint16
	longer   [][]needle // by the number in pairs
}

type needle struct {
	text    string
	pattern int
}

func needlesOf(lists ...[]holePattern) *needles {
	n := &needles{patterns: slices.Concat(lists...), longer: make([][]needle, 1)}
	for i, p := range n.patterns {
		for _, need := range p.needs {
			if len(need) == 1 {
				n.single[need[0]] = append(n.single[need[0]], i)
				continue
			}
			pair := int(need[0])<<8 | int(need[1])
			if n.pairs[pair] == 0 {
				n.pairs[pair] = uint16(len(n.longer)) //nolint:gosec // some hundreds
				n.longer = append(n.longer, nil)
			}
			at := n.pairs[pair]
			n.longer[at] = append(n.longer[at], needle{need, i})
		}
	}
	return n
}

// in sets the patterns of which the text has a need.
func (n *needles) in(text string, wanted []bool) {
	for i := range len(text) {
		for _, p := range n.single[text[i]] {
			wanted[p] = true
		}
		if i+1 == len(text) {
			return
		}
		at := n.pairs[int(text[i])<<8|int(text[i+1])]
		if at == 0 {
			continue
		}
		for _, needle := range n.longer[at] {
			if !wanted[needle.pattern] && strings.HasPrefix(text[i:], needle.text) {
				wanted[needle.pattern] = true
			}
		}
	}
}
