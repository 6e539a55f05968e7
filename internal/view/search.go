package view

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// HitOrder is the order of what is found.
type HitOrder string

// The orders.
const (
	ByNewest    HitOrder = "newest"
	ByRelevance HitOrder = "relevance" // over the newest 5,000 messages that match
)

// Asking is a search as somebody asks it.
type Asking struct {
	Q      string
	Order  HitOrder
	Cursor string
	Limit  int // conversations a page; 0 is 25, more than 100 is 100
}

// Results are a page of what was found.
type Results struct {
	Conversations []Found         `json:"conversations" nullable:"false"`
	People        []FoundCustomer `json:"people" nullable:"false" doc:"Customers of that name, address or number; on the first page"`
	Next          string          `json:"next" doc:"Cursor of the next page; empty at the end"`
	Further       bool            `json:"further" doc:"The archive was not read to its end: the cursor looks further back"`
	Whole         bool            `json:"whole" doc:"Every message is in the index; false while it is first made"`
}

// Found is a conversation with the message for which it was found.
type Found struct {
	Conversation Row          `json:"conversation"`
	Message      FoundMessage `json:"message"`
}

// FoundMessage is the best message of a conversation: text to be escaped, and
// where the hits stand in it.
type FoundMessage struct {
	ID        id.Message    `json:"id"`
	Direction string        `json:"direction" enum:"in,out,note,none"`
	Kind      string        `json:"kind"`
	At        time.Time     `json:"at"`
	From      search.Marked `json:"from" doc:"Who wrote it"`
	Subject   search.Marked `json:"subject"`
	Excerpt   search.Marked `json:"excerpt"`
	Files     []string      `json:"files" nullable:"false" doc:"Names of attachments that match"`
}

// What one request may cost: how many messages are compared with what the
// index doesn't know, how many are read for a phrase, how many windows of
// 100,000 are asked. Behind that the reader is asked whether to go on.
const (
	budgetCompared = 6_000
	budgetRead     = 800
	budgetWindows  = 40
	relevantHits   = 5_000
	foundShown     = 25
)

// Search answers a question. Invalid faults: q (it names the operator), cursor.
// Both stores give the same answer.
func (l *Lists) Search(ctx context.Context, by Actor, a Asking) (Results, error) {
	out, err := l.search(ctx, by, a)
	if err != nil && failed("search", err) != err { //nolint:errorlint // only asks whether it is a fault
		// A new index may have taken the old one's place while we were reading it.
		out, err = l.search(ctx, by, a)
	}
	return out, failed("search", err)
}

func (l *Lists) search(ctx context.Context, by Actor, a Asking) (Results, error) {
	out := Results{Conversations: []Found{}, People: []FoundCustomer{}, Whole: true}
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		f := &finding{tx: tx, by: by, now: l.Clock.Now(), limit: a.Limit}
		if f.limit <= 0 {
			f.limit = foundShown
		}
		f.limit = min(f.limit, 100)
		if err := f.read(a); err != nil || f.ask.Empty() {
			return err
		}
		var hits []hit
		var err error
		if a.Order == ByRelevance {
			hits, err = f.byRelevance()
		} else {
			hits, err = f.byNewest()
		}
		if err != nil {
			return err
		}
		if out.Conversations, err = f.shown(hits); err != nil {
			return err
		}
		out.Next, out.Further, out.Whole = f.next, f.further, f.index.Whole()
		if a.Cursor == "" {
			out.People, err = peopleNamed(tx, by.Shop, a.Q, f.ask, peopleFound)
		}
		return err
	})
	return out, err
}

// finding is one search on its way.
type finding struct {
	tx     *store.Tx
	by     Actor
	now    time.Time
	limit  int
	ask    search.Ask
	match  search.Match
	filter filter
	index  search.Index
	marker *search.Marker

	below     id.Message // newest message to look at, not included
	offset    int        // of a page by relevance
	compared  int
	readTexts int
	first     bool // page
	listed    map[id.Conversation]bool
	next      string
	further   bool
}

func (f *finding) read(a Asking) error {
	zone, several, err := shopZone(f.tx, f.by.Shop)
	if err != nil {
		return err
	}
	if f.ask, err = search.Parse(a.Q, f.now, zone); err != nil {
		return err
	}
	if f.match, err = f.ask.Match(f.now); err != nil {
		return err
	}
	if f.filter, err = filterOf(f.tx, f.by, f.ask, f.now); err != nil {
		return err
	}
	if several {
		f.match.OfShop(f.by.Shop)
	}
	var found bool
	if f.index, found, err = search.Serving(f.tx); err != nil {
		return err
	}
	if !found { // nobody has begun to index this store
		f.index.State = "building"
	}
	f.marker, f.listed = f.ask.Marker(), map[id.Conversation]bool{}
	return f.readCursor(a)
}

