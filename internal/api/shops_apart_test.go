package api_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// theirs are rows of the Atelier Brun, by the beginning of the path that names
// them.
type theirs map[string]string

// bodiesApart is what is sent to each path that names a row and takes a body. A
// path that isn't here gets an empty object.
var bodiesApart = map[string]m{
	"POST /conversations/{id}/read":         {"through": 1},
	"PUT /conversations/{id}/draft":         {"html": "<p>x</p>", "revision": 0, "seen_through": 1, "kind": "answer"},
	"POST /conversations/{id}/check":        {"html": "<p>x</p>"},
	"POST /conversations/{id}/replies":      {"key": "press-0001", "html": "<p>Bonjour</p>", "seen_through": 1},
	"POST /conversations/{id}/false-alarms": {"html": "<p>x</p>", "key": "hole: x"},
	"POST /false-alarms/{id}/judge":         {"verdict": "wrong"},
	"POST /conversations/{id}/notes":        {"key": "press-0001", "html": "<p>x</p>"},
	"POST /conversations/{id}/assign":       {"person": nil},
	"POST /conversations/{id}/snooze":       {"until": monday.AddDate(0, 0, 1)},
	"POST /conversations/{id}/waive":        {"promise": 1, "reason": "non"},
	"POST /conversations/{id}/done":         {"promise": 1},
	"POST /conversations/{id}/escalate":     {"question": "Que faire ?"},
	"POST /conversations/{id}/merge":        {"into": 999},
	"POST /conversations/{id}/team":         {"team": nil},
	"POST /conversations/{id}/reason":       {"reason": nil, "product": "x"},
	"POST /conversations/{id}/tag":          {"name": "vol", "on": true},
	"POST /conversations/{id}/priority":     {"priority": 1},
	"POST /conversations/{id}/language":     {"language": "en"},
	"POST /conversations/{id}/field":        {"field": 1, "value": "x"},
	"POST /conversations/{id}/follow":       {"on": true},
	"POST /conversations/{id}/link":         {"other": 999, "on": true},
	"POST /conversations/{id}/split":        {"messages": []int{1}},
	"PUT /settings/reasons/{id}":            {"name": "Vol"},
	"PUT /settings/tags/{id}":               {"name": "Vol", "colour": "", "archived": false},
	"PUT /settings/fields/{id}":             {"name": "Vol", "kind": "text"},
	"PUT /settings/teams/{id}":              {"name": "Vol", "lead": nil, "members": []int{}, "mailboxes": []int{}},
	"POST /settings/teams/{id}/archive":     {"archived": true},
	"POST /conversations/{id}/asks":         {"key": "press-0001", "question": "x", "address": "x@example.org"},
	"POST /conversations/{id}/readings":     {"revision": 1},
	"POST /readings/{id}/approve":           {"seen_through": 1},
	"POST /readings/{id}/return":            {"note": "non"},
	"PUT /settings/parties/{id}":            {"name": "Vol", "kind": "other", "address": "x@example.org", "language": "fr"},
	"POST /deliveries/{id}/cancel":          {"reason": "non"},
	"POST /quarantine/{id}/set-aside":       {"reason": "non"},
	"PUT /saved-answers/{id}":               {"title": "x", "bodies": m{"fr": "<p>x</p>"}, "revision": 1},
	"PUT /saved-answer-folders/{id}":        {"name": "Vol"},
	"PUT /incidents/{id}":                   {"name": "Vol", "revision": 1},
	"PUT /incidents/{id}/text":              {"text_fr": "<p>x</p>", "text_en": "", "revision": 1},
	"POST /incidents/{id}/send":             {"revision": 1, "answers": []m{}},
	"POST /incidents/{id}/remove":           {"ids": []int{}},
	"POST /settings/reasons/{id}/archive":   {"archived": true},
	"PUT /views/{id}":                       {"name": "Vol", "base": "owed", "filter": m{"field": "law", "op": "is", "value": true}},
	"PATCH /settings/people/{id}":           {"role": "agent"},
	"PUT /settings/webhooks/{id}":           {"name": "x", "url": "https://example.org"},
	"POST /settings/webhooks/{id}/replay":   {"since": monday},
	"PUT /settings/people/{id}/absence":     {"from": "2026-12-01", "to": "2026-12-02"},
}

