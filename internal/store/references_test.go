package store_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var unindexed = store.Dynamic(`
	select t.name || '.' || f."from" from sqlite_master t, pragma_foreign_key_list(t.name) f
	where t.type = 'table' and f."table" = $1 and not exists (
		select 1 from pragma_index_list(t.name) i, pragma_index_info(i.name) c where c.seqno = 0 and c.name = f."from")
	order by 1`)

// Each reply that comes in deletes the conversation it was tentatively given,
// and each such delete looks for rows that still name it. Without an index that
// read the whole table a mail: two million rows for 4,000 mails.
func TestDeletingAConversationReadsNoTableWhole(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != store.SQLite {
			return // the same migrations made the same indexes
		}
		ask := func(table string) (columns []string) {
			err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
				columns, err = store.All[string](tx, unindexed, table)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return columns
		}
		if len(ask("shop")) == 0 {
			t.Error("references without an index were not seen")
		}
		if columns := ask("conversation"); len(columns) > 0 {
			t.Errorf("no index for %v", columns)
		}
	})
}
