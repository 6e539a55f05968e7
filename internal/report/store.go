package report

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const promiseColumns = `p.id, p.kind, p.state, p.opened_at, p.near_at, p.due_at, p.broken_at, p.closed_at, p.closed_by, p.passed_to, p.reopens, p.shop_id, coalesce(p.conversation_id, 0) as conversation_id,
	(select min(c.arrived_at) from promise_message c where c.promise_id = p.id) as since`

const (
	matterColumns = `
		select c.id, c.shop_id, c.mailbox_id, c.team_id, c.reason_id, c.channel, c.tray, m.owed_since
		from conversation c left join mailbox m on m.id = c.mailbox_id where c.id `
	saidColumns = `
		select m.conversation_id, m.direction, m.person_id, m.arrived_at, coalesce(d.state, '') as delivery_state, d.accepted_at
		from message m left join delivery d on d.message_id = m.id
		where (m.direction = 'in' and m.kind in ('customer', 'contact') or m.direction = 'out' and m.kind in ('answer', 'holding'))
			and m.conversation_id `
	promisesOf   = `select ` + promiseColumns + ` from promise p where p.conversation_id `
	lonePromises = `select ` + promiseColumns + ` from promise p where p.conversation_id is null and p.id `
	countedOf    = `select subject, shop_id, entries from report_counted where subject `
)

// Numbers come in one list: what one chunk counts is read in a few questions,
// however far the store is.
const (
	inSQLite   = `in (select value from json_each($1))`
	inPostgres = `= any (string_to_array($1, ',')::bigint[])`
)

var (
	selectMatters  = store.PerStore(matterColumns+inSQLite, matterColumns+inPostgres)
	selectPromises = store.PerStore(promisesOf+inSQLite+` order by p.id`, promisesOf+inPostgres+` order by p.id`)
	selectMessages = store.PerStore(saidColumns+inSQLite+` order by m.id`, saidColumns+inPostgres+` order by m.id`)
	selectLone     = store.PerStore(lonePromises+inSQLite, lonePromises+inPostgres)
	selectCounted  = store.PerStore(countedOf+inSQLite, countedOf+inPostgres)

	selectFold = store.SQL(`select position, version, state, after, turn from report_fold where one = 1`)
	insertFold = store.SQL(`insert into report_fold (one, position, version) values (1, $1, $2) on conflict (one) do nothing`)
	moveFold   = store.SQL(`update report_fold set position = $1, version = $2, state = $3, after = $4, turn = turn + 1 where one = 1 and turn = $5`)

	// What a chunk writes goes in rows of JSON, a few hundred a statement.
	saveCounted = store.PerStore(`
		insert into report_counted (subject, shop_id, entries)
		select value ->> 0, value ->> 1, unhex(value ->> 2) from json_each($1) where true`+savedAnew, `
		insert into report_counted (subject, shop_id, entries)
		select (value ->> 0)::bigint, (value ->> 1)::bigint, decode(value ->> 2, 'hex') from json_array_elements($1::text::json)`+savedAnew)
	addFigures = store.PerStore(`
		insert into report_figure (`+cellColumns+`, n) select `+cellsInSQLite+`, value ->> 10 from json_each($1) where true`+added, `
		insert into report_figure (`+cellColumns+`, n)
		select `+cellsInPostgres+`, (value ->> 10)::bigint from json_array_elements($1::text::json)`+added)
	dropZeros = store.PerStore(
		`delete from report_figure where n = 0 and (`+cellColumns+`) in (select `+cellsInSQLite+` from json_each($1))`,
		`delete from report_figure where n = 0 and (`+cellColumns+`) in (select `+cellsInPostgres+` from json_array_elements($1::text::json))`)

	shopsWithFigures = store.SQL(`select id from shop order by id`)
	clearFigures     = store.SQL(`
		delete from report_figure where shop_id = $1
			and (grain, day) in (select grain, day from report_figure where shop_id = $1 limit 2000)`)
	nextConversations = store.SQL(`select id from conversation where id > $1 order by id limit $2`)
	// What has no conversation of its own, from the lowest number on.
	nextOthers = store.SQL(`
		select subject from report_counted r where r.subject > $1
			and not exists (select 1 from conversation c where c.id = r.subject) order by r.subject limit $2`)
)

