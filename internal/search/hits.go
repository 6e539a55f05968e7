package search

import (
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Hits gives the newest messages of one window that match, newest first, below
// a message (which isn't among them), at most limit. An index that isn't whole
// leaves out what it hasn't read yet.
func (x Index) Hits(tx *store.Tx, m Match, window int64, below id.Message, limit int) ([]id.Message, error) {
	low, high := window*WindowSize, min(int64(below), (window+1)*WindowSize)
	if m.Empty() || low >= high {
		return nil, nil
	}
	text, asked := `select rowid from `+x.name()+` where `+x.name()+` match $1 and rowid >= $2 and rowid < $3 order by rowid desc limit $4`, m.fts()
	if tx.Dialect() == store.PostgreSQL {
		if window > x.Windows {
			return nil, nil
		}
		// "+ 0" keeps the planner from walking the newest messages instead of the
		// words: it can't know how rare a word is there.
		text, asked = `select message_id from `+x.window(window)+` where words @@ $1::tsquery and message_id >= $2 and message_id < $3 order by message_id + 0 desc limit $4`, m.tsquery()
	}
	found, err := store.All[id.Message](tx, store.Dynamic(text), asked, low, high, limit)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}
