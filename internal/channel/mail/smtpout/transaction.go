package smtpout

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// transaction is one mail on one session.
type transaction struct {
	envelope  Envelope
	raw       []byte
	shape     shape
	beforeDot func(context.Context) error
	grace     time.Duration
	results   []RecipientResult // as the envelope, filled in on the way
}

func newTransaction(e Envelope, raw []byte, beforeDot func(context.Context) error) *transaction {
	t := &transaction{envelope: e, raw: raw, shape: inspect(raw), beforeDot: beforeDot}
	t.results = make([]RecipientResult, len(e.To))
	for i, address := range e.To {
		t.results[i].Address = address
	}
	return t
}

// open lists the recipients that nothing has been decided for.
func (t *transaction) open() []int {
	var open []int
	for i := range t.results {
		if t.results[i].Outcome == 0 {
			open = append(open, i)
		}
	}
	return open
}

// decide gives all open recipients one verdict.
func (t *transaction) decide(v verdict) {
	for _, i := range t.open() {
		v.fill(&t.results[i])
	}
}

// precheck refuses what no server can take, before a connection is made.
func (t *transaction) precheck() {
	if t.shape.uncarriable != "" {
		t.decide(refused("5.6.0", t.shape.uncarriable))
		return
	}
	if t.envelope.From != "" {
		if _, _, err := wireAddress(t.envelope.From); err != nil {
			t.decide(verdict{outcome: Soft, text: "the sender is no mail address", problem: badSender(t.envelope.From)})
			return
		}
	}
	for i, address := range t.envelope.To {
		if _, _, err := wireAddress(address); err != nil {
			refused("5.1.3", "no mail address").fill(&t.results[i])
		}
	}
}

// run carries the mail over. retry tells that the session was dead before
// anything of this mail was said, so that another may be tried; ok that the
// session can take the next mail. err is beforeDot's.
func (t *transaction) run(ctx context.Context, c *session) (retry, ok bool, err error) {
	if t.unable(c) {
		return false, true, nil
	}
	if fail := t.mail(ctx, c); fail != nil {
		if fail.lost() && c.kept {
			return true, false, nil
		}
		t.decide(judge(c.server, fail))
		return false, !fail.lost(), nil
	}
	if alive := t.recipients(ctx, c); !alive || len(t.open()) == 0 {
		return false, alive, nil
	}
	if _, fail := c.command(ctx, atData, 3, "DATA"); fail != nil {
		t.decide(judge(c.server, fail))
		return false, !fail.lost(), nil
	}
	ok, err = t.content(ctx, c)
	return false, ok, err
}

// unable refuses what this server said it cannot carry.
func (t *transaction) unable(c *session) bool {
	if limit, err := strconv.ParseInt(c.extensions["SIZE"], 10, 64); err == nil && limit > 0 && int64(len(t.raw)) > limit {
		t.decide(refused("5.3.4", fmt.Sprintf("the mail has %d bytes, the server takes %d", len(t.raw), limit)))
	}
	_, eight := c.extensions["8BITMIME"]
	_, utf8 := c.extensions["SMTPUTF8"]
	if t.shape.eightBit && !eight || t.shape.utf8Headers && !utf8 {
		t.decide(refused("5.6.3", "the mail has 8-bit bytes, the server takes none"))
	}
	if _, needs, _ := wireAddress(t.envelope.From); needs && !utf8 {
		t.decide(verdict{outcome: Soft, text: "the server cannot carry the sender's address", problem: badSender(t.envelope.From)})
	}
	for _, i := range t.open() {
		if _, needs, _ := wireAddress(t.envelope.To[i]); needs && !utf8 {
			refused("5.6.7", "the address has letters that the server cannot carry").fill(&t.results[i])
		}
	}
	return len(t.open()) == 0
}

func (t *transaction) mail(ctx context.Context, c *session) *failure {
	from, utf8 := "", t.shape.utf8Headers
	if t.envelope.From != "" {
		from, utf8, _ = wireAddress(t.envelope.From)
		utf8 = utf8 || t.shape.utf8Headers
	}
	for _, i := range t.open() {
		_, needs, _ := wireAddress(t.envelope.To[i])
		utf8 = utf8 || needs
	}
	line := "MAIL FROM:<" + from + ">"
	if _, known := c.extensions["SIZE"]; known {
		line += " SIZE=" + strconv.Itoa(len(t.raw))
	}
	if t.shape.eightBit {
		line += " BODY=8BITMIME"
	}
	if _, known := c.extensions["SMTPUTF8"]; known && utf8 {
		line += " SMTPUTF8"
	}
	_, fail := c.command(ctx, atMail, 2, line)
	return fail
}

