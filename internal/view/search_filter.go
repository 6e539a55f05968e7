package view

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// hit is a message that the index found, with what its conversation is asked.
type hit struct {
	Message      id.Message      `db:"id"`
	Shop         id.Shop         `db:"shop_id"`
	Conversation id.Conversation `db:"conversation_id"`
	ArrivedAt    time.Time       `db:"arrived_at"`
	State        desk.State      `db:"state"`
	Tray         desk.Tray       `db:"tray"`
	Assignee     id.Person       `db:"assignee_id"`
	NextDueAt    time.Time       `db:"next_due_at"`
	NextKind     promise.Kind    `db:"next_kind"`
	SnoozedUntil time.Time       `db:"snoozed_until"`
	Last         id.Message      `db:"last_message_id"`

	score int
}

const hitColumns = `m.shop_id, m.conversation_id, c.state, c.tray, c.assignee_id, c.next_due_at, c.next_kind, c.snoozed_until, c.last_message_id`

const (
	hitsIn   = ` from message m join conversation c on c.id = m.conversation_id where m.id in (select value from json_each($1)) order by m.id desc`
	hitsAmid = ` from message m join conversation c on c.id = m.conversation_id where m.id = any (string_to_array($1, ',')::bigint[]) order by m.id desc`
)

// The ids come as one argument: a page of any size is one prepared text. The
// day stands behind the text in a row, which SQLite reads whole to get there:
// only who asks for a day pays for it.
var (
	selectHits    = store.PerStore(`select m.id, `+hitColumns+hitsIn, `select m.id, `+hitColumns+hitsAmid)
	selectDayHits = store.PerStore(`select m.id, m.arrived_at, `+hitColumns+hitsIn, `select m.id, m.arrived_at, `+hitColumns+hitsAmid)
)

// filter is what is asked of the conversations.
type filter struct {
	shop          id.Shop
	me            id.Person
	now           time.Time
	is            []string
	in            string
	tags          []int64
	assignee      id.Person
	nobody        bool
	anyone        bool
	after, before time.Time
}

var selectTags = store.SQL(`select id from tag where shop_id = $1 and folded = $2 and archived = false`)

func filterOf(tx *store.Tx, by Actor, a search.Ask, now time.Time) (filter, error) {
	f := filter{shop: by.Shop, me: by.Person, now: now, is: a.Is, in: a.In, after: a.After, before: a.Before, anyone: a.Assignee == ""}
	for _, name := range a.Tags {
		tag, found, err := store.Maybe[int64](tx, selectTags, by.Shop, lang.Fold(strings.TrimSpace(name)))
		if err != nil {
			return f, err
		}
		if !found {
			return f, fault.Wrong("q", fmt.Sprintf("There is no tag “%s”.", name))
		}
		f.tags = append(f.tags, tag)
	}
	switch a.Assignee {
	case "":
		return f, nil
	case "me":
		f.assignee = by.Person
		return f, nil
	case "none":
		f.nobody = true
		return f, nil
	}
	var err error
	f.assignee, err = personNamed(tx, by.Shop, a.Assignee)
	return f, err
}

var selectStaff = store.SQL(`select p.id, p.name from person p join membership m on m.person_id = p.id where m.shop_id = $1 order by p.id limit 500`)

// personNamed finds somebody of the shop by the beginning of a name.
func personNamed(tx *store.Tx, shop id.Shop, asked string) (id.Person, error) {
	staff, err := store.All[named](tx, selectStaff, shop)
	if err != nil {
		return 0, err
	}
	wanted := strings.Fields(lang.Fold(asked))
	for _, p := range staff {
		name := strings.Fields(lang.Fold(p.Name))
		if !slices.ContainsFunc(wanted, func(w string) bool {
			return !slices.ContainsFunc(name, func(n string) bool { return strings.HasPrefix(n, w) })
		}) {
			return p.ID, nil
		}
	}
	return 0, fault.Wrong("q", fmt.Sprintf("Nobody here is called “%s”.", asked))
}

// Where a message lies, asked of small indexes alone; most questions need no
// more of a conversation to know that it is wanted.
const (
	placesIn   = `select m.id, m.conversation_id from message m indexed by message_place where m.id in (select value from json_each($1)) and m.shop_id = $2`
	placesAmid = `select m.id, m.conversation_id from message m where m.id = any (string_to_array($1, ',')::bigint[]) and m.shop_id = $2`
	oneOwed    = ` c.id = m.conversation_id and c.id > 0 and c.next_due_at is not null and c.tray = 'main')`
	oneSpam    = ` c.id = m.conversation_id and c.id > 0 and c.tray = 'spam')`
	newestTop  = ` order by m.id desc`
)

