package render

import (
	"maps"
	"slices"
	"strings"
)

// resolve says what stands for a variable; false when nothing does.
func (f Facts) resolve(v variable) (string, bool) {
	if !v.understood {
		return "", false
	}
	text := strings.TrimSpace(f.text(v))
	if text == "" {
		return v.fallback, v.defaulted
	}
	return text, true
}

func (f Facts) text(v variable) string {
	if v.name == "date" {
		return f.date(v)
	}
	if len(v.args) > 0 || v.from != "" {
		return ""
	}
	if known, ok := fields[v.name]; ok {
		return known(f)
	}
	return f.More[v.name].in(f.Lang)
}

// fields are the variables that the desk itself knows.
var fields = map[string]func(Facts) string{
	"greeting":            Facts.Greeting,
	"customer.name":       func(f Facts) string { return ParseName(f.Customer.Name).Full },
	"customer.first_name": func(f Facts) string { return ParseName(f.Customer.Name).First },
	"customer.last_name":  func(f Facts) string { return ParseName(f.Customer.Name).Last },
	"customer.civility":   func(f Facts) string { return ParseName(f.Customer.Name).Civility.in(f.Lang) },
	"customer.email":      func(f Facts) string { return f.Customer.Email },
	"customer.phone":      func(f Facts) string { return f.Customer.Phone },
	"shop.name":           func(f Facts) string { return f.Shop.Name },
	"shop.url":            func(f Facts) string { return f.Shop.URL },
	"shop.phone":          func(f Facts) string { return f.Shop.Phone },
	"shop.email":          func(f Facts) string { return f.Shop.Email },
	"shop.address":        func(f Facts) string { return f.Shop.Address },
	"author.name":         func(f Facts) string { return f.Author.Name },
	"author.first_name":   func(f Facts) string { first, _, _ := strings.Cut(f.Author.Name, " "); return first },
	"author.role":         func(f Facts) string { return f.Author.Role },
	"hours":               Facts.hoursToday,
	"hours.week":          Facts.hoursWeek,
	"closing":             Facts.closing,
	"closing.back":        Facts.back,
	"today":               Facts.todayShort,
	"received":            Facts.receivedShort,
}

// Fact is a variable with what it says now; "" when nothing is known.
type Fact struct{ Name, Text string }

// Known are the facts that the desk has at hand, by name, for who inserts one
// without a saved answer.
func Known(f Facts) []Fact {
	names := slices.Concat(slices.Collect(maps.Keys(fields)), slices.Collect(maps.Keys(f.More)))
	slices.Sort(names)
	out := make([]Fact, 0, len(names))
	for _, name := range slices.Compact(names) {
		text, _ := f.resolve(variable{name: name, understood: true})
		out = append(out, Fact{Name: name, Text: text})
	}
	return out
}

// Greeting is the line that an answer begins with. Only who said Madame or
// Monsieur of themselves is called so.
func (f Facts) Greeting() string {
	hello := "Bonjour"
	if f.english() {
		hello = "Hello"
	}
	if to := ParseName(f.Customer.Name).addressed(f.Lang); to != "" {
		hello += " " + to
	}
	return hello + ","
}

func (f Facts) todayShort() string {
	if f.Now.IsZero() {
		return ""
	}
	return shortDate(f.today())
}

func (f Facts) receivedShort() string {
	if d := f.receivedOn(); !d.IsZero() {
		return shortDate(d)
	}
	return ""
}
