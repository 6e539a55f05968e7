package report

import (
	"context"
	"math"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Rebuild counts everything anew. The figures are the same afterwards, unless
// the way to count changed. It survives a crash: the fold goes on where it was.
func (s *Service) Rebuild(ctx context.Context) error {
	f, err := s.standing(ctx)
	if err != nil {
		return err
	}
	if err := s.startOver(ctx, f); err != nil {
		return err
	}
	return s.CatchUp(ctx)
}

// startOver begins to count everything anew. What is written from now on is
// read from the feed afterwards.
func (s *Service) startOver(ctx context.Context, f folding) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		return move(tx, f, folding{Position: at.String(), Version: countingVersion, State: clearing})
	})
}

// clear empties the figures, a piece at a time.
func (s *Service) clear(ctx context.Context, f folding) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		shops, err := store.All[id.Shop](tx, shopsWithFigures)
		if err != nil {
			return err
		}
		next := f
		for _, of := range shops {
			n, err := store.Exec(tx, clearFigures, of)
			if err != nil {
				return err
			}
			if n > 0 {
				return move(tx, f, next)
			}
		}
		next.State, next.After = recounting, 0
		return move(tx, f, next)
	})
}

// recount adds the next subjects to emptied figures: first every conversation,
// then what has none.
func (s *Service) recount(ctx context.Context, f folding) error {
	which := nextConversations
	if f.State == others {
		which = nextOthers
	}
	var subjects []int64
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		subjects, err = store.All[int64](tx, which, f.After, perChunk)
		return err
	})
	if err != nil {
		return err
	}
	next := f
	switch {
	case len(subjects) > 0:
		next.After = subjects[len(subjects)-1]
	case f.State == recounting:
		next.State, next.After = others, math.MinInt64
	default:
		next.State, next.After = folds, 0
	}
	c, err := s.changes(ctx, subjects, false)
	if err != nil {
		return err
	}
	return s.write(ctx, f, next, c)
}
