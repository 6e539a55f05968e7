package reply

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/pledge"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Promised is an act that the text of an answer promises, with its date. It
// becomes a promise of the shop's when the answer is accepted.
type Promised struct {
	Kind  promise.Kind
	Title string // the author's own words
	DueAt time.Time
	Exact bool // a time of day was said; else DueAt is the end of a day
}

// kinds of promises in a text, as the ledger has them. What a text says will be
// answered is a promise of its own: the one to answer hangs on messages (I2).
var promisedKinds = map[pledge.Kind]promise.Kind{
	pledge.CallBack: promise.CallBack, pledge.Refund: promise.Refund, pledge.Send: promise.Send,
	pledge.Answer: promise.Other, pledge.Other: promise.Other,
}

const (
	mostPromised = 20
	longestTitle = 200 // code points
)

// promised finds what the draft promises by a date. What waits for an event of
// the customer's has none yet; and a holding answer gives its date already.
func (b *basis) promised(a Answer, said []guard.Promise) (list []Promised) {
	for _, p := range said {
		holds := p.Kind == pledge.Answer && !a.HoldingUntil.IsZero()
		if p.Due.IsZero() || p.Conditional || holds || !p.Due.After(b.facts.Now) {
			continue
		}
		list = append(list, Promised{Kind: promisedKinds[p.Kind], Title: titleOf(p.Words), DueAt: p.Due, Exact: p.Exact})
	}
	return list
}

func titleOf(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if utf8.RuneCountInString(words) > longestTitle {
		words = string([]rune(words)[:longestTitle-1]) + "…"
	}
	return words
}

// checkPromised: a promise names what is done, by when, and not before the
// answer is read.
func checkPromised(list []Promised, leaves time.Time) error {
	if len(list) > mostPromised {
		return fault.Wrong("promises", "There are more than 20 promises.")
	}
	for i, p := range list {
		field := fmt.Sprintf("promises[%d]", i)
		switch p.Kind {
		case promise.CallBack, promise.Refund, promise.Send, promise.Other:
		default:
			return fault.Wrong(field, "This kind of promise is not made in a text.")
		}
		if strings.TrimSpace(p.Title) == "" || utf8.RuneCountInString(p.Title) > longestTitle {
			return fault.Wrong(field, "A promise says what is done, in at most 200 characters.")
		}
		if !p.DueAt.After(leaves) {
			return fault.Wrong(field, "A promise is due after the answer has left.")
		}
	}
	return nil
}

// propose writes down what the answer promises. It opens when the answer is
// accepted. Whoever said "je vous rappelle" is expected to call.
func (s *Service) propose(tx *store.Tx, by team.Actor, conv desk.Conversation, answer id.Message, list []Promised) error {
	for _, p := range list {
		owed := promise.Owed{
			Shop: conv.Shop, Conversation: conv.ID, Kind: p.Kind, Title: strings.TrimSpace(p.Title), Basis: promise.Word,
			Since: s.Clock.Now(), DueAt: p.DueAt, Message: answer,
		}
		if p.Kind == promise.CallBack {
			owed.Person = by.Person
		}
		if _, err := s.Desk.Ledger.Propose(tx, owed); err != nil {
			return err
		}
	}
	return nil
}
