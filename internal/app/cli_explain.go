package app

import "github.com/comptoir-desk/comptoir/internal/app/explain"

type explainCommand struct {
	Mail     explainMail     `cmd:"" help:"Class, threading, visible text, attachments and reports of a mail."`
	Reply    explainReply    `cmd:"" help:"What of an answer is the customer's own, and what is quoted."`
	HTML     explainHTML     `cmd:"" name:"html" help:"A mail's HTML as the app shows it."`
	Hours    explainHours    `cmd:"" help:"Due times and elapsed time in opening hours."`
	Draft    explainDraft    `cmd:"" help:"What the guard finds in a draft, and what the draft promises."`
	Deadline explainDeadline `cmd:"" help:"Dates of the law, with reasons and articles: withdrawal, refund, delivery, guarantee, data-request."`
	Phone    explainPhone    `cmd:"" help:"A phone number's form, class, and whether after-sales may use it."`
}

type explainMail struct {
	Own   []string `help:"The shop's own addresses." placeholder:"ADDRESS"`
	Files []string `arg:"" name:"file" help:"Mails; - reads standard input."`
}

func (e explainMail) Run(io Streams) error { return exit(explain.Mail(e.Own, e.Files, io.In, io.Out)) }

type explainReply struct {
	Files []string `arg:"" name:"file" help:"Texts or HTML; - reads standard input."`
}

func (e explainReply) Run(io Streams) error { return exit(explain.Reply(e.Files, io.In, io.Out)) }

type explainHTML struct {
	Files []string `arg:"" name:"file" help:"HTML; - reads standard input."`
}

func (e explainHTML) Run(io Streams) error { return exit(explain.HTML(e.Files, io.In, io.Out)) }

type explainHours struct {
	Calendar string `required:"" help:"Opening hours (JSON)." placeholder:"FILE"`
	From     string `required:"" help:"Start: RFC 3339, or local in the calendar's zone."`
	To       string `help:"End: the answer is the open time between."`
	Add      string `help:"Open time to add (90m, 4h): the answer is when it is over."`
}

func (e explainHours) Run(io Streams) error {
	return exit(explain.Hours(explain.HoursArgs{Calendar: e.Calendar, From: e.From, To: e.To, Add: e.Add}, io.Out, io.Err))
}

type explainDraft struct {
	Context string   `required:"" help:"What is known around the draft (JSON): now, zone, lang, channel, author, signature, shop, customer, message, attachments, orders, others, forbidden, preferred, dead_links; all optional." placeholder:"FILE"`
	Files   []string `arg:"" name:"file" help:"Drafts (text); - reads standard input."`
}

func (e explainDraft) Run(io Streams) error {
	return exit(explain.Draft(e.Context, e.Files, io.In, io.Out, io.Err))
}

type explainDeadline struct {
	Withdrawal  explainWithdrawal  `cmd:"" help:"Until when a consumer may withdraw (L221-18 to L221-21)."`
	Refund      explainRefund      `cmd:"" help:"By when a withdrawal is refunded, and what lateness adds (L221-24, L242-4)."`
	Delivery    explainDelivery    `cmd:"" help:"By when goods are delivered, or refunded when they weren't (L216-1, L216-7, L241-4)."`
	Guarantee   explainGuarantee   `cmd:"" help:"Until when the guarantee of conformity runs (L217-3, L217-13)."`
	DataRequest explainDataRequest `cmd:"" name:"data-request" help:"By when a request about personal data is answered (GDPR art. 12(3))."`
}

type explainWithdrawal struct {
	Received  []string `help:"When each parcel came into the consumer's hands; repeat or use commas." placeholder:"DATE"`
	Zone      string   `default:"FR" help:"Where the consumer lives: FR, FR-57, FR-67, FR-68, FR-971 to FR-974, FR-976 to FR-978."`
	Kind      string   `default:"goods" help:"goods, subscription (regular deliveries) or service (digital content too)."`
	Concluded string   `help:"When the contract was concluded." placeholder:"DATE"`
	Informed  string   `default:"yes" help:"Whether the consumer was told of the right: yes, never, or the late DATE."`
	Days      string   `help:"The shop's own period in days; the law's fourteen are the least." placeholder:"N"`
	Declared  string   `help:"When the consumer sent the statement: RFC 3339, or local in the zone." placeholder:"TIMESTAMP"`
	Lang      string   `default:"fr" help:"Language of the reasons: fr or en."`
}

func (e explainWithdrawal) Run(io Streams) error {
	return exit(explain.Withdrawal(explain.WithdrawalArgs(e), io.Out, io.Err))
}

type explainRefund struct {
	Informed   string `required:"" help:"When the trader learnt of the withdrawal." placeholder:"DATE"`
	Recovered  string `help:"When the goods came back." placeholder:"DATE"`
	Dispatched string `help:"When proof of dispatch was given." placeholder:"DATE"`
	Collects   bool   `help:"The trader collects the goods."`
	Service    bool   `help:"A service: nothing to send back."`
	Refunded   string `help:"When the payment was executed." placeholder:"DATE"`
	Sum        string `help:"All sums due, in euros." placeholder:"100.00"`
	Price      string `help:"Price of the product, at which the increase stops." placeholder:"100.00"`
	Rate       string `help:"Legal interest rate in percent." placeholder:"6.67"`
	Lang       string `default:"fr" help:"Language of the reasons: fr or en."`
}

func (e explainRefund) Run(io Streams) error {
	return exit(explain.Refund(explain.RefundArgs(e), io.Out, io.Err))
}

type explainDelivery struct {
	Concluded  string `required:"" help:"When the contract was concluded." placeholder:"DATE"`
	Promised   string `help:"The day told to the consumer." placeholder:"DATE"`
	Terminated string `help:"When the consumer's ending of the contract was received." placeholder:"DATE"`
	Refunded   string `help:"When the payment was executed; with --terminated." placeholder:"DATE"`
	Lang       string `default:"fr" help:"Language of the reasons: fr or en."`
}

func (e explainDelivery) Run(io Streams) error {
	return exit(explain.Delivery(explain.DeliveryArgs(e), io.Out, io.Err))
}

type explainGuarantee struct {
	Delivered string `required:"" help:"When the goods were delivered." placeholder:"DATE"`
	Repairs   string `default:"0" help:"Repairs made under the guarantee." placeholder:"N"`
	Lang      string `default:"fr" help:"Language of the reasons: fr or en."`
}

func (e explainGuarantee) Run(io Streams) error {
	return exit(explain.Guarantee(explain.GuaranteeArgs(e), io.Out, io.Err))
}

type explainDataRequest struct {
	Received string `required:"" help:"When the request came in." placeholder:"DATE"`
	Extended bool   `help:"The person was told, with reasons, that it takes two months more."`
	Lang     string `default:"fr" help:"Language of the reasons: fr or en."`
}

func (e explainDataRequest) Run(io Streams) error {
	return exit(explain.DataRequest(explain.DataRequestArgs(e), io.Out, io.Err))
}

type explainPhone struct {
	Lang    string   `default:"fr" help:"Language of the reason: fr or en."`
	Numbers []string `arg:"" name:"number" help:"Phone numbers; - reads standard input, one a line."`
}

func (e explainPhone) Run(io Streams) error {
	return exit(explain.Phone(e.Lang, e.Numbers, io.In, io.Out, io.Err))
}
