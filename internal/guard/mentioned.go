package guard

import (
	"strings"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

var mailbox = pattern.Of(`[\p{L}\d._%+-]{1,64}@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`)

// Mentioned gives what the author's own words name and isn't known to be the
// customer's: e-mail addresses, and numbers that may be an order's, as they are
// written, each once. Whoever keeps customers and orders looks up whose they are,
// and gives those of others back as Facts.Others.
func Mentioned(d Draft, f Facts) (emails, numbers []string) {
	const most = 50
	r := newReading(d, f)
	own := r.ownIdentity()
	seen := map[string]bool{}
	for _, email := range mailbox.FindAllString(r.short, most) {
		if id := identifierOf(email); !own.has(id) && !seen[id.text] {
			seen[id.text] = true
			emails = append(emails, email)
		}
	}
	for _, field := range strings.FieldsFunc(r.short, unicode.IsSpace) {
		number := strings.Trim(field, ".,;:!?()[]«»“”\"'#*°")
		if len(number) > 40 || len(phrase.Digits(number)) < 3 || strings.ContainsAny(number, "@/:€$£%,") {
			continue
		}
		if id := identifierOf(number); id.kind == orderNumber && !own.has(id) && !seen[id.text] && len(numbers) < most {
			seen[id.text] = true
			numbers = append(numbers, number)
		}
	}
	return emails, numbers
}
