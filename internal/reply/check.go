package reply

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Review is what is said of a draft while it is written.
type Review struct {
	Findings  []guard.Finding
	Questions []guard.Question // the customer's, and which of them the draft speaks to (P06)
	Promises  []Promised       // what its text promises, with a date
}

func (b *basis) review(a Answer) Review {
	read := guard.Read(b.draft(), b.facts)
	return Review{Findings: read.Findings, Questions: read.Questions, Promises: b.promised(a, read.Promises)}
}

// Check asks the guard about a draft without writing anything.
func (s *Service) Check(ctx context.Context, by desk.Actor, a Answer) (read Review, err error) {
	a.HTML = sanitise.Fragment(a.HTML)
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		b, err := s.drafted(tx, by, a)
		if err == nil {
			read = b.review(a)
		}
		return err
	})
	return read, err
}

// drafted reads what the guard needs to look at a draft.
func (s *Service) drafted(tx *store.Tx, by desk.Actor, a Answer) (b basis, err error) {
	if b.conv, err = desk.Get(tx, a.Conversation); err != nil || b.conv.Shop != by.Shop {
		return b, fault.Missing("conversation")
	}
	for _, step := range []func(*store.Tx, desk.Actor, Answer) error{b.readShop(s), b.readFiles, b.readAbout(s)} {
		if err := step(tx, by, a); err != nil {
			return b, err
		}
	}
	return b, nil
}