// browserPublic is the public key of some browser.
var browserPublic = func() string {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
}()

// whole gives the place the parts that the other stories do without.
func (d *place) whole() *desk.Desk {
	queue := jobs.Queue{Clock: d.clock}
	rows := &desk.Desk{DB: d.db, Clock: d.clock, Log: d.events, Queue: queue, Ledger: &promise.Ledger{Log: d.events, Clock: d.clock, Hours: d.shops.HoursAndDelay}}
	post := &delivery.Post{DB: d.db, Blobs: d.blobs, Clock: d.clock, Log: d.events, Queue: queue, Desk: rows}
	door := &reply.Service{
		DB: d.db, Blobs: d.blobs, Clock: d.clock, Log: d.events, Desk: rows, Post: post, Shops: d.shops, Team: d.team,
		Links: reply.Links{URL: "https://desk.maison-lila.fr", MAC: d.box.MAC},
	}
	d.inside = &ask.Service{
		DB: d.db, Blobs: d.blobs, Clock: d.clock, Log: d.events, Desk: rows, Post: post, Reply: door, Shops: d.shops, URL: "https://desk.maison-lila.fr",
	}
	parts := d.parts()
	parts.Desk, parts.Post, parts.Reply, parts.Asks = rows, post, door, d.inside
	parts.Intake = &intake.Intake{DB: d.db, Blobs: d.blobs, Queue: queue, Events: d.events, Clock: d.clock}
	parts.Readings = &reading.Service{DB: d.db, Clock: d.clock, Log: d.events, Desk: rows, Reply: door, Shops: d.shops, Team: d.team}
	parts.Incidents = &incident.Service{DB: d.db, Clock: d.clock, Log: d.events, Queue: queue, Team: d.team, Answers: d.answers, Reply: door}
	d.handler = api.New(parts)
	return rows
}

// neighbours fills the other shop with one row of each kind.
func (d *place) neighbours(rows *desk.Desk) theirs { d.t.Helper(); return d.filled(rows, d.other) }