const (
	savedAnew     = ` on conflict (subject) do update set shop_id = excluded.shop_id, entries = excluded.entries`
	added         = ` on conflict (` + cellColumns + `) do update set n = report_figure.n + excluded.n`
	cellColumns   = `shop_id, grain, day, measure, kind, mailbox_id, team_id, reason_id, person_id, bucket`
	cellsInSQLite = `value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9`
	// The kind is compared by bytes, as its column is.
	cellsInPostgres = `(value ->> 0)::bigint, (value ->> 1)::integer, (value ->> 2)::integer, (value ->> 3)::integer, (value ->> 4) collate "C",
		(value ->> 5)::bigint, (value ->> 6)::bigint, (value ->> 7)::bigint, (value ->> 8)::bigint, (value ->> 9)::integer`
)

// folding is where the fold stands.
type folding struct {
	Position string `db:"position"`
	Version  int    `db:"version"`
	State    string `db:"state"`
	After    int64  `db:"after"`
	Turn     int64  `db:"turn"`
}

// subjectsOf are the numbers of what an event may have changed: conversations,
// and negated the promises outside one.
func subjectsOf(e event.Event) []int64 {
	switch {
	case e.Conversation != 0 && e.Kind == event.ConversationMerged:
		return []int64{int64(e.Conversation), mergedFrom(e)}
	case e.Conversation != 0:
		return []int64{int64(e.Conversation)}
	case e.Promise != 0:
		return []int64{-int64(e.Promise)}
	}
	return nil
}

// matters are those of subjects, by number; what is gone is missing.
func matters(tx *store.Tx, subjects []int64) (map[int64]*matter, error) {
	var conversations, promises []int64
	for _, n := range subjects {
		if n < 0 {
			promises = append(promises, -n)
		} else {
			conversations = append(conversations, n)
		}
	}
	out := map[int64]*matter{}
	if err := readConversations(tx, list(tx, conversations), out); err != nil {
		return nil, err
	}
	lone, err := store.All[promised](tx, selectLone, list(tx, promises))
	for _, p := range lone {
		out[-int64(p.ID)] = &matter{Shop: p.Shop, Channel: "mail", promises: []promised{p}}
	}
	return out, err
}

func readConversations(tx *store.Tx, which string, out map[int64]*matter) error {
	found, err := store.All[matter](tx, selectMatters, which)
	if err != nil {
		return err
	}
	for i := range found {
		out[found[i].ID] = &found[i]
	}
	promises, err := store.All[promised](tx, selectPromises, which)
	if err != nil {
		return err
	}
	for _, p := range promises {
		if m := out[p.Conversation]; m != nil {
			m.promises = append(m.promises, p)
		}
	}
	messages, err := store.All[said](tx, selectMessages, which)
	for _, s := range messages {
		if m := out[s.Conversation]; m != nil {
			m.messages = append(m.messages, s)
		}
	}
	return err
}

// list writes numbers as the statements above take them.
func list(tx *store.Tx, numbers []int64) string {
	text, _ := json.Marshal(numbers) // numbers always marshal
	if numbers == nil {
		text = []byte("[]")
	}
	if tx.Dialect() == store.PostgreSQL {
		return strings.Trim(string(text), "[]")
	}
	return string(text)
}

// rowsAtOnce bounds one statement.
const rowsAtOnce = 500

// inRows runs a statement with rows of JSON, some hundreds at a time.
func inRows(tx *store.Tx, s store.Statement, rows [][]any) error {
	for part := range slices.Chunk(rows, rowsAtOnce) {
		text, err := json.Marshal(part)
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, s, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// add writes differences of figures, within the caller's transaction.
func add(tx *store.Tx, cells map[cell]int64) error {
	var all, less [][]any
	for c, n := range cells {
		if n == 0 {
			continue
		}
		row := []any{c.Shop, c.Grain, c.Day, c.Measure, c.Kind, c.Mailbox, c.Team, c.Reason, c.Person, c.Bucket, n}
		all = append(all, row)
		if n < 0 {
			less = append(less, row)
		}
	}
	if err := inRows(tx, addFigures, all); err != nil {
		return err
	}
	return inRows(tx, dropZeros, less)
}
