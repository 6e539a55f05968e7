package law_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/law"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		written, e164 string
		class         law.NumberClass
	}{
		{"01 42 68 53 00", "+33142685300", law.OrdinaryNumber},
		{"05.56.44.12.90", "+33556441290", law.OrdinaryNumber},
		{"06-12-34-56-78", "+33612345678", law.OrdinaryNumber},
		{"0712345678", "+33712345678", law.OrdinaryNumber},
		{"09 70 80 90 10", "+33970809010", law.OrdinaryNumber},
		{"+33 1 42 68 53 00", "+33142685300", law.OrdinaryNumber},
		{"+33 (0)1 42 68 53 00", "+33142685300", law.OrdinaryNumber},
		{"+33 01 42 68 53 00", "+33142685300", law.OrdinaryNumber},
		{"0033 1 42 68 53 00", "+33142685300", law.OrdinaryNumber},
		{"0033 (0) 1 42 68 53 00", "+33142685300", law.OrdinaryNumber},
		{"tel:+33142685300", "+33142685300", law.OrdinaryNumber},
		{"TEL: 0142685300", "+33142685300", law.OrdinaryNumber},
		{" 01\u00a042\u202f68 53 00 ", "+33142685300", law.OrdinaryNumber},
		{"0800 123 456", "+33800123456", law.FreeNumber},
		{"0805 123 456", "+33805123456", law.FreeNumber},
		{"0806 123 456", "+33806123456", law.OrdinaryNumber},
		{"0809 123 456", "+33809123456", law.OrdinaryNumber},
		{"0810 123 456", "+33810123456", law.SurchargedNumber},
		{"0826 123 456", "+33826123456", law.SurchargedNumber},
		{"0899 123 456", "+33899123456", law.SurchargedNumber},
		{"+33 892 70 12 34", "+33892701234", law.SurchargedNumber},
		{"0836 123 456", "+33836123456", law.UnknownNumber},
		{"0884 123 456", "+33884123456", law.UnknownNumber},
		{"0262 12 34 56", "+262262123456", law.OrdinaryNumber},
		{"0692 12 34 56", "+262692123456", law.OrdinaryNumber},
		{"0639 12 34 56", "+262639123456", law.OrdinaryNumber},
		{"0590 12 34 56", "+590590123456", law.OrdinaryNumber},
		{"0694 12 34 56", "+594694123456", law.OrdinaryNumber},
		{"0696 12 34 56", "+596696123456", law.OrdinaryNumber},
		{"+262 692 12 34 56", "+262692123456", law.OrdinaryNumber},
		{"+590 810 12 34 56", "+590810123456", law.SurchargedNumber},
		{"+32 2 555 12 12", "+3225551212", law.UnknownNumber},
		{"0044 20 7946 0000", "+442079460000", law.UnknownNumber},
		{"+44 (0)20 7946 0000", "+442079460000", law.UnknownNumber},
		{"0044 (0)20 7946 0000", "+442079460000", law.UnknownNumber},
		{"00123456789012345", "+123456789012345", law.UnknownNumber},
		{"+2907123", "+2907123", law.UnknownNumber},
		{"+123456789012345", "+123456789012345", law.UnknownNumber},
		{"3014", "", law.FreeNumber},
		{"31 17", "", law.FreeNumber},
		{"116 006", "", law.FreeNumber},
		{"118 712", "", law.SurchargedNumber},
		{"3639", "", law.UnknownNumber},
		{"3200", "", law.UnknownNumber},
		{"1014", "", law.UnknownNumber},
		{"+33 3639", "", law.UnknownNumber},
		{"+33 118 712", "", law.SurchargedNumber},
		{"112", "", law.UnknownNumber},
	} {
		n, err := law.Default().Number(tt.written)
		if err != nil || n.E164 != tt.e164 || n.Class != tt.class {
			t.Errorf("%q: %q %s, %v; want %q %s", tt.written, n.E164, n.Class, err, tt.e164, tt.class)
			continue
		}
		allowed, known := n.AfterSales()
		if want := tt.class == law.FreeNumber || tt.class == law.OrdinaryNumber; allowed != want || known != (tt.class != law.UnknownNumber) {
			t.Errorf("%q: after-sales %v, %v", tt.written, allowed, known)
		}
		if len(n.Reasons) != 2 {
			t.Errorf("%q: %v", tt.written, n.Reasons)
		}
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "+", "-", "abc", "01 42 68 53", "01 42 68 53 00 1", "01 42 68 53 OO", "0042", "+0142685300", "+33 1 42 68 53",
		"+33 1 42 68 53 000", "12", "1234", "2000", "4000", "115599", "119000", "31", "301", "212", "31145", "+12345", "+123456", "+1234567890123456",
		"+262 118 712", "+33 00 42 68 53 00", "00", "000", "tel:", ":0142685300", "fax:0142685300", "001234567890123456", "01 42 68 53 00,", "٠١٤٢٦٨٥٣٠٠", strings.Repeat("1", 5000),
	} {
		if n, err := law.Default().Number(s); err == nil {
			t.Errorf("%.20q: %+v", s, n)
		}
	}
}

func TestTheShopDeclaresWhatThePatternDoesNotTell(t *testing.T) {
	t.Parallel()
	s := law.Default()
	s.Calls.Declared = map[string]law.NumberClass{"3639": law.SurchargedNumber, "1014": law.OrdinaryNumber, "+33826123456": law.FreeNumber}
	for written, want := range map[string]law.NumberClass{
		"3639": law.SurchargedNumber, "10 14": law.OrdinaryNumber,
		"0826123456": law.SurchargedNumber, // the plan of numbers goes first
		"3631":       law.UnknownNumber,
	} {
		if n, err := s.Number(written); err != nil || n.Class != want || len(n.Reasons) != 2 {
			t.Errorf("%s: %+v, %v", written, n, err)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"01 42 68 53 00", "+33 (0)1 42 68 53 00", "0033142685300", "tel:3639", "118712", "+32 2 555 12 12", "()+-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, written string) {
		n, err := law.Default().Number(written)
		if err != nil {
			return
		}
		again, err := law.Default().Number(n.Normalised)
		if err != nil || again.E164 != n.E164 || again.Class != n.Class {
			t.Fatalf("%q is %q %s, which reads as %q %s, %v", written, n.Normalised, n.Class, again.E164, again.Class, err)
		}
		if strings.Trim(n.Normalised, "+0123456789") != "" || n.E164 != "" && len(n.E164) > 16 {
			t.Fatalf("%q is %q", written, n.Normalised)
		}
	})
}

func FuzzParsePercent(f *testing.F) {
	for _, s := range []string{"6.67", "0", "-1", "100000", "1e3", "5."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := law.ParsePercent(s)
		if err != nil {
			return
		}
		if again, err := law.ParsePercent(p.String()); err != nil || again != p {
			t.Fatalf("%q is %d, written %q", s, p, p)
		}
	})
}

func TestParsePercent(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]law.Percent{"6.67": 667, "5": 500, "2.5": 250, "0": 0, "0.05": 5, "100000": 100_000_00} {
		if p, err := law.ParsePercent(s); err != nil || p != want || p.String() != s {
			t.Errorf("%s: %d, %s, %v", s, p, p, err)
		}
	}
	for _, s := range []string{"", "-1", "6,67", "6.677", "100000.01", "6.67 %"} {
		if p, err := law.ParsePercent(s); err == nil || p != 0 {
			t.Errorf("%q: %d", s, p)
		}
	}
}
