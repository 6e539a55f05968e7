package render

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// Facts are what the desk knows when an answer is filled in. The zero value
// knows nothing: each variable is then a hole or its default.
type Facts struct {
	Now      time.Time
	Lang     string    // "fr" or "en", of the text; "" is French
	Received time.Time // when the customer's newest message came in
	Customer Customer
	Shop     Shop
	Author   Author
	Hours    calendar.Hours // of the channel, with the shop's zone and holidays
	// More holds what other parts know, by variable: "order.number",
	// "order.total". The names above it win.
	More map[string]Value
}

// Customer is whom the answer goes to.
type Customer struct {
	Name  string // as they write it themselves; see ParseName
	Email string
	Phone string
}

// Shop is the shop that answers.
type Shop struct {
	Name, URL, Phone, Email string
	Address                 string // several lines
	Language                string // in which its closings are announced
}

// Author is who answers.
type Author struct {
	Name string // as it stands in the signature
	Role string // the line under it
}

func (f Facts) today() calendar.Date { return calendar.DateOf(f.Now.In(f.location())) }

func (f Facts) location() *time.Location {
	if f.Hours.Location == nil {
		return time.UTC
	}
	return f.Hours.Location
}

func (f Facts) english() bool { return f.Lang == "en" }
