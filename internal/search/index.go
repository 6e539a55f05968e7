package search

import (
	"fmt"
	"strconv"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// windowSize is how many message numbers PostgreSQL is asked at once. It keeps a
// table with its own GIN index for each window: in one index over millions of
// messages it would collect all hits before it sorts out the newest.
//
// SQLite walks the messages of a word, and needs no windows. It does so by
// rising numbers only with skips over what another word doesn't share, so there
// a message stands under its number below zero: the newest comes first.
const windowSize = 100_000

func windowOf(m id.Message) int64 { return int64(m) / windowSize }

// Index is one index as its row tells.
type Index struct {
	Generation int64      `db:"generation"`
	Analyser   int        `db:"analyser"`
	State      string     `db:"state"`
	Begun      bool       `db:"begun"`
	LeftBelow  id.Message `db:"left_below"`
	Windows    int64      `db:"windows"` // newest window with a table; PostgreSQL
}

const indexColumns = `generation, analyser, state, begun, left_below, windows`

var (
	selectIndexes = store.SQL(`select ` + indexColumns + ` from search_index`)
	// A building index answers only where there is no other.
	selectServing = store.SQL(`select ` + indexColumns + ` from search_index order by state desc, generation desc limit 1`)
	moreWindows   = store.SQL(`update search_index set windows = $2 where generation = $1 and windows < $2`)
)

// Serving is the index that answers; found is false before the first start
// made one.
func Serving(tx *store.Tx) (x Index, found bool, err error) {
	return store.Maybe[Index](tx, selectServing)
}

// Whole tells whether every message is in the index; while it is first built,
// the oldest are not.
func (x Index) Whole() bool { return x.State == "serving" }

func (x Index) name() string { return "search_g" + strconv.FormatInt(x.Generation, 10) }

func (x Index) window(n int64) string { return x.name() + "_w" + strconv.FormatInt(n, 10) }

// Put keeps the words of a message in the transaction that wrote it, in place
// of those that were kept of it before. Without an index it does nothing.
func Put(tx *store.Tx, m id.Message, w Words) error {
	if w.tokens == "" {
		return nil
	}
	all, err := store.All[Index](tx, selectIndexes)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	for _, x := range all {
		if err := x.put(tx, m, w); err != nil {
			return fmt.Errorf("search: %w", err)
		}
	}
	return nil
}

// Remove forgets the words of a message.
func Remove(tx *store.Tx, m id.Message) error {
	all, err := store.All[Index](tx, selectIndexes)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	for _, x := range all {
		text := `delete from ` + x.name() + ` where rowid = -$1`
		if tx.Dialect() == store.PostgreSQL {
			if windowOf(m) > x.Windows {
				continue
			}
			text = `delete from ` + x.window(windowOf(m)) + ` where message_id = $1`
		}
		if _, err := store.Exec(tx, store.Dynamic(text), m); err != nil {
			return fmt.Errorf("search: %w", err)
		}
	}
	return nil
}

// Forget makes SQLite give up the bytes of what was removed. It takes seconds
// on a large archive: for erasure, never for a click.
func Forget(tx *store.Tx) error {
	if tx.Dialect() == store.PostgreSQL {
		return nil
	}
	all, err := store.All[Index](tx, selectIndexes)
	for _, x := range all {
		if err == nil {
			_, err = store.Exec(tx, store.Dynamic(`insert into `+x.name()+`(`+x.name()+`) values ('optimize')`))
		}
	}
	return err
}

func (x Index) put(tx *store.Tx, m id.Message, w Words) error {
	if tx.Dialect() == store.SQLite {
		_, err := store.Exec(tx, store.Dynamic(`insert or replace into `+x.name()+` (rowid, words) values (-$1, $2)`), m, w.tokens)
		return err
	}
	if err := x.reach(tx, windowOf(m)); err != nil {
		return err
	}
	_, err := store.Exec(tx, store.Dynamic(`
		insert into `+x.window(windowOf(m))+` (message_id, words) values ($1, array_to_tsvector(string_to_array($2, ' ')))
		on conflict (message_id) do update set words = excluded.words`), m, w.tokens)
	return err
}

// create makes the tables of a new index for the messages up to newest.
func (x Index) create(tx *store.Tx, newest id.Message) error {
	if tx.Dialect() == store.PostgreSQL {
		return x.reach(tx, windowOf(newest))
	}
	// No positions and no sizes by column are kept: what needs them reads the
	// message. The words are made by us; ascii only splits them at the blanks.
	_, err := store.Exec(tx, store.Dynamic(`create virtual table `+x.name()+` using fts5
		(words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii')`))
	if err != nil {
		return err
	}
	// A word is looked up in every part of the index. Mail that comes in one at a
	// time makes a part each; two of a size are merged rather than four.
	_, err = store.Exec(tx, store.Dynamic(`insert into `+x.name()+`(`+x.name()+`, rank) values ('automerge', 2)`))
	return err
}

// reach makes the tables up to a window, once: whoever comes second waits for
// the row and finds them made.
func (x Index) reach(tx *store.Tx, window int64) error {
	if window <= x.Windows {
		return nil
	}
	n, err := store.Exec(tx, moreWindows, x.Generation, window)
	if err != nil || n == 0 {
		return err
	}
	for w := x.Windows + 1; w <= window; w++ {
		// Words beside the row would make each page hold a handful of rows, and a
		// hit costs a page: they are kept apart, and never read again.
		for _, text := range []string{
			`create table if not exists ` + x.window(w) + ` (message_id bigint primary key, words tsvector not null) with (toast_tuple_target = 128)`,
			`create index if not exists ` + x.window(w) + `_words on ` + x.window(w) + ` using gin (words) with (gin_pending_list_limit = 256)`,
		} {
			if _, err := store.Exec(tx, store.Dynamic(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop removes the tables and the row of an index.
func (x Index) drop(tx *store.Tx) error {
	tables := []string{x.name()}
	if tx.Dialect() == store.PostgreSQL {
		tables = nil
		for w := int64(0); w <= x.Windows; w++ {
			tables = append(tables, x.window(w))
		}
	}
	for _, table := range tables {
		if _, err := store.Exec(tx, store.Dynamic(`drop table if exists `+table)); err != nil {
			return err
		}
	}
	_, err := store.Exec(tx, deleteIndex, x.Generation)
	return err
}

var deleteIndex = store.SQL(`delete from search_index where generation = $1`)
