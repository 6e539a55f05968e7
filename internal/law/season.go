package law

import "github.com/comptoir-desk/comptoir/internal/calendar"

// Season is a shop's promise for purchases of some weeks: "Christmas purchases
// until 31 January". It only ever lengthens what the law gives.
type Season struct {
	Name        Text
	First, Last calendar.Date // days of purchase, both included
	Until       calendar.Date // last day to withdraw
}

// covers tells whether something bought on that day belongs to the season; a day
// that isn't known doesn't.
func (s Season) covers(bought calendar.Date) bool {
	return !bought.IsZero() && !bought.Before(s.First) && !bought.After(s.Last)
}
