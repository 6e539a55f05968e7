package promise

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const columns = `id, shop_id, conversation_id, kind, title, basis, due_at, near_at, opened_at, state, cause, reason,
	broken_at, person_id, passed_to, reopens, message_id, holdings, closed_at, closed_by`

const insertText = `
		insert into promise (shop_id, conversation_id, kind, title, basis, due_at, near_at, opened_at, person_id, reopens, message_id, holdings)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

var (
	insertPromise    = store.SQL(insertText + ` returning id`)
	insertUnlessOpen = store.SQL(insertText + ` on conflict do nothing returning id`) // several may find the tray empty at once
	readPromise      = store.SQL(`select ` + columns + ` from promise where id = $1`)
	selectPromise    = store.SQL(`select ` + columns + ` from promise where id = $1 {for update}`)
	selectOpenOf     = store.SQL(`select ` + columns + ` from promise where conversation_id = $1 and kind = 'answer' and state = 'open' {for update}`)
	selectAllOf      = store.SQL(`select ` + columns + ` from promise where conversation_id = $1 order by id`)
	selectOpenAll    = store.SQL(`select ` + columns + ` from promise where conversation_id = $1 and state = 'open' order by due_at, id {for update}`)
	selectOpenOfSort = store.SQL(`select ` + columns + ` from promise where shop_id = $1 and kind = 'sort' and state = 'open' {for update}`)

	closePromise = store.SQL(`
		update promise set state = $2, cause = $3, reason = $4, closed_at = $5, closed_by = $6, passed_to = $7, delivery_id = $8
		where id = $1 and state = 'open'`)
	openAgainAs = store.SQL(`update promise set conversation_id = $2 where id = $1 and state = 'open'`)

	coverMessage = store.SQL(`
		insert into promise_message (promise_id, message_id, arrived_at) values ($1, $2, $3) on conflict do nothing`)
	selectCoversOf = store.SQL(`
		select message_id, arrived_at from promise_message where promise_id = $1 order by arrived_at, message_id`)
	moveCover = store.SQL(`update promise_message set promise_id = $2 where promise_id = $1 and message_id = $3`)
	copyCover = store.SQL(`
		insert into promise_message (promise_id, message_id, arrived_at)
		select $2, message_id, arrived_at from promise_message where promise_id = $1 on conflict do nothing`)
	selectCovers = store.SQL(`
		select c.promise_id, c.message_id from promise_message c join promise p on p.id = c.promise_id
		where p.conversation_id = $1 order by c.message_id`)
	selectOfDelivery = store.SQL(`select ` + columns + ` from promise where delivery_id = $1 order by id {for update}`)
)

// cover is one message that an answer promise covers.
type cover struct {
	Message   id.Message `db:"message_id"`
	ArrivedAt time.Time  `db:"arrived_at"`
}

// Cover pairs a promise with a message it covers.
type Cover struct {
	Promise id.Promise `db:"promise_id"`
	Message id.Message `db:"message_id"`
}

// Of reads the promises of a conversation, oldest first.
func Of(tx *store.Tx, c id.Conversation) ([]Promise, error) {
	return store.All[Promise](tx, selectAllOf, c)
}

// OpenOf reads and locks the open promises of a conversation by due time.
func OpenOf(tx *store.Tx, c id.Conversation) ([]Promise, error) {
	return store.All[Promise](tx, selectOpenAll, c)
}

// CoversOf reads which messages the promises of a conversation cover.
func CoversOf(tx *store.Tx, c id.Conversation) ([]Cover, error) {
	return store.All[Cover](tx, selectCovers, c)
}

// Get reads and locks one promise; store.ErrNone when it isn't there.
func Get(tx *store.Tx, p id.Promise) (Promise, error) {
	return store.One[Promise](tx, selectPromise, p)
}

// brokenBefore: of the same matter, so that the index of its promises serves.
var brokenBefore = store.SQL(`
	select count(*) from promise before
	where before.conversation_id = $1 and (before.passed_to = $2 or before.id = $3) and before.broken_at is not null`)

// BrokenBefore tells whether the promise that p took over from was broken: when
// p breaks too, it is the second breach.
func BrokenBefore(tx *store.Tx, p Promise) (bool, error) {
	n, err := store.One[int64](tx, brokenBefore, p.Conversation, p.ID, p.Reopens)
	return n > 0, err
}

// Read reads one promise without holding it.
func Read(tx *store.Tx, p id.Promise) (Promise, error) {
	return store.One[Promise](tx, readPromise, p)
}

// openOf is the one open answer promise of a conversation, held.
func openOf(tx *store.Tx, c id.Conversation) (Promise, bool, error) {
	return store.Maybe[Promise](tx, selectOpenOf, c)
}
