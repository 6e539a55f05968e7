package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/comptoir-desk/comptoir/internal/money"
)

func euros(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: money.Euro} }

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value, currency string
		minor           int64
		written         string
	}{
		{"49.90", "EUR", 4990, "49.90 EUR"},
		{"49.9", "EUR", 4990, "49.90 EUR"},
		{"49", "EUR", 4900, "49.00 EUR"},
		{"0.05", "EUR", 5, "0.05 EUR"},
		{"-0.05", "EUR", -5, "-0.05 EUR"},
		{"-12.30", "EUR", -1230, "-12.30 EUR"},
		{"007", "EUR", 700, "7.00 EUR"},
		{"1500", "JPY", 1500, "1500 JPY"},
		{"-3", "JPY", -3, "-3 JPY"},
		{"1.234", "TND", 1234, "1.234 TND"},
		{"92233720368547758.07", "EUR", math.MaxInt64, "92233720368547758.07 EUR"},
	} {
		got, err := money.Parse(tt.value, tt.currency)
		if err != nil || got != (money.Amount{Minor: tt.minor, Currency: tt.currency}) {
			t.Errorf("%s %s = %+v, %v", tt.value, tt.currency, got, err)
		}
		if got.String() != tt.written {
			t.Errorf("%s %s is written %s", tt.value, tt.currency, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range [][2]string{
		{"", "EUR"},
		{".", "EUR"},
		{"-", "EUR"},
		{"1.", "EUR"},
		{".5", "EUR"},
		{"49,90", "EUR"},
		{"1 250", "EUR"},
		{"+1", "EUR"},
		{"--1", "EUR"},
		{"1.234", "EUR"},
		{"1.5", "JPY"},
		{"1e3", "EUR"},
		{"٣", "EUR"},
		{"1.-5", "EUR"},
		{"92233720368547758.08", "EUR"},
		{"1", ""},
		{"1", "eur"},
		{"1", "EURO"},
		{"1", "E1R"},
	} {
		if got, err := money.Parse(tt[0], tt[1]); err == nil {
			t.Errorf("Parse(%q, %q) = %v, want an error", tt[0], tt[1], got)
		}
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	if got, err := euros(5000).Add(euros(490)); err != nil || got != euros(5490) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := euros(5000).Add(euros(-490)); err != nil || got != euros(4510) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := euros(5000).Add(euros(0)); err != nil || got != euros(5000) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := euros(1).Add(money.Amount{Minor: 1, Currency: "CHF"}); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("two currencies: %v", err)
	}
	for _, pair := range [][2]int64{{math.MaxInt64, 1}, {math.MinInt64, -1}} {
		if got, err := euros(pair[0]).Add(euros(pair[1])); !errors.Is(err, money.ErrRange) {
			t.Errorf("%v: %v, %v", pair, got, err)
		}
	}
}

func TestTimesRoundsHalvesAway(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ minor, num, den, want int64 }{
		{100, 1, 3, 33}, {200, 1, 3, 67}, {1, 1, 2, 1}, {-1, 1, 2, -1}, {3, 1, 2, 2}, {-3, 1, 2, -2}, {1, 49, 100, 0}, {5, 0, 7, 0},
	} {
		if got, err := euros(tt.minor).Times(tt.num, tt.den); err != nil || got != euros(tt.want) {
			t.Errorf("%d × %d/%d = %v, %v; want %d", tt.minor, tt.num, tt.den, got, err, tt.want)
		}
	}
	for _, bad := range [][2]int64{{2, 1}, {1, 0}, {1, -1}} {
		if got, err := euros(math.MaxInt64).Times(bad[0], bad[1]); !errors.Is(err, money.ErrRange) {
			t.Errorf("× %v: %v, %v", bad, got, err)
		}
	}
}

func TestJSONKeepsTheAmount(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]money.Amount{
		`{"value":"49.90","currency":"EUR"}`: euros(4990),
		`{"value":"0","currency":"JPY"}`:     {Currency: "JPY"},
		`null`:                               {},
	} {
		data, err := json.Marshal(a)
		if err != nil || string(data) != want {
			t.Errorf("%v: %s, %v", a, data, err)
		}
		again := euros(1)
		if err := json.Unmarshal(data, &again); err != nil || again != a {
			t.Errorf("%s reads as %v, %v", data, again, err)
		}
	}
	for _, bad := range []string{`"49.90"`, `{"value":"x","currency":"EUR"}`, `{"value":"1"}`} {
		var a money.Amount
		if err := json.Unmarshal([]byte(bad), &a); err == nil {
			t.Errorf("%s reads as %v", bad, a)
		}
	}
	if !(money.Amount{}).IsNone() || euros(0).IsNone() {
		t.Error("nothing at all is not 0.00 EUR")
	}
}

func TestWhatIsWrittenReadsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount{Minor: rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"EUR", "JPY", "TND"}).Draw(t, "currency")}
		if again, err := money.Parse(a.Value(), a.Currency); err != nil || again != a {
			t.Fatalf("%v reads as %v, %v", a, again, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"49.90", "-0.05", "1e3", "", ".", "9223372036854775807"} {
		f.Add(s, "EUR")
	}
	f.Add("1500", "JPY")
	f.Fuzz(func(t *testing.T, value, currency string) {
		a, err := money.Parse(value, currency)
		if err != nil {
			return
		}
		if again, err := money.Parse(a.Value(), a.Currency); err != nil || again != a {
			t.Fatalf("%q reads as %v, written %q", value, a, a.Value())
		}
	})
}
