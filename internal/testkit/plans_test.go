package testkit_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// growing are the tables that grow with the archive: no statement may read one
// of them from end to end (I12).
const growing = `message|conversation|item|promise|promise_message|delivery|delivery_attempt|event|attachment|customer|customer_identity|thread_key|participant`

var (
	wholeTable = regexp.MustCompile(`^SCAN (?:` + growing + `)$`)
	inOrder    = regexp.MustCompile(`(?i)^select at from event order by seq desc limit 1$`) // takes the last row only
)

// allowed read a table whole, with the reason.
var allowed = map[string]string{
	`select id, last_message_id from conversation where shop_id = $1 and last_message_at < $2 order by id`: "made once, for the demo's few conversations",
	`select count(*) from delivery where state = 'held'`:                                                   "a person runs doctor and waits",
}

// A mail that comes in once read every message of the shop: SQLite takes a
// partial index only where the statement itself says the index's condition.
func TestNoStatementReadsAGrowingTableWhole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	testkit.OpenStore(t, path)
	db := connect(t, "sqlite", path)
	plan := func(text string) (whole []string) {
		rows, err := db.QueryContext(t.Context(), "explain query plan "+text, make([]any, placeholders(text))...)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			if wholeTable.MatchString(step) {
				whole = append(whole, step)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return whole
	}
	if len(plan(`select id from message where rfc_message_id = $1`)) == 0 {
		t.Error("a statement without a usable index was not seen")
	}
	for _, s := range store.Statements() {
		text := s.For(store.SQLite)
		line := strings.Join(strings.Fields(text), " ")
		if steps := plan(text); len(steps) > 0 && allowed[line] == "" && !inOrder.MatchString(line) {
			t.Errorf("%s in\n%s", steps, line)
		}
	}
}
