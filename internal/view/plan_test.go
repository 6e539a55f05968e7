package view_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// served says which index serves each statement that a screen runs.
func served() map[string]struct {
	statement store.Statement
	index     string
} {
	out := map[string]struct {
		statement store.Statement
		index     string
	}{}
	add := func(name string, s store.Statement, index string) {
		out[name] = struct {
			statement store.Statement
			index     string
		}{s, index}
	}
	for v, index := range map[view.View]string{
		view.Owed: "conversation_owed", view.Mine: "conversation_owed_mine", view.Unassigned: "conversation_owed_mine",
		view.Team: "conversation_owed_team", view.Sent: "conversation_sent", view.Scheduled: "delivery_scheduled", view.Tagged: "conversation_by_tag",
		view.Waiting: "conversation_waiting", view.Snoozed: "conversation_snoozed", view.Closed: "conversation_closed",
		view.Courtesy: "conversation_tray", view.Sort: "conversation_tray", view.Spam: "conversation_spam",
	} {
		add(string(v), view.ListStatement(v), index)
	}
	for v, index := range map[view.View]string{
		view.Owed: "conversation_owed_rank", view.Mine: "conversation_owed_rank_mine",
		view.Unassigned: "conversation_owed_rank_mine", view.Team: "conversation_owed_rank_team",
	} {
		add(string(v)+" by rank", view.RankStatement(v), index)
	}
	add("owed with a tag", view.TaggedStatement(), "conversation_by_tag_owed")
	for base, index := range map[view.View]string{
		view.Owed: "conversation_owed", view.Mine: "conversation_owed_mine", view.Closed: "conversation_closed", view.Sent: "conversation_sent",
		view.Sort: "conversation_tray", view.Waiting: "conversation_waiting",
	} {
		end, rows, err := view.NarrowedStatements(base, everyField)
		if err != nil {
			panic(err)
		}
		add("end of narrowed "+string(base), store.Dynamic(end), index)
		add("narrowed "+string(base), store.Dynamic(rows), "")
	}
	for state, index := range map[string]string{
		"all": "delivery_outbox", "held": "delivery_outbox_state", "failed": "delivery_outbox_state",
		"local": "delivery_outbox_state", "uncertain": "delivery_outbox_state",
	} {
		add("outbox "+state, view.OutboxStatement(state), index)
	}
	for name, s := range view.CountStatements {
		index := map[string]string{
			"mine": "conversation_owed_mine|conversation_owed_rank_mine", "team": "conversation_owed_team|conversation_owed_rank_team",
			"unassigned": "conversation_owed_mine|conversation_owed_rank_mine", "scheduled": "delivery_scheduled", "waiting": "conversation_waiting",
			"courtesy": "conversation_tray", "sort": "conversation_tray", "held": "delivery_outbox_state", "near": "conversation_near",
		}[name]
		add("count "+name, s, index)
	}
	for name, s := range view.OtherStatements {
		add(name, s, "")
	}
	return out
}

// everyField asks about everything that a filter can.
const everyField = `{"any": [
	{"all": [{"field": "assignee", "op": "is", "value": "me"}, {"field": "team", "op": "is", "value": "mine"}, {"field": "tag", "op": "is", "value": 3}]},
	{"not": {"field": "reason", "op": "is", "value": 4}}, {"field": "mailbox", "op": "is", "value": "none"}, {"field": "channel", "op": "is", "value": "mail"},
	{"field": "language", "op": "is", "value": "fr"}, {"field": "priority", "op": "is", "value": 1}, {"field": "reminders", "op": "min", "value": 2},
	{"field": "due", "op": "within", "value": 120}, {"field": "received", "op": "within", "value": 1440}, {"field": "state", "op": "is", "value": "open"},
	{"field": "law", "op": "is", "value": true}, {"field": "holding", "op": "is", "value": false}, {"field": "angry", "op": "is", "value": true},
	{"field": "draft", "op": "is", "value": false}, {"field": "text", "op": "contains", "value": "bague"}]}`

// sorts are the statements that may sort the few rows of one conversation; no
// list is among them.
var sorts = map[string]bool{"suggestions": true}

// alias is a table walked over by a short name; a subquery is named as one too.
var alias = regexp.MustCompile(`SCAN ([cdt])\b`)

// No list may walk over a table or sort what it found: the cost of a screen
// doesn't grow with the archive (I12).
func TestEachListIsServedByAnIndexOnSQLite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	testkit.OpenStore(t, path)
	db := connect(t, "sqlite", path)
	for name, want := range served() {
		text := want.statement.For(store.SQLite)
		plan := explain(t, db, "explain query plan "+text, text)
		if regexp.MustCompile(`SCAN (conversation|message|promise|delivery|event|customer|item|attachment|suggestion)\b`).MatchString(plan) {
			t.Errorf("%s walks over a table:\n%s", name, plan)
		}
		if m := alias.FindStringSubmatch(plan); m != nil && !strings.Contains(plan, "CO-ROUTINE "+m[1]+"\n") {
			t.Errorf("%s walks over a table:\n%s", name, plan)
		}
		if strings.Contains(plan, "USE TEMP B-TREE FOR ORDER BY") && !sorts[name] {
			t.Errorf("%s sorts:\n%s", name, plan)
		}
		if want.index != "" && !regexp.MustCompile(`INDEX (`+want.index+`) `).MatchString(plan) {
			t.Errorf("%s isn't served by %s:\n%s", name, want.index, plan)
		}
	}
}

