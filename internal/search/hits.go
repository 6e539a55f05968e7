package search

import (
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Hits gives the newest messages that match, newest first, below a message
// (which isn't among them), at most limit. Where it gives fewer, nothing else
// matches from through on: PostgreSQL is asked a window of numbers at a time. An
// index that isn't whole leaves out what it hasn't read yet; none at all knows
// no message.
func (x Index) Hits(tx *store.Tx, m Match, below id.Message, limit int) (found []id.Message, through id.Message, err error) {
	if m.Empty() || below <= 1 || x.Generation == 0 {
		return nil, 0, nil
	}
	if tx.Dialect() == store.PostgreSQL {
		through = id.Message(windowOf(below-1) * windowSize)
	}
	found, err = x.between(tx, m, through, below, limit)
	return found, through, err
}

// Has tells whether one message matches.
func (x Index) Has(tx *store.Tx, m Match, message id.Message) (bool, error) {
	if tx.Dialect() == store.SQLite {
		found, err := x.between(tx, m, message, message+1, 1)
		return len(found) > 0, err
	}
	if windowOf(message) > x.Windows {
		return false, nil
	}
	_, found, err := store.Maybe[id.Message](tx, store.Dynamic(`select message_id from `+x.window(windowOf(message))+
		` where message_id = $1 and words @@ $2::tsquery`), message, m.tsquery())
	if err != nil {
		return false, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// between asks for messages from low on and below high, of one window, newest
// first.
func (x Index) between(tx *store.Tx, m Match, low, high id.Message, limit int) (found []id.Message, err error) {
	if tx.Dialect() == store.SQLite {
		found, err = store.All[id.Message](tx, store.Dynamic(`select -rowid from `+x.name()+` where `+x.name()+` match $1
			and rowid > $2 and rowid <= $3 order by rowid limit $4`), m.fts(), -int64(high), -int64(low), limit)
	} else if windowOf(low) <= x.Windows {
		// "+ 0" keeps the planner from walking the messages by number instead of the
		// words: it can't know how rare a word is, nor that the numbers asked for are
		// the whole window.
		found, err = store.All[id.Message](tx, store.Dynamic(`select message_id from `+x.window(windowOf(low))+` where words @@ $1::tsquery
			and message_id + 0 >= $2 and message_id + 0 < $3 order by message_id + 0 desc limit $4`), m.tsquery(), int64(low), int64(high), limit)
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}
