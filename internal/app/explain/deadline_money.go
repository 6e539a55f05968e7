package explain

import (
	"io"

	"github.com/comptoir-desk/comptoir/internal/law"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// RefundArgs are the flags of `comptoir explain deadline refund`.
type RefundArgs struct {
	Informed   string
	Recovered  string
	Dispatched string
	Collects   bool
	Service    bool
	Refunded   string
	Sum        string
	Price      string
	Rate       string
	Lang       string
}

type refundLine struct {
	Due              *string      `json:"due"`
	Suspended        bool         `json:"suspended"`
	ReturnBy         *string      `json:"return_by"`
	DueRolled        *string      `json:"due_rolled"`
	DaysLate         *int         `json:"days_late"`
	PercentCompleted *float64     `json:"percent_completed"`
	PercentBegun     *float64     `json:"percent_begun"`
	Interest         money.Amount `json:"interest"`
	grounds
}

// Refund answers by when a withdrawal is refunded and what lateness adds.
func Refund(args RefundArgs, stdout, stderr io.Writer) int {
	return oneLine(func() (any, error) { return refundAnswer(args) }, stdout, stderr)
}

func refundAnswer(args RefundArgs) (any, error) {
	var f flags
	facts := law.RefundFacts{
		Informed: f.needed("--informed", args.Informed), Recovered: f.date("--recovered", args.Recovered),
		Dispatched: f.date("--dispatched", args.Dispatched), Collects: args.Collects, Service: args.Service,
		Refunded: f.date("--refunded", args.Refunded), Sum: f.amount("--sum", args.Sum), Price: f.amount("--price", args.Price),
	}
	if args.Rate != "" {
		rate, err := law.ParsePercent(args.Rate)
		if err != nil {
			f.fail("--rate", "%v", err)
		}
		facts.Rate = &rate
	}
	lang := f.lang(args.Lang)
	if f.err != nil {
		return nil, f.err
	}
	r := law.Default().Refund(facts)
	line := refundLine{
		Due: dateOrNull(r.Due), Suspended: r.Suspended, ReturnBy: dateOrNull(r.ReturnBy), DueRolled: dateOrNull(r.DueRolled),
		Interest: r.Late.Interest, grounds: groundsOf(r.Grounds, lang),
	}
	if args.Refunded != "" {
		line.DaysLate = &r.Late.Days
		line.PercentCompleted, line.PercentBegun = percent(r.Late.Completed), percent(r.Late.Begun)
	}
	return line, nil
}

func percent(p law.Percent) *float64 {
	n := float64(p) / 100
	return &n
}

// DeliveryArgs are the flags of `comptoir explain deadline delivery`.
type DeliveryArgs struct {
	Concluded  string
	Promised   string
	Terminated string
	Refunded   string
	Lang       string
}

type deliveryLine struct {
	DeliverBy *string  `json:"deliver_by"`
	RefundDue *string  `json:"refund_due"`
	Percent   *float64 `json:"percent"`
	grounds
}

// Delivery answers by when goods are delivered, and refunded when they weren't.
func Delivery(args DeliveryArgs, stdout, stderr io.Writer) int {
	return oneLine(func() (any, error) { return deliveryAnswer(args) }, stdout, stderr)
}

func deliveryAnswer(args DeliveryArgs) (any, error) {
	var f flags
	facts := law.DeliveryFacts{
		Concluded: f.needed("--concluded", args.Concluded), Promised: f.date("--promised", args.Promised),
		Terminated: f.date("--terminated", args.Terminated), Refunded: f.date("--refunded", args.Refunded), Buyer: law.Consumer,
	}
	if args.Refunded != "" && args.Terminated == "" {
		f.fail("--refunded", "only with --terminated")
	}
	lang := f.lang(args.Lang)
	if f.err != nil {
		return nil, f.err
	}
	d := law.Default().Delivery(facts)
	line := deliveryLine{DeliverBy: dateOrNull(d.DeliverBy), RefundDue: dateOrNull(d.RefundDue), grounds: groundsOf(d.Grounds, lang)}
	if args.Refunded != "" {
		line.Percent = percent(d.Percent)
	}
	return line, nil
}

// GuaranteeArgs are the flags of `comptoir explain deadline guarantee`.
type GuaranteeArgs struct {
	Delivered string
	Repairs   string
	Lang      string
}

type guaranteeLine struct {
	Until *string `json:"until"`
	grounds
}

// Guarantee answers until when the guarantee of conformity runs.
func Guarantee(args GuaranteeArgs, stdout, stderr io.Writer) int {
	return oneLine(func() (any, error) {
		var f flags
		facts := law.GuaranteeFacts{Delivered: f.needed("--delivered", args.Delivered), Buyer: law.Consumer}
		if args.Repairs != "" {
			for range f.count("--repairs", args.Repairs, 0, 100) {
				facts.Repairs = append(facts.Repairs, facts.Delivered)
			}
		}
		lang := f.lang(args.Lang)
		if f.err != nil {
			return nil, f.err
		}
		g := law.Default().Guarantee(facts)
		return guaranteeLine{dateOrNull(g.Until), groundsOf(g.Grounds, lang)}, nil
	}, stdout, stderr)
}

// DataRequestArgs are the flags of `comptoir explain deadline data-request`.
type DataRequestArgs struct {
	Received string
	Extended bool
	Lang     string
}

type dataRequestLine struct {
	Due       *string `json:"due"`
	DueRolled *string `json:"due_rolled"`
	grounds
}

// DataRequest answers by when a request about personal data is answered.
func DataRequest(args DataRequestArgs, stdout, stderr io.Writer) int {
	return oneLine(func() (any, error) {
		var f flags
		received, lang := f.needed("--received", args.Received), f.lang(args.Lang)
		if f.err != nil {
			return nil, f.err
		}
		r := law.Default().DataRequest(received, args.Extended)
		return dataRequestLine{dateOrNull(r.Due), dateOrNull(r.DueRolled), groundsOf(r.Grounds, lang)}, nil
	}, stdout, stderr)
}
