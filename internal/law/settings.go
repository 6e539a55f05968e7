package law

import (
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// Since is a value that holds from a day on; the zero day is always.
type Since[T any] struct {
	From  calendar.Date
	Value T
}

// Dated is a value that changed, or will, on known days, in any order.
type Dated[T any] []Since[T]

// On is the value that holds on a day, false when none does yet.
func (d Dated[T]) On(day calendar.Date) (T, bool) {
	var value T
	var from calendar.Date
	found := false
	for _, s := range d {
		if !s.From.After(day) && (!found || !s.From.Before(from)) {
			value, from, found = s.Value, s.From, true
		}
	}
	return value, found
}

// Always is one value for all days.
func Always[T any](value T) Dated[T] { return Dated[T]{{Value: value}} }

// Settings are what the texts leave to interpretation, what could not be
// verified, and what a shop may choose. Default has the cautious readings;
// docs/law.md says of each field which sentence is open and why. Values are read
// and never changed: a copy may share them.
type Settings struct {
	Period   WithdrawalSettings
	Money    RefundSettings
	Notice   DeliverySettings
	Defects  GuaranteeSettings
	Calls    PhoneSettings
	Data     DataSettings
	Mediator MediationSettings

	// RollTrader moves the trader's own dates off weekends and holidays too.
	// Reg. 1182/71 may allow it; the strict date is the one nobody disputes.
	RollTrader bool
	// LocalHolidays counts those of Alsace-Moselle and overseas beside the
	// national ones, in the consumer's favour: no ruling was found.
	LocalHolidays bool
	// ExtraHolidays are further days not worked, by zone; that of Saint-Martin is
	// 27 May in one source and 28 May in another.
	ExtraHolidays map[calendar.Zone][]calendar.Date
}

// WithdrawalSettings are the open points of L221-18 to L221-28.
type WithdrawalSettings struct {
	// Days is the shop's own period by day of the contract; less than 14 is 14.
	Days Dated[int]
	// Seasons are the shop's longer dates for purchases of some weeks.
	Seasons []Season
	// LocalMidnight ends the last day at the later of Paris and local midnight.
	LocalMidnight bool
	// CapInformed ends the prolongation with its twelve months even when the
	// information came in their last 14 days; the text doesn't say so.
	CapInformed bool
	// RollReturn moves the consumer's date to send back to a working day.
	RollReturn bool
}

// NewMonth is a reading of "nouveau mois" in L242-4.
type NewMonth int

// The two readings. A published lawyer's example counts completed months.
const (
	CompletedMonths NewMonth = iota // A
	BegunMonths                     // B, dearer
)

// OutwardFee is what becomes of the delivery fee when a part of an order goes
// back. No text splits a flat fee.
type OutwardFee int

// The rules to choose from.
const (
	// FeeDifference gives back the share that the kept goods alone would not
	// have cost.
	FeeDifference OutwardFee = iota
	FeeByValue               // in proportion to what goes back
	FeeWhole
	FeeKept // nothing, as long as something is kept
)

// Half is a half-year, for which the legal interest rate is published: its
// number is 1 or 2.
type Half struct{ Year, Number int }

// In is "2e semestre 2026" or "second half of 2026".
func (h Half) In(language string) string {
	if h.Number == 1 {
		return fmt.Sprintf(Text{"1er semestre %d", "first half of %d"}.In(language), h.Year)
	}
	return fmt.Sprintf(Text{"2e semestre %d", "second half of %d"}.In(language), h.Year)
}

// RefundSettings are the open points of L221-24 and L242-4.
type RefundSettings struct {
	NewMonth NewMonth
	// SharedDayUpper puts days 20, 30 and 60, which end one step and begin the
	// next, into the higher one. The text settles day 10 alone.
	SharedDayUpper bool
	// Rates is the legal interest rate owed to private persons. A half-year that
	// isn't there is never guessed.
	Rates      map[Half]Percent
	OutwardFee OutwardFee
}

// DeliverySettings are the open points of L216-6.
type DeliverySettings struct {
	// Least and most days that count as a "reasonable" extra period.
	LeastExtra, MostExtra int
}

// Extension is what a repair adds to the guarantee.
type Extension struct {
	Months int
	Once   bool // for the first repair alone, as Dir. (EU) 2024/1799 has it
}

// GuaranteeSettings are the open points of L217-3 and C. civil 1648.
type GuaranteeSettings struct {
	// Repair by day of repair. Dir. (EU) 2024/1799 makes it 12 months, once; its
	// French transposition wasn't found.
	Repair Dated[Extension]
	// HiddenDefectYears runs from discovery, HiddenDefectOuter from the sale.
	HiddenDefectYears, HiddenDefectOuter int
}

// PhoneSettings are the open points of numbers, calls and consent.
type PhoneSettings struct {
	// Declared is what the merchant says of numbers whose class the pattern
	// doesn't tell (1014, 3631), by NormalisedNumber.
	Declared map[string]NumberClass
	// LocalHolidays keeps sales calls off local holidays too; D223-9 names the
	// national ones.
	LocalHolidays bool
}

// DataSettings are the open points of data protection.
type DataSettings struct {
	// TargetDays is our own aim for a data request, below the month of the law.
	TargetDays int
	// Keep is how long each kind of data stays.
	Keep []Retention
	// ContractFrom is the price from which an electronic contract is archived.
	ContractFrom money.Amount
}

// MediationSettings are the open points of L612-1 to L616-2.
type MediationSettings struct {
	AdmissibleMonths int // after the written complaint
	ResultDays       int // from the complete file
	AnswerMonths     int // how long the shop has to answer, by the mediators' practice
}

// Default is the reading of 22 November 2026.
func Default() Settings {
	return Settings{
		Period:        WithdrawalSettings{LocalMidnight: true, RollReturn: true},
		Money:         RefundSettings{Rates: publishedRates()},
		Notice:        DeliverySettings{LeastExtra: 7, MostExtra: 15},
		Defects:       GuaranteeSettings{Repair: Always(Extension{Months: 6}), HiddenDefectYears: 2, HiddenDefectOuter: 20},
		Data:          DataSettings{TargetDays: 30, Keep: retentions(), ContractFrom: money.Amount{Minor: 120_00, Currency: money.Euro}},
		Mediator:      MediationSettings{AdmissibleMonths: 12, ResultDays: 90, AnswerMonths: 2},
		LocalHolidays: true,
	}
}

// publishedRates: creditor a private person. The second half of 2026 was not
// found.
func publishedRates() map[Half]Percent {
	return map[Half]Percent{{2024, 2}: 816, {2025, 1}: 721, {2025, 2}: 665, {2026, 1}: 667}
}
