package mail

import (
	"bufio"
	"bytes"
	"mime"
	"strings"
)

// guessWithin is how far into an item From and Subject are looked for.
const guessWithin = 64 << 10

// Guess finds what looks like sender and subject in bytes that are perhaps no
// mail, for the list of the quarantine; "" where nothing does.
func Guess(raw []byte) (from, subject string) {
	lines := bufio.NewScanner(bytes.NewReader(raw[:min(len(raw), guessWithin)]))
	lines.Buffer(nil, guessWithin+1)
	for lines.Scan() && (from == "" || subject == "") {
		name, value, ok := strings.Cut(lines.Text(), ":")
		switch {
		case !ok:
		case from == "" && strings.EqualFold(name, "from"):
			from = guessed(value)
		case subject == "" && strings.EqualFold(name, "subject"):
			subject = guessed(value)
		}
	}
	return from, subject
}

func guessed(value string) string {
	var words mime.WordDecoder
	if decoded, err := words.DecodeHeader(value); err == nil {
		value = decoded
	}
	return shortened(strings.TrimSpace(bounded(value, 1000)), 200)
}