var (
	selectPlaces   = store.PerStore(placesIn+newestTop, placesAmid+newestTop)
	selectUnspoilt = store.PerStore(
		placesIn+` and not exists (select 1 from conversation c indexed by conversation_spam_one where`+oneSpam+newestTop,
		placesAmid+` and not exists (select 1 from conversation c where`+oneSpam+newestTop)
	selectOwedOnes = store.PerStore(
		placesIn+` and exists (select 1 from conversation c indexed by conversation_owed_one where`+oneOwed+newestTop,
		placesAmid+` and exists (select 1 from conversation c where`+oneOwed+newestTop)
)

// places is the statement that leaves out most of what isn't wanted; settled
// tells that nothing else has to be asked of the conversations.
func (f *filter) places() (statement store.Statement, settled bool) {
	owed := slices.ContainsFunc(f.is, func(s string) bool { return s == "owed" || s == "late" || s == "unanswered" })
	settled = f.anyone && f.after.IsZero() && f.before.IsZero() && !slices.ContainsFunc(f.is, func(s string) bool { return s != "owed" })
	switch f.in {
	case "":
		statement = selectUnspoilt
	case "all":
		statement = selectPlaces
	case "owed", "mine", "unassigned":
		owed, settled = true, false
	default:
		statement, settled = selectPlaces, false
	}
	if owed {
		statement = selectOwedOnes
	}
	return statement, settled
}

func (f *filter) takes(h hit) bool {
	switch {
	case h.Shop != f.shop, !f.inList(h):
		return false
	case !f.after.IsZero() && h.ArrivedAt.Before(f.after), !f.before.IsZero() && !h.ArrivedAt.Before(f.before):
		return false
	case !f.anyone && !f.nobody && h.Assignee != f.assignee, f.nobody && h.Assignee != 0:
		return false
	}
	for _, state := range f.is {
		if !f.isIn(h, state) {
			return false
		}
	}
	return true
}

func (f *filter) isIn(h hit, state string) bool {
	owed := !h.NextDueAt.IsZero() && h.Tray == desk.TrayMain
	switch state {
	case "owed":
		return owed
	case "late":
		return owed && h.NextDueAt.Before(f.now)
	case "unanswered":
		return owed && h.NextKind == promise.Answer
	case "waiting":
		return h.State == desk.StateWaiting
	case "closed":
		return h.State == desk.StateClosed
	default: // snoozed
		return h.SnoozedUntil.After(f.now)
	}
}

// inList says what each list shows, as listings do; without one everything but
// spam is searched.
func (f *filter) inList(h hit) bool {
	owed := !h.NextDueAt.IsZero() && h.Tray == desk.TrayMain && !h.SnoozedUntil.After(f.now)
	switch f.in {
	case "":
		return h.Tray != desk.TraySpam
	case "all":
		return true
	case "owed":
		return owed
	case "mine":
		return owed && h.Assignee == f.me
	case "unassigned":
		return owed && h.Assignee == 0
	case "waiting", "snoozed":
		return f.isIn(h, f.in) && h.Tray != desk.TraySpam
	case "closed":
		return h.State == desk.StateClosed && h.Tray != desk.TraySpam
	default:
		return string(h.Tray) == f.in
	}
}

// keep finds the conversations of what the index found, and leaves out what the
// question doesn't want.
func (f *finding) keep(ids []id.Message) ([]hit, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	f.compared += len(ids)
	statement, settled := f.filter.places()
	placed, err := store.All[hit](f.tx, statement, joined(ids, f.tx.Dialect()), f.filter.shop)
	if err != nil || len(placed) == 0 {
		return nil, err
	}
	if settled && !f.match.Empty() {
		return f.narrowed(placed)
	}
	statement = selectHits
	if !f.filter.after.IsZero() || !f.filter.before.IsZero() {
		statement = selectDayHits
	}
	all, err := store.All[hit](f.tx, statement, joined(distinct(placed, func(h hit) id.Message { return h.Message }), f.tx.Dialect()))
	if err != nil {
		return nil, err
	}
	return f.keepHits(all)
}

func (f *finding) keepHits(all []hit) (kept []hit, err error) {
	for _, h := range all {
		if f.filter.takes(h) && (!f.match.Empty() || h.Message == h.Last) {
			kept = append(kept, h)
		}
	}
	return f.narrowed(kept)
}

// narrowed keeps what has the tags and the phrases that were asked for.
func (f *finding) narrowed(kept []hit) (_ []hit, err error) {
	for _, tag := range f.filter.tags {
		if kept, err = f.tagged(kept, tag); err != nil {
			return nil, err
		}
	}
	if f.ask.Phrases() {
		return f.withPhrases(kept)
	}
	return kept, nil
}

