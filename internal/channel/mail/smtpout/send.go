package smtpout

import (
	"context"
	"errors"
	"fmt"
)

// ErrNoRecipient is Send's error for an empty envelope.
var ErrNoRecipient = errors.New("smtpout: no recipient")

// Send hands raw to s for the recipients of e and gives one result for each, in
// their order. raw is sent as it is.
//
// beforeDot is called when all bytes of the mail have left and before the dot
// by which the server takes it; it should make dot_pending durable. If it fails
// the connection is dropped without the dot, all are Soft, and its error comes
// back wrapped.
//
// The results are complete whatever happens on the network, and then err is
// nil. With an error there was nothing to be said about recipients: *Throttled
// (come back later, this was no attempt), ErrNoRecipient, or the end of ctx
// while waiting for a free place. When ctx ends later, mails before the dot are
// Soft; after the dot the answer is still waited for a moment (AnswerGrace).
func (p *Pool) Send(ctx context.Context, s Server, e Envelope, raw []byte, beforeDot func(context.Context) error) ([]RecipientResult, error) {
	if len(e.To) == 0 {
		return nil, ErrNoRecipient
	}
	t := newTransaction(e, raw, beforeDot)
	t.grace = p.cfg.AnswerGrace
	if t.precheck(); len(t.open()) == 0 {
		return t.results, nil
	}
	leave, err := p.throttle.enter(ctx, e.To)
	if err != nil {
		return nil, throttled(err)
	}
	defer leave()

	c := p.connections(s)
	select {
	case c.places <- struct{}{}:
		defer func() { <-c.places }()
	case <-ctx.Done():
		return nil, fmt.Errorf("smtpout: waiting for a connection: %w", context.Cause(ctx))
	}
	return t.results, p.carry(ctx, s, c, t)
}

func throttled(err error) error {
	if t := (*Throttled)(nil); errors.As(err, &t) {
		return t
	}
	return fmt.Errorf("smtpout: waiting for a place: %w", err)
}

// carry runs the transaction on a kept session, and on a new one when the kept
// one turns out to be dead before anything of the mail was said.
func (p *Pool) carry(ctx context.Context, s Server, c *connections, t *transaction) error {
	for {
		if v, wait := p.paused(c); wait {
			t.decide(v)
			return nil
		}
		session, fail := p.session(ctx, s, c)
		if fail != nil {
			v := judge(s, fail)
			p.notePause(c, fail, v)
			t.decide(v)
			return nil
		}
		retry, ok, err := t.run(ctx, session)
		if ok {
			p.rest(c, session)
		} else {
			session.close()
		}
		if !retry {
			return err
		}
	}
}
