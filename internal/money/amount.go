package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Euro is the currency of most amounts here.
const Euro = "EUR"

// Amount is a sum in minor units (4990 for 49.90 EUR). The zero Amount has no
// currency and is no amount at all.
type Amount struct {
	Minor    int64
	Currency string // ISO 4217, capitals
}

// ErrCurrency is what adding two currencies gives.
var ErrCurrency = errors.New("money: two currencies")

// ErrRange is what a sum gives that an int64 can't hold.
var ErrRange = errors.New("money: amount out of range")

// decimals are the currencies of ISO 4217 whose minor unit isn't a hundredth.
var decimals = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Decimals is the number of digits behind the point in which a currency is
// written: 2, but 0 for the yen and 3 for the Tunisian dinar.
func Decimals(currency string) int {
	if n, ok := decimals[currency]; ok {
		return n
	}
	return 2
}

// IsNone tells whether a is no amount at all. 0.00 EUR is one.
func (a Amount) IsNone() bool { return a.Currency == "" }

// Add gives a + b, ErrCurrency for two currencies, ErrRange for too much.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, ErrCurrency
	}
	sum := a.Minor + b.Minor
	if (sum > a.Minor) != (b.Minor > 0) {
		return Amount{}, ErrRange
	}
	return Amount{sum, a.Currency}, nil
}

// Times gives a × num / den, rounded to the minor unit, halves away from zero.
// ErrRange when it doesn't fit or den is not positive.
func (a Amount) Times(num, den int64) (Amount, error) {
	if den <= 0 {
		return Amount{}, ErrRange
	}
	product := new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(num))
	half := big.NewInt(den / 2)
	if product.Sign() < 0 {
		half.Neg(half)
	}
	// Of an odd den the half is rounded down, which moves no result: no product
	// then lies exactly between two units.
	rounded := product.Add(product, half).Quo(product, big.NewInt(den))
	if !rounded.IsInt64() {
		return Amount{}, ErrRange
	}
	return Amount{rounded.Int64(), a.Currency}, nil
}

// Value is the amount without its currency, with a point: "49.90", "-0.05".
func (a Amount) Value() string {
	sign, digits := "", strconv.FormatInt(a.Minor, 10)
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	n := Decimals(a.Currency)
	if n == 0 {
		return sign + digits
	}
	if short := n + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	cut := len(digits) - n
	return sign + digits[:cut] + "." + digits[cut:]
}

// String is "49.90 EUR".
func (a Amount) String() string { return a.Value() + " " + a.Currency }

type amountJSON struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

// MarshalJSON gives {"value":"49.90","currency":"EUR"}, and null for no amount.
func (a Amount) MarshalJSON() ([]byte, error) {
	if a.IsNone() {
		return []byte("null"), nil
	}
	return json.Marshal(amountJSON{a.Value(), a.Currency})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Amount) UnmarshalJSON(data []byte) error {
	var in *amountJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("money: %w", err)
	}
	if in == nil {
		*a = Amount{}
		return nil
	}
	read, err := Parse(in.Value, in.Currency)
	if err != nil {
		return err
	}
	*a = read
	return nil
}
