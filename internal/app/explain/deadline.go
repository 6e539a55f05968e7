package explain

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/law"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// WithdrawalArgs are the flags of `comptoir explain deadline withdrawal`, as they
// were typed.
type WithdrawalArgs struct {
	Received  []string
	Zone      string
	Kind      string
	Concluded string
	Informed  string // yes, never or a date
	Days      string
	Declared  string // RFC 3339, or a local time of the zone
	Lang      string
}

type withdrawalLine struct {
	LastDay   *string `json:"last_day"`
	ExpiresAt *string `json:"expires_at"`
	InTime    *bool   `json:"in_time"`
	grounds
}

// grounds end every answer about the law.
type grounds struct {
	Reasons  []string `json:"reasons"`
	Articles []string `json:"articles"`
}

// flags reads the flags of one command and remembers the first that is wrong.
type flags struct{ err error }

func (f *flags) fail(flag, format string, args ...any) {
	if f.err == nil {
		f.err = UsageError{flag + ": " + fmt.Sprintf(format, args...)}
	}
}

// date reads YYYY-MM-DD; the zero date for "". Years in which Easter can't be
// told, or that periods would run out of, are refused.
func (f *flags) date(flag, s string) calendar.Date {
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil || d.Year < 1900 || d.Year > 9000 {
		f.fail(flag, "%q is no date such as 2026-11-23", s)
		return calendar.Date{}
	}
	return d
}

func (f *flags) needed(flag, s string) calendar.Date {
	if s == "" {
		f.fail(flag, "missing")
	}
	return f.date(flag, s)
}

func (f *flags) count(flag, s string, least, most int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		f.fail(flag, "%q is no number from %d to %d", s, least, most)
	}
	return n
}

func (f *flags) amount(flag, s string) money.Amount {
	if s == "" {
		return money.Amount{}
	}
	a, err := money.Parse(s, money.Euro)
	if err != nil || a.Minor < 0 {
		f.fail(flag, "%q is no amount such as 49.90", s)
	}
	return a
}

func (f *flags) lang(s string) string {
	if s == "" {
		return "fr"
	}
	if s != "fr" && s != "en" {
		f.fail("--lang", "%q is neither fr nor en", s)
	}
	return s
}

func groundsOf(g law.Grounds, lang string) grounds {
	return grounds{Reasons: append([]string{}, g.Sentences(lang)...), Articles: append([]string{}, g.Articles...)}
}

// dateOrNull gives null for a date that isn't known.
func dateOrNull(d calendar.Date) *string {
	if d.IsZero() {
		return nil
	}
	return orNull(d.String())
}

// Withdrawal answers until when a consumer may withdraw. A bad flag, date or zone
// gives ExitBadUsage, nothing on stdout and one line on stderr that names it.
func Withdrawal(args WithdrawalArgs, stdout, stderr io.Writer) int {
	return oneLine(func() (any, error) { return withdrawalAnswer(args) }, stdout, stderr)
}

var kinds = map[string]law.Kind{"": law.Goods, "goods": law.Goods, "subscription": law.Subscription, "service": law.Service}

func withdrawalAnswer(args WithdrawalArgs) (any, error) {
	var f flags
	settings := law.Default()
	facts := law.WithdrawalFacts{Concluded: f.date("--concluded", args.Concluded), Buyer: law.Consumer}
	for _, s := range args.Received {
		facts.Received = append(facts.Received, f.needed("--received", s))
	}
	zone, err := calendar.ParseZone(args.Zone)
	if args.Zone == "" {
		zone, err = calendar.France, nil
	}
	if err != nil {
		f.fail("--zone", "%v", err)
	}
	facts.Place = law.Place{Zone: zone}
	kind, ok := kinds[args.Kind]
	if !ok {
		f.fail("--kind", "%q is none of goods, subscription, service", args.Kind)
	}
	facts.Kind = kind
	switch args.Informed {
	case "", "yes":
	case "never":
		facts.Uninformed = true
	default:
		facts.Uninformed, facts.InformedOn = true, f.date("--informed", args.Informed)
	}
	if args.Days != "" {
		settings.Period.Days = law.Always(f.count("--days", args.Days, 1, 3650))
	}
	declared, err := declaredAt(args.Declared, facts.Place)
	if err != nil && f.err == nil {
		f.err = err
	}
	lang := f.lang(args.Lang)
	if f.err != nil {
		return nil, f.err
	}
	return withdrawalLineOf(settings.Withdrawal(facts), declared, lang), nil
}

func declaredAt(s string, p law.Place) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return parseMoment("--declared", s, p.Clock())
}

func withdrawalLineOf(w law.Withdrawal, declared time.Time, lang string) withdrawalLine {
	line := withdrawalLine{LastDay: dateOrNull(w.LastDay), grounds: groundsOf(w.Grounds, lang)}
	if !w.Expires.IsZero() {
		line.ExpiresAt = orNull(w.Expires.Format(time.RFC3339))
	}
	if inTime := w.InTime(declared); !declared.IsZero() || w.Expires.IsZero() {
		line.InTime = &inTime
	}
	return line
}
