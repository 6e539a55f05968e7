package law

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/money"
)

// Percent is a rate in hundredths of a percent: 667 is 6.67 %.
type Percent int64

// most is a rate above which somebody mistyped.
const most = Percent(100_000_00)

// ParsePercent reads "6.67", "5"; negative rates and more than two decimals are
// refused.
func ParsePercent(s string) (Percent, error) {
	n, err := money.ParseDecimal(s, 2)
	if err != nil || n < 0 || Percent(n) > most {
		return 0, fmt.Errorf("%q is no rate such as 6.67", s)
	}
	return Percent(n), nil
}

// String is "6.67", "5", "2.5".
func (p Percent) String() string {
	whole, rest := strconv.FormatInt(int64(p/100), 10), fmt.Sprintf("%02d", p%100)
	return strings.TrimSuffix(whole+"."+strings.TrimRight(rest, "0"), ".")
}

// of gives the share of a sum, rounded to the cent; what doesn't fit is the sum
// that it can't be counted from.
func (p Percent) of(sum money.Amount) money.Amount {
	share, err := sum.Times(int64(p), 100_00)
	if err != nil {
		return money.Amount{}
	}
	return share
}