// A cursor names the last message that was looked at; by relevance also how
// many were shown of those below it.
func (f *finding) readCursor(a Asking) error {
	if a.Cursor == "" {
		f.first = true
		newest, err := store.One[id.Message](f.tx, newestOfAll)
		f.below = newest + 1
		return err
	}
	raw, err := base64.RawURLEncoding.DecodeString(a.Cursor)
	var order string
	var below int64
	if err == nil {
		_, err = fmt.Sscanf(string(raw), "%s %d %d", &order, &below, &f.offset)
	}
	if err != nil || order != string(orNewest(a.Order)) || below < 0 || f.offset < 0 || f.offset > relevantHits {
		return wrong("cursor", "This is no cursor of the list.")
	}
	f.below = id.Message(below)
	return nil
}

func orNewest(o HitOrder) HitOrder {
	if o == ByRelevance {
		return o
	}
	return ByNewest
}

func (f *finding) cursor(o HitOrder, below id.Message, offset int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %d %d", o, int64(below), offset))
}

var (
	newestOfAll = store.SQL(`select coalesce(max(id), 0) from message`)
	selectZone  = store.SQL(`select timezone, (select count(*) from (select id from shop limit 2) any_two) as shops from shop where id = $1`)
)

func shopZone(tx *store.Tx, shop id.Shop) (*time.Location, bool, error) {
	row, err := store.One[struct {
		Timezone string `db:"timezone"`
		Shops    int64  `db:"shops"`
	}](tx, selectZone, shop)
	if err != nil {
		return nil, false, err
	}
	zone, err := calendar.LoadLocation(row.Timezone)
	if err != nil {
		zone = time.UTC
	}
	return zone, row.Shops > 1, nil
}

// byNewest takes the newest hit of each conversation until the page is full.
func (f *finding) byNewest() (page []hit, err error) {
	from, first := f.below, f.first
	walked := f.walk(f.limit+1, func(h hit) bool {
		if f.listed[h.Conversation] {
			return true
		}
		f.listed[h.Conversation] = true
		shown := false
		if !first && !f.match.Empty() { // an earlier page showed it by a newer hit
			if shown, err = f.hasNewerHit(h.Conversation, from); err != nil {
				return false
			}
		}
		if !shown {
			page = append(page, h)
		}
		return len(page) <= f.limit
	})
	if err == nil {
		err = walked
	}
	if len(page) > f.limit {
		page = page[:f.limit]
		f.next, f.further = f.cursor(ByNewest, page[f.limit-1].Message, 0), false
	} else if f.further {
		f.next = f.cursor(ByNewest, f.below, 0)
	}
	return page, err
}

// walk gives hits newest first until yield has enough or the budget is spent;
// then further is set, and below is where it stopped.
func (f *finding) walk(wanted int, yield func(hit) bool) error {
	if f.match.Empty() {
		return f.walkConversations(yield)
	}
	// Most conversations match by one message or two; a filter throws many away.
	batch := max(32, 3*wanted/2)
	if f.ask.Narrows() || f.ask.Phrases() {
		batch = 4 * wanted
	}
	batch = min(batch, 1000)
	for windows := 0; f.below > 0; {
		if windows == budgetWindows || f.compared >= budgetCompared || f.readTexts >= budgetRead {
			f.further = true
			return nil
		}
		ids, through, err := f.index.Hits(f.tx, f.match, f.below, batch)
		if err != nil {
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
		if len(ids) < batch {
			f.below = through
			windows++
			continue
		}
		f.below = ids[len(ids)-1]
		batch = min(2*batch, 1000)
	}
	return nil
}

// byRelevance orders the newest hits by how much they are about what was asked.
// Its pages go over the same hits: those below what was newest on the first.
func (f *finding) byRelevance() ([]hit, error) {
	from := f.below
	var all []hit
	if err := f.walk(relevantHits, func(h hit) bool {
		all = append(all, h)
		return len(all) < relevantHits
	}); err != nil {
		return nil, err
	}
	f.further = false
	if err := f.score(all); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b hit) int { return b.score - a.score })
	var page []hit
	for _, h := range all {
		if !f.listed[h.Conversation] {
			f.listed[h.Conversation] = true
			page = append(page, h)
		}
	}
	page = page[min(f.offset, len(page)):]
	if len(page) > f.limit {
		page = page[:f.limit]
		f.next = f.cursor(ByRelevance, from, f.offset+f.limit)
	}
	return page, nil
}

var newerMessages = store.SQL(`select id from message where conversation_id = $1 and id >= $2 order by id limit 100`)

func (f *finding) hasNewerHit(c id.Conversation, from id.Message) (bool, error) {
	newer, err := store.All[id.Message](f.tx, newerMessages, c, int64(from))
	if err != nil || len(newer) == 0 {
		return false, err
	}
	for _, m := range newer {
		has, err := f.index.Has(f.tx, f.match, m)
		if err != nil {
			return false, err
		}
		if !has {
			continue
		}
		hits, err := f.keep([]id.Message{m})
		if err != nil || len(hits) > 0 {
			return len(hits) > 0, err
		}
	}
	return false, nil
}

// joined writes ids as one argument.
func joined[I ~int64](ids []I, d store.Dialect) string {
	var b strings.Builder
	for i, v := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%d", int64(v))
	}
	if d == store.SQLite {
		return "[" + b.String() + "]"
	}
	return b.String()
}
