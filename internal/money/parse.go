package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads "49.90", "49.9", "49" or "-0.05" of a currency. The mark is a
// point; signs, spaces and thousands marks beside it are refused, and so are
// more digits than the currency has and a currency that isn't three capitals.
func Parse(value, currency string) (Amount, error) {
	if !isCode(currency) {
		return Amount{}, fmt.Errorf("%q is no currency such as EUR", currency)
	}
	minor, err := ParseDecimal(value, Decimals(currency))
	if err != nil {
		return Amount{}, fmt.Errorf("%q is no amount such as 49.90", value)
	}
	return Amount{minor, currency}, nil
}

// ParseDecimal reads a number with a point and at most so many digits behind it,
// as a whole number of its last digit: ParseDecimal("6.67", 2) is 667.
func ParseDecimal(s string, places int) (int64, error) {
	unsigned, negative := strings.CutPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(unsigned, ".")
	if !isDigits(whole) || len(fraction) > places || pointed && !isDigits(fraction) {
		return 0, fmt.Errorf("%q is no number with at most %d decimals", s, places)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is out of range", s)
	}
	if negative {
		n = -n
	}
	return n, nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func isCode(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