var selectTagged = store.PerStore(
	`select conversation_id from conversation_tag where tag_id = $2 and conversation_id in (select value from json_each($1))`,
	`select conversation_id from conversation_tag where tag_id = $2 and conversation_id = any (string_to_array($1, ',')::bigint[])`)

func (f *finding) tagged(hits []hit, tag int64) (kept []hit, err error) {
	ids := distinct(hits, func(h hit) id.Conversation { return h.Conversation })
	if len(ids) == 0 {
		return nil, nil
	}
	with, err := store.All[id.Conversation](f.tx, selectTagged, joined(ids, f.tx.Dialect()), tag)
	for _, h := range hits {
		if slices.Contains(with, h.Conversation) {
			kept = append(kept, h)
		}
	}
	return kept, err
}

// withPhrases reads the messages whose words match, some at a time, and keeps
// those that have them in a row.
func (f *finding) withPhrases(hits []hit) (kept []hit, err error) {
	for part := range slices.Chunk(hits, 64) {
		f.readTexts += len(part)
		texts, files, err := f.texts(part)
		if err != nil {
			return nil, err
		}
		for _, h := range part {
			t := texts[h.Message]
			if f.marker.Phrases(t.Subject, t.Body, append(files[h.Message], t.From, t.Address)...) {
				kept = append(kept, h)
			}
		}
	}
	return kept, nil
}

// Conversations that are asked for by their state alone: of each, its newest
// message is the hit.
var (
	selectOwedHits = store.SQL(`
		select c.last_message_id as id, c.shop_id, c.id as conversation_id, c.last_message_at as arrived_at, c.state, c.tray, c.assignee_id, c.next_due_at, c.next_kind,
			c.snoozed_until, c.last_message_id
		from conversation c where c.shop_id = $1 and c.next_due_at is not null and c.tray = 'main' order by c.next_due_at limit $2`)
	selectSnoozedHits = store.SQL(`
		select c.last_message_id as id, c.shop_id, c.id as conversation_id, c.last_message_at as arrived_at, c.state, c.tray, c.assignee_id, c.next_due_at, c.next_kind,
			c.snoozed_until, c.last_message_id
		from conversation c where c.shop_id = $1 and c.snoozed_until is not null order by c.snoozed_until limit $2`)
	selectTagHits = store.SQL(`
		select c.last_message_id as id, c.shop_id, c.id as conversation_id, c.last_message_at as arrived_at, c.state, c.tray, c.assignee_id, c.next_due_at, c.next_kind,
			c.snoozed_until, c.last_message_id
		from conversation_tag t join conversation c on c.id = t.conversation_id where t.tag_id = $1 order by t.last_message_at desc limit $2`)
	selectNewest = store.SQL(`select id from message where id < $1 order by id desc limit $2`)
)

// walkConversations answers a question without words. Few conversations are
// open or carry a tag: these are read whole; else the newest messages are gone
// through.
func (f *finding) walkConversations(yield func(hit) bool) error {
	set, whole, err := f.small()
	if err != nil {
		return err
	}
	if !whole {
		return f.walkAll(yield)
	}
	slices.SortFunc(set, func(a, b hit) int { return int(min(max(b.Message-a.Message, -1), 1)) })
	set = slices.DeleteFunc(set, func(h hit) bool { return h.Message >= f.below })
	kept, err := f.keepHits(set)
	for _, h := range kept {
		f.below = h.Message
		if !yield(h) {
			break
		}
	}
	return err
}

// small is the smallest known set of conversations that holds all that is asked
// for; whole is false where there is none, or it is too large.
func (f *finding) small() (set []hit, whole bool, err error) {
	statement, key := store.Statement{}, any(f.by.Shop)
	for _, state := range append(slices.Clone(f.ask.Is), f.ask.In) {
		switch state {
		case "owed", "late", "unanswered", "mine", "unassigned":
			statement, whole = selectOwedHits, true
		case "snoozed":
			statement, whole = selectSnoozedHits, true
		}
	}
	if len(f.filter.tags) > 0 && !whole {
		statement, key, whole = selectTagHits, f.filter.tags[0], true
	}
	if !whole {
		return nil, false, nil
	}
	set, err = store.All[hit](f.tx, statement, key, relevantHits)
	return set, len(set) < relevantHits, err
}

func (f *finding) walkAll(yield func(hit) bool) error {
	for {
		ids, err := store.All[id.Message](f.tx, selectNewest, min(int64(f.below), math.MaxInt64), 500)
		if err != nil || len(ids) == 0 {
			return err
		}
		hits, err := f.keep(ids)
		if err != nil {
			return err
		}
		for _, h := range hits {
			f.below = h.Message
			if !yield(h) {
				return nil
			}
		}
		f.below = ids[len(ids)-1]
		if f.compared >= budgetCompared {
			f.further = true
			return nil
		}
	}
}
