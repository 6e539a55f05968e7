package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Value is what stands for a variable. The zero Value is none.
type Value struct {
	text     string
	day      calendar.Date
	cents    int64
	currency string
}

// Words are a value that reads the same in each language; several lines are
// kept. A web address becomes a link.
func Words(s string) Value { return Value{text: strings.TrimSpace(s)} }

// Day is a date, shown as DD/MM/YYYY; {{date "14 days" from …}} counts from it.
func Day(d calendar.Date) Value { return Value{day: d} }

// Money is an amount in hundredths of a currency (ISO 4217 code, EUR for "").
func Money(cents int64, currency string) Value {
	if currency == "" {
		currency = "EUR"
	}
	return Value{cents: cents, currency: currency}
}

func (v Value) in(language string) string {
	switch {
	case v.currency != "":
		return amount(v.cents, v.currency, language)
	case !v.day.IsZero():
		return shortDate(v.day)
	}
	return v.text
}

func shortDate(d calendar.Date) string {
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, int(d.Month), d.Year)
}

func longDate(d calendar.Date, language string) string {
	return lang.LongDate(d.In(time.UTC), language)
}

const (
	nbsp  = "\u00a0"
	nnbsp = "\u202f"
)

var signs = map[string]string{"EUR": "€", "GBP": "£", "USD": "$"}

// amount is "1 249,90 €" in French, "€1,249.90" in English.
func amount(cents int64, currency, language string) string {
	sign := ""
	whole := uint64(cents) //nolint:gosec // a negative one is turned below
	if cents < 0 {
		sign, whole = "−", -whole
	}
	thousands, point := nnbsp, ","
	if language == "en" {
		thousands, point = ",", "."
	}
	figures := grouped(whole/100, thousands) + fmt.Sprintf("%s%02d", point, whole%100)
	mark, known := signs[currency]
	switch {
	case language == "en" && known:
		return sign + mark + figures
	case !known:
		mark = currency
	}
	return sign + figures + nbsp + mark
}

func grouped(n uint64, between string) string {
	digits := strconv.FormatUint(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + between + digits[i:]
	}
	return digits
}
