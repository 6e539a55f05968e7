package report

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const promiseColumns = `p.id, p.kind, p.state, p.opened_at, p.near_at, p.due_at, p.broken_at, p.closed_at, p.closed_by, p.passed_to, p.reopens,
	(select min(c.arrived_at) from promise_message c where c.promise_id = p.id) as since`

var (
	selectMatter = store.SQL(`
		select c.shop_id, c.mailbox_id, c.team_id, c.reason_id, c.channel, c.tray, m.owed_since
		from conversation c left join mailbox m on m.id = c.mailbox_id where c.id = $1`)
	selectPromises = store.SQL(`select ` + promiseColumns + ` from promise p where p.conversation_id = $1 order by p.id`)
	selectMessages = store.SQL(`
		select m.direction, m.person_id, m.arrived_at, coalesce(d.state, '') as delivery_state, d.accepted_at
		from message m left join delivery d on d.message_id = m.id
		where m.conversation_id = $1 and (m.direction = 'in' and m.kind in ('customer', 'contact') or m.direction = 'out' and m.kind in ('answer', 'holding'))
		order by m.id`)
	selectLone     = store.SQL(`select ` + promiseColumns + ` from promise p where p.id = $1`)
	selectLoneShop = store.SQL(`select shop_id from promise where id = $1 and conversation_id is null`)

	selectFold    = store.SQL(`select position, version, state, after, turn from report_fold where one = 1`)
	insertFold    = store.SQL(`insert into report_fold (one, position, version) values (1, $1, $2) on conflict (one) do nothing`)
	moveFold      = store.SQL(`update report_fold set position = $1, version = $2, state = $3, after = $4, turn = turn + 1 where one = 1 and turn = $5`)
	selectCounted = store.SQL(`select entries from report_counted where subject = $1`)
	saveCounted   = store.SQL(`
		insert into report_counted (subject, shop_id, entries) values ($1, $2, $3)
		on conflict (subject) do update set shop_id = excluded.shop_id, entries = excluded.entries`)

	addFigure = store.SQL(`
		insert into report_figure (shop_id, grain, day, measure, kind, mailbox_id, team_id, reason_id, person_id, bucket, n)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (shop_id, grain, day, measure, kind, mailbox_id, team_id, reason_id, person_id, bucket)
		do update set n = report_figure.n + excluded.n`)
	dropZero = store.SQL(`
		delete from report_figure where shop_id = $1 and grain = $2 and day = $3 and measure = $4 and kind = $5
			and mailbox_id = $6 and team_id = $7 and reason_id = $8 and person_id = $9 and bucket = $10 and n = 0`)

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

// readMatter reads what is known of a subject; found is false when it is gone.
func readMatter(tx *store.Tx, subject int64) (m matter, found bool, err error) {
	if subject < 0 {
		return readLone(tx, id.Promise(-subject))
	}
	m, found, err = store.Maybe[matter](tx, selectMatter, subject)
	if err != nil || !found {
		return m, found, err
	}
	if m.promises, err = store.All[promised](tx, selectPromises, subject); err != nil {
		return m, true, err
	}
	m.messages, err = store.All[said](tx, selectMessages, subject)
	return m, true, err
}

func readLone(tx *store.Tx, p id.Promise) (m matter, found bool, err error) {
	m.Channel = "mail"
	if m.Shop, found, err = store.Maybe[id.Shop](tx, selectLoneShop, p); err != nil || !found {
		return m, found, err
	}
	m.promises, err = store.All[promised](tx, selectLone, p)
	return m, true, err
}

// add writes differences of figures, within the caller's transaction.
func add(tx *store.Tx, cells map[cell]int64) error {
	for c, n := range cells {
		if n == 0 {
			continue
		}
		key := []any{
			c.Shop, int64(c.Grain), c.Day, int64(c.Measure), c.Kind, int64(c.Mailbox), int64(c.Team), int64(c.Reason), int64(c.Person), c.Bucket,
		}
		if _, err := store.Exec(tx, addFigure, append(key, n)...); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if _, err := store.Exec(tx, dropZero, key...); err != nil {
			return err
		}
	}
	return nil
}
