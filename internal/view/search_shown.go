package view

import (
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// hitText is what is read of a message that was found.
type hitText struct {
	ID        id.Message `db:"id"`
	Direction string     `db:"direction"`
	Kind      string     `db:"kind"`
	Person    id.Person  `db:"person_id"`
	From      string     `db:"from_name"`
	Address   string     `db:"from_address"`
	Subject   string     `db:"subject"`
	Body      string     `db:"body"`
	At        time.Time  `db:"arrived_at"`
}

type hitFile struct {
	Message id.Message `db:"message_id"`
	Name    string     `db:"name"`
}

const hitTextColumns = `id, direction, kind, person_id, from_name, from_address, subject, body, arrived_at`

var (
	selectHitTexts = store.PerStore(
		`select `+hitTextColumns+` from message where id in (select value from json_each($1))`,
		`select `+hitTextColumns+` from message where id = any (string_to_array($1, ',')::bigint[])`)
	selectHitFiles = store.PerStore(
		`select message_id, name from attachment where message_id in (select value from json_each($1)) and message_id is not null order by id`,
		`select message_id, name from attachment where message_id = any (string_to_array($1, ',')::bigint[]) and message_id is not null order by id`)
	// Relevance reads thousands: their beginnings tell what they are about.
	selectHitStarts = store.PerStore(
		`select id, subject, substr(body, 1, 1000) as body from message where id in (select value from json_each($1))`,
		`select id, subject, substr(body, 1, 1000) as body from message where id = any (string_to_array($1, ',')::bigint[])`)
)

func (f *finding) texts(hits []hit) (map[id.Message]hitText, map[id.Message][]string, error) {
	ids := joined(distinct(hits, func(h hit) id.Message { return h.Message }), f.tx.Dialect())
	found, err := store.All[hitText](f.tx, selectHitTexts, ids)
	if err != nil {
		return nil, nil, err
	}
	texts := make(map[id.Message]hitText, len(found))
	for _, t := range found {
		texts[t.ID] = t
	}
	named, err := store.All[hitFile](f.tx, selectHitFiles, ids)
	files := map[id.Message][]string{}
	for _, n := range named {
		files[n.Message] = append(files[n.Message], n.Name)
	}
	return texts, files, err
}

func (f *finding) score(hits []hit) error {
	for part := range slices.Chunk(hits, 500) {
		ids := joined(distinct(part, func(h hit) id.Message { return h.Message }), f.tx.Dialect())
		found, err := store.All[hitText](f.tx, selectHitStarts, ids)
		if err != nil {
			return err
		}
		scores := make(map[id.Message]int, len(found))
		for _, t := range found {
			scores[t.ID] = f.marker.Score(t.Subject, t.Body)
		}
		for i := range part {
			part[i].score = scores[part[i].Message]
		}
	}
	return nil
}

// shown dresses hits with their conversations and excerpts, in their order.
func (f *finding) shown(hits []hit) ([]Found, error) {
	out := []Found{}
	ids := distinct(hits, func(h hit) id.Conversation { return h.Conversation })
	convs, err := byIDs[conversation](f.tx, conversationRow+` where c.id in `, ids, ``)
	if err != nil {
		return out, err
	}
	rows, err := dressed(f.tx, f.by.Person, convs, f.now)
	if err != nil {
		return out, err
	}
	texts, files, err := f.texts(hits)
	if err != nil {
		return out, err
	}
	staff, err := peopleOf(f.tx, distinct(hits, func(h hit) id.Person { return texts[h.Message].Person }))
	if err != nil {
		return out, err
	}
	for _, h := range hits {
		i := slices.IndexFunc(rows, func(r Row) bool { return r.ID == h.Conversation })
		if i < 0 {
			continue
		}
		out = append(out, Found{rows[i], f.message(texts[h.Message], staff, files[h.Message], rows[i])})
	}
	return out, nil
}

func (f *finding) message(t hitText, staff people, files []string, row Row) FoundMessage {
	from := t.From
	if from == "" {
		from = staff[t.Person]
	}
	if from == "" {
		from = t.Address
	}
	if t.Body == "" {
		t.Body = row.Snippet
	}
	if t.Subject == "" {
		t.Subject = row.Subject
	}
	m := FoundMessage{
		ID: t.ID, Direction: t.Direction, Kind: t.Kind, At: t.At, From: f.marker.Sender(from), Subject: f.marker.Subject(t.Subject),
		Excerpt: f.marker.Excerpt(t.Body), Files: []string{},
	}
	for _, name := range files {
		if len(f.marker.Subject(name).Hits) > 0 || f.ask.WantsFiles() {
			m.Files = append(m.Files, name)
		}
	}
	return m
}

const (
	peopleFound  = 6
	peopleLooked = 200 // with the word asked for
)

// peopleNamed finds customers by what a question says of a name, an address or
// a number.
func peopleNamed(tx *store.Tx, shop id.Shop, q string, a search.Ask, limit int) ([]FoundCustomer, error) {
	var ids []id.Customer
	var words []string
	for _, t := range a.Terms {
		if t.Field == "" || t.Field == "from" {
			words = append(words, t.Words...)
		}
	}
	named, err := customer.ByName(tx, shop, strings.Join(words, " "), peopleLooked)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(named, func(a, b customer.Customer) int {
		if c := b.LastAt.Compare(a.LastAt); c != 0 {
			return c
		}
		return int(b.ID - a.ID)
	})
	for _, c := range named {
		ids = append(ids, c.ID)
	}
	q = strings.ReplaceAll(strings.ToValidUTF8(strings.TrimSpace(q), ""), "\x00", "")
	if len(q) >= 3 && len(q) <= mostAsked && !strings.Contains(q, ":") {
		more, err := byIdentity(tx, shop, q)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	ids = distinct(ids, func(c id.Customer) id.Customer { return c })
	return filesOf(tx, ids[:min(len(ids), limit)])
}