// recipients asks for each; one refusal does not stop the others. It tells
// whether the session is still of use.
func (t *transaction) recipients(ctx context.Context, c *session) bool {
	for _, i := range t.open() {
		address, _, _ := wireAddress(t.envelope.To[i])
		_, fail := c.command(ctx, atRcpt, 2, "RCPT TO:<"+address+">")
		if fail == nil {
			continue
		}
		if fail.lost() {
			t.decide(judge(c.server, fail))
			return false
		}
		judge(c.server, fail).fill(&t.results[i])
	}
	return true
}

var errEarly = errors.New("the server answered before the mail was at its end")

// content sends the bytes, has dot_pending recorded, sends the dot and hears
// the answer.
func (t *transaction) content(ctx context.Context, c *session) (ok bool, err error) {
	answer := c.listen()
	if err := c.writeBody(ctx, dotStuffed(t.raw, t.shape.endsWithCRLF), answer); err != nil {
		c.close()
		t.decide(judge(c.server, early(<-answer, err)))
		return false, nil
	}
	select {
	case a := <-answer: // dead already, or refused halfway: the dot is not sent
		c.close()
		t.decide(judge(c.server, early(a, nil)))
		return false, nil
	default:
	}
	if err := t.beforeDot(ctx); err != nil {
		c.close()
		t.decide(verdict{outcome: Soft, text: "not sent: the state could not be recorded"})
		return false, fmt.Errorf("smtpout: before the dot: %w", err)
	}
	select {
	case a := <-answer:
		c.close()
		t.decide(judge(c.server, early(a, nil)))
		return false, nil
	default:
	}
	return t.dot(ctx, c, answer), nil
}

// dot is the point of no return: from here a missing answer is Uncertain. The
// end of ctx (we are being stopped) leaves the server a short while to answer.
func (t *transaction) dot(ctx context.Context, c *session, answer <-chan answered) bool {
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.server.answerTimeout())
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		time.AfterFunc(t.grace, cancel)
	})
	defer stop()
	stopClose := context.AfterFunc(limit, c.close)
	_, werr := c.conn.Write([]byte(".\r\n"))
	if werr != nil {
		c.close() // an answer that came before is heard all the same
	}
	a := <-answer
	alive := stopClose()
	if a.err != nil {
		c.close()
		t.decide(verdict{outcome: Uncertain, text: oneLine(errors.Join(a.err, werr).Error())})
		return false
	}
	c.mails++
	if a.reply.code/100 == 2 {
		t.decide(accepted(a.reply))
		return alive
	}
	fail := &failure{at: atDot, reply: a.reply}
	t.decide(judge(c.server, fail))
	return alive && !fail.lost()
}

type answered struct {
	reply reply
	err   error
}

// listen hears the one answer that follows the body while the body is still
// being written: a server that dies or refuses halfway is heard at once. It
// ends with the answer or with the connection.
func (c *session) listen() <-chan answered {
	heard := make(chan answered, 1)
	go func() {
		r, err := readReply(c.r)
		heard <- answered{r, err}
	}()
	return heard
}

// early is the failure of a body that did not get to its end.
func early(a answered, cause error) *failure {
	switch {
	case a.err == nil && a.reply.code >= 400:
		return &failure{at: atData, reply: a.reply}
	case a.err == nil:
		return &failure{at: atData, cause: errEarly}
	case cause == nil:
		cause = a.err
	}
	return &failure{at: atData, cause: cause}
}

// writeBody writes in pieces, each with its own time limit, so that a slow line
// is no failure and a stuck one is. It stops when the server has answered
// already.
func (c *session) writeBody(ctx context.Context, body []byte, answer <-chan answered) error {
	const piece = 64 << 10
	for len(body) > 0 && len(answer) == 0 {
		n := min(piece, len(body))
		err := c.within(ctx, c.server.timeout(), func() error {
			_, err := c.conn.Write(body[:n])
			return err
		})
		if err != nil {
			return err
		}
		body = body[n:]
	}
	return nil
}