// filled gives a shop one row of each kind.
func (d *place) filled(rows *desk.Desk, sh id.Shop) theirs {
	d.t.Helper()
	box, err := d.shops.CreateMailbox(d.t.Context(), shop.MailboxUpdate{Shop: sh, Input: shop.MailboxInput{
		Name: "Atelier", Address: "atelier@brun.example", Kind: shop.SMTP,
	}})
	if err != nil {
		d.t.Fatal(err)
	}
	brun, err := d.team.Add(d.t.Context(), team.Console(sh), team.NewPerson{Name: "Paul Brun", Email: "paul@brun.example", Role: team.Agent})
	if err != nil {
		d.t.Fatal(err)
	}
	var got desk.Received
	var file id.Attachment
	var sent id.Delivery
	var item, suggestion, session int64
	var saved id.SavedAnswer
	var party id.Party
	var asked id.Ask
	var parked id.Reading
	var strike id.Incident
	var folder id.SavedAnswerFolder
	var reason id.Reason
	var tag id.Tag
	var field id.Field
	var group id.Team
	words := &label.Service{Clock: d.clock, Events: d.events}
	var list id.SavedView
	chief := team.Actor{Person: brun, Shop: sh, Role: team.Owner}
	var doubted id.FalseAlarm
	err = d.db.InTx(d.t.Context(), func(tx *store.Tx) error {
		if got, err = rows.Receive(tx, desk.Incoming{
			Shop: sh, Mailbox: box, Channel: "mail", Role: "inbox", Class: mime.ClassCustomer, MessageID: "b1@example.org", Fingerprint: "b1",
			From: mime.Address{Address: "client@example.org"}, Subject: "Secret", Text: "À ne pas montrer", ArrivedAt: monday, Raw: blob.Hash(d.put("raw")),
		}); err != nil {
			return err
		}
		if file, err = rows.Attach(tx, sh, got.Message, 0, desk.File{Name: "a.pdf", Type: "application/pdf", Size: 3, Blob: blob.Hash(d.put("pdf"))}); err != nil {
			return err
		}
		if sent, err = store.One[id.Delivery](tx, store.Dynamic(`
			insert into delivery (shop_id, mailbox_id, conversation_id, message_id, kind, state, rfc_message_id, raw, sender, not_before, created_at)
			values ($1, $2, $3, $4, 'answer', 'held', 'd1@brun.example', $5, 'atelier@brun.example', $6, $6) returning id`),
			sh, box, got.Conversation, got.Message, d.put("out"), monday); err != nil {
			return err
		}
		if item, err = store.One[int64](tx, store.Dynamic(`
			insert into item (shop_id, mailbox_id, source, blob, size, arrived_at, stored_at, state, reason)
			values ($1, $2, 'smtp', $3, 3, $4, $4, 'quarantined', 'empty') returning id`), sh, box, d.put("bad"), monday); err != nil {
			return err
		}
		if suggestion, err = store.One[int64](tx, store.Dynamic(`
			insert into suggestion (shop_id, conversation_id, other_id, reason, created_at) values ($1, $2, $2, 'named', $3) returning id`),
			sh, got.Conversation, monday); err != nil {
			return err
		}
		if party, err = d.inside.SaveParty(tx, chief, ask.Party{Name: "Secret", Kind: ask.Supplier, Address: "depot@example.org", Language: "fr"}); err != nil {
			return err
		}
		for _, owed := range []struct {
			kind promise.Kind
			into func(p id.Promise) error
		}{
			{promise.Ask, func(p id.Promise) error {
				asked, err = store.One[id.Ask](tx, store.Dynamic(`
					insert into ask (shop_id, promise_id, message_id, person_id, name, kind, address, language, created_at)
					values ($1, $2, $3, $4, 'Secret', 'other', 'depot@example.org', 'fr', $5) returning id`), sh, p, got.Message, brun, monday)
				return err
			}},
			{promise.Reading, func(p id.Promise) error {
				parked, err = store.One[id.Reading](tx, store.Dynamic(`
					insert into reading (shop_id, promise_id, author_id, reader_id, created_at) values ($1, $2, $3, $3, $4) returning id`), sh, p, brun, monday)
				return err
			}},
		} {
			p, err := rows.Ledger.Open(tx, promise.Owed{Shop: sh, Conversation: got.Conversation, Channel: "mail", Kind: owed.kind, Basis: promise.Word, Since: monday})
			if err != nil {
				return err
			}
			if err := owed.into(p.ID); err != nil {
				return err
			}
		}
		if folder, err = d.answers.CreateFolder(tx, chief, "Secret"); err != nil {
			return err
		}
		if saved, err = d.answers.Create(tx, chief, knowledge.Input{Title: "Secret", Bodies: map[string]string{"fr": "<p>À ne pas montrer</p>"}}); err != nil {
			return err
		}
		strikes := &incident.Service{Clock: d.clock, Log: d.events}
		if strike, err = strikes.Open(tx, chief, incident.Input{Name: "Secret"}); err != nil {
			return err
		}
		if _, err = strikes.Add(tx, chief, strike, []id.Conversation{got.Conversation}); err != nil {
			return err
		}
		if reason, err = words.CreateReason(tx, chief, label.ReasonInput{Name: "Secret"}); err != nil {
			return err
		}
		if tag, err = words.TagNamed(tx, chief, "secret"); err != nil {
			return err
		}
		if field, err = words.CreateField(tx, chief, label.FieldInput{Name: "Secret", Kind: label.FieldText}); err != nil {
			return err
		}
		if group, err = d.team.CreateTeam(tx, chief, team.Input{Name: "Secret"}); err != nil {
			return err
		}
		if list, err = store.One[id.SavedView](tx, store.Dynamic(`
			insert into saved_view (shop_id, person_id, shared, name, base, filter, created_at) values ($1, $2, true, 'Secret', 'owed', '{}', $3) returning id`),
			sh, brun, monday); err != nil {
			return err
		}
		session, err = store.One[int64](tx, store.Dynamic(`
			insert into session (token, person_id, shop_id, created_at, seen_at, expires_at) values ('x', $1, $2, $3, $3, $3) returning id`),
			brun, sh, monday)
		if err != nil {
			return err
		}
		doubted, err = store.One[id.FalseAlarm](tx, store.Dynamic(`
			insert into false_alarm (shop_id, rule, conversation_id, seen_through, person_id, created_at) values ($1, 'anger', $2, 1, $3, $4) returning id`),
			sh, got.Conversation, brun, monday)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	key, _, err := d.team.CreateKey(d.t.Context(), chief, team.NewAPIKey{Name: "Secret", Scopes: team.AllScopes()})
	if err != nil {
		d.t.Fatal(err)
	}
	hook, _, err := d.hooks.Create(d.t.Context(), chief, webhook.Input{Name: "Secret", URL: "https://brun.example/hook"})
	if err != nil {
		d.t.Fatal(err)
	}
	device, err := d.push.Subscribe(d.t.Context(), brun, id.Session(session), push.Subscription{
		Endpoint: "https://push.example/brun", Auth: strings.Repeat("A", 22),
		P256DH: browserPublic,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	text := func(n int64) string { return id.Conversation(n).String() }
	return theirs{
		"/conversations/": got.Conversation.String(), "/messages/": got.Message.String(), "/attachments/": file.String(),
		"/deliveries/": sent.String(), "/outbox/": sent.String(), "/quarantine/": text(item), "/suggestions/": text(suggestion),
		"/views/": list.String(), "/saved-answers/": saved.String(), "/incidents/": strike.String(), "/saved-answer-folders/": folder.String(),
		"/settings/reasons/": reason.String(), "/settings/tags/": tag.String(), "/settings/fields/": field.String(), "/settings/teams/": group.String(),
		"/settings/parties/": party.String(), "/asks/": asked.String(), "/readings/": parked.String(),
		"/settings/keys/": key.ID.String(), "/settings/webhooks/": hook.String(),
		"/settings/mailboxes/": box.String(), "/settings/people/": brun.String(), "/me/devices/": text(session),
		"/me/push/": device.String(), "/false-alarms/": doubted.String(),
	}
}

func (d *place) put(content string) string {
	d.t.Helper()
	h, err := d.blobs.Put(d.t.Context(), []byte(content))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(h[0])
}

// pathsWithID are all the paths of the API that name a row.
func pathsWithID(t *testing.T) (out []string) {
	t.Helper()
	raw, err := api.Description()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			if strings.Contains(path, "{id}") {
				out = append(out, strings.ToUpper(method)+" "+strings.TrimPrefix(path, "/api/v1"))
			}
		}
	}
	return out
}

// Another shop's rows don't exist, whatever path names them (I13), and nothing
// in it changes.
func TestAnotherShopsRowsDoNotExist(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		their := d.neighbours(d.whole())
		before := d.traces()
		b := d.owner()
		paths := pathsWithID(t)
		if len(paths) < 35 {
			t.Fatalf("only %d paths name a row: %q", len(paths), paths)
		}
		for _, p := range paths {
			method, path, _ := strings.Cut(p, " ")
			named := ""
			for begin, row := range their {
				if strings.HasPrefix(path, begin) {
					named = strings.NewReplacer("{id}", row, "{delivery}", "1", "{conversation}", "1").Replace(path)
				}
			}
			if named == "" {
				t.Errorf("%s names a row of a kind that this test doesn't know", p)
				continue
			}
			var body any
			if method != http.MethodGet {
				body = bodiesApart[p]
				if bodiesApart[p] == nil {
					body = m{}
				}
			}
			if strings.HasPrefix(path, "/settings/mailboxes/{id}") {
				body = contact()
			}
			if got := b.do(method, named, body); got.status != http.StatusNotFound {
				t.Errorf("%s: %d %s, want 404", p, got.status, got.raw)
			}
		}
		if after := d.traces(); after != before {
			t.Errorf("the other shop has %d rows of what happened, had %d", after, before)
		}
	})
}

// traces counts what an act would leave behind in the other shop.
func (d *place) traces() (n int64) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.One[int64](tx, store.Dynamic(`
			select (select count(*) from event where shop_id = $1) + (select count(*) from draft) + (select count(*) from seen)
				+ (select count(*) from push_subscription) + (select count(*) from session where token = 'x') + (select count(*) from absence)
				+ (select sum(revision) from saved_answer where archived_at is null and uses = 0) + (select count(*) from saved_answer_folder)
				+ (select count(*) from saved_view where name = 'Secret' and deleted_at is null)
				+ (select sum(revision) from incident) + (select count(*) from incident_conversation) + (select count(*) from incident_round)
				+ (select count(*) from delivery where state = 'held') + (select count(*) from suggestion where state = 'open')`), d.other)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}