// archive is a shop with something behind it: over empty tables PostgreSQL
// takes any index as good as another.
var archive = []string{
	`insert into shop (id, name, created_at) select n, 'Maison Lila', 1 from generate_series(1, 20) n`,
	`insert into person (id, name, email, created_at) select n, 'Marc', 'marc' || n, 1 from generate_series(1, 20) n`,
	`insert into conversation (shop_id, channel, state, tray, assignee_id, next_due_at, near_at, last_message_at, created_at)
		select 1, 'mail', case when n % 10 = 0 then 'open' when n % 10 = 1 then 'waiting' else 'closed' end, 'main', nullif(n / 10 % 21, 0),
			case when n % 10 = 0 then n end, case when n % 10 = 0 then n - 10 end, n, n from generate_series(1, 8000) n`,
	`insert into conversation (shop_id, channel, state, tray, last_message_at, created_at)
		select 1, 'mail', 'open', case n % 3 when 0 then 'courtesy' when 1 then 'sort' else 'spam' end, n, n from generate_series(1, 600) n`,
	`insert into team (id, shop_id, name, created_at) select n, 1, 'Atelier ' || n, 1 from generate_series(1, 20) n`,
	`update conversation set team_id = nullif(id % 21, 0), rank = id % 4, last_out_at = case when state = 'closed' then last_message_at end`,
	`insert into tag (id, shop_id, name, folded) select n, 1, 'Bague ' || n, 'bague ' || n from generate_series(1, 20) n`,
	`insert into conversation_tag (conversation_id, tag_id, next_due_at, last_message_at)
		select id, 1 + id / 10 % 20, next_due_at, last_message_at from conversation`,
	`insert into delivery (shop_id, kind, state, rfc_message_id, raw, sender, scheduled, not_before, created_at)
		select 1 + n % 20, 'answer', case when n % 25 = 0 then 'held' when n % 25 = 1 then 'queued' else 'accepted' end, n, '', '', n % 25 = 1, n, 1 from generate_series(1, 5000) n`,
	`analyze`,
}

func TestEachListIsServedByAnIndexOnPostgres(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, _ *store.DB) {
		dsn := postgres.DSN(t)
		testkit.OpenStore(t, dsn)
		db := connect(t, "pgx", dsn)
		db.SetMaxOpenConns(1)
		for _, text := range append(archive, "set enable_seqscan = off", "set enable_bitmapscan = off") {
			if _, err := db.ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		for name, want := range served() {
			text := want.statement.For(store.PostgreSQL)
			plan := explain(t, db, "explain "+text, text)
			if strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s walks over a table:\n%s", name, plan)
			}
			if strings.Contains(plan, "Sort") && !sorts[name] {
				t.Errorf("%s sorts:\n%s", name, plan)
			}
			// For the outbox its planner weighs several indexes by what is in the tables.
			if strings.HasPrefix(want.index, "conversation_") && !regexp.MustCompile(`using (`+want.index+`)\b`).MatchString(plan) {
				t.Errorf("%s isn't served by %s:\n%s", name, want.index, plan)
			}
		}
	})
}

func connect(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// explain reads the plan of a statement as shop 1 asks it, in the middle of
// what there is.
func explain(t *testing.T, db *sql.DB, query, text string) string {
	t.Helper()
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			most = max(most, n)
		}
	}
	args := make([]any, most)
	for i := range args {
		at := `\$` + strconv.Itoa(i+1) + `\b`
		switch {
		case i == 0:
			args[i] = 1
		case regexp.MustCompile(`(limit|offset) ` + at).MatchString(text):
			args[i] = 50
		case regexp.MustCompile(`(kind =|value >=|value <|channel =|language =|state =|like) ` + at).MatchString(text):
			args[i] = "mail"
		case regexp.MustCompile(`\brank = ` + at).MatchString(text):
			args[i] = 1
		case regexp.MustCompile(`(assignee_id|team_id|tag_id|person_id|reason_id|parent_id) = ` + at).MatchString(text):
			args[i] = 7
		default:
			args[i] = 4000
		}
	}
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	var plan strings.Builder
	for rows.Next() {
		dest := make([]any, len(columns))
		for i := range dest {
			dest[i] = new(any)
		}
		must(t, rows.Scan(dest...))
		fmt.Fprintln(&plan, *dest[len(dest)-1].(*any))
	}
	must(t, rows.Err())
	return plan.String()
}
