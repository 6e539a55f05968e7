package demo_test

import (
	"fmt"
	"testing"
	"time"
	"os"

	"github.com/comptoir-desk/comptoir/internal/demo"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestLook(t *testing.T) {
	at := wednesday
	if s := os.Getenv("AT"); s != "" {
		at, _ = time.Parse(time.RFC3339, s)
	}
	db := testkit.OpenStore(t, t.TempDir()+"/d.db")
	p := build(t, db)
	if _, err := demo.Create(t.Context(), p.Desk, at); err != nil {
		t.Fatal(err)
	}
	paris, _ := time.LoadLocation("Europe/Paris")
	db.Read(t.Context(), func(tx *store.Tx) error {
		type row struct {
			ID int64 `db:"id"`
			Subject string `db:"subject"`
			Snippet string `db:"snippet"`
			State string `db:"state"`
			Tray string `db:"tray"`
			Due time.Time `db:"next_due_at"`
			Near time.Time `db:"near_at"`
			Kind string `db:"next_kind"`
			Last time.Time `db:"last_message_at"`
			R int64 `db:"reminders"`
			L string `db:"language"`
		}
		rows, err := store.All[row](tx, store.Dynamic(`select id, subject, snippet, state, tray, next_due_at, near_at, next_kind, last_message_at, reminders, language from conversation where state<>'closed' or tray<>'main' order by tray, state, next_due_at, id`))
		if err != nil { t.Fatal(err) }
		for _, r := range rows {
			m := ""
			if !r.Due.IsZero() { if r.Due.Before(at) { m = "BROKEN" } else if r.Near.Before(at) { m = "near" } }
			fmt.Printf("%4d %-8s %-8s %-9s %-7s due %s last %s r%d %s %.40q %.60q\n", r.ID, r.Tray, r.State, r.Kind, m, r.Due.In(paris).Format("Mon 02 15:04"), r.Last.In(paris).Format("Mon 02 15:04:05"), r.R, r.L, r.Subject, r.Snippet)
		}
		type c struct { K string `db:"k"`; S string `db:"s"`; N int64 `db:"n"`; B int64 `db:"b"` }
		cs, err := store.All[c](tx, store.Dynamic(`select kind as k, state as s, count(*) as n, sum(case when broken_at is not null then 1 else 0 end) as b from promise group by kind, state`))
		fmt.Println(cs, err)
		for _, q := range []string{`select 'message' as k, kind||' '||direction as s, count(*) as n, 0 as b from message group by kind, direction`, `select 'delivery' as k, kind||' '||state as s, count(*) as n, 0 as b from delivery group by kind, state`, `select 'customers' as k, '' as s, count(*) as n, 0 as b from customer`, `select 'conv' as k, state||' '||tray as s, count(*) as n, 0 as b from conversation group by state, tray`, `select 'item' as k, state as s, count(*) as n, 0 as b from item group by state`,`select 'job' as k, kind as s, count(*) as n, 0 as b from job group by kind`, `select 'sugg' as k, reason||state as s, count(*) as n, 0 as b from suggestion group by reason,state`, `select 'lang' as k, language as s, count(*) as n, 0 as b from conversation group by language`, `select 'draft' as k, '' as s, count(*) as n, 0 as b from draft`, `select 'ack' as k, '' as s, count(*) as n, 0 as b from conversation where acknowledged_at is not null`, `select 'quote' as k, '' as s, count(*) as n, 0 as b from message where quote<>''`} {
			cs, err := store.All[c](tx, store.Dynamic(q))
			fmt.Println(cs, err)
		}
		if os.Getenv("BODY") != "" {
			ms, err := store.All[desk.Message](tx, store.Dynamic(`select `+desk.MessageColumns+` from message where conversation_id > 150 order by conversation_id, id`))
			if err != nil { t.Fatal(err) }
			for _, m := range ms { fmt.Printf("== %d %s %s %s %s [%s]\n%s\n", m.Conversation, m.Direction, m.Kind, m.FromName, m.ArrivedAt.In(paris).Format("Mon 02 15:04"), m.Subject, m.Body); if m.Quote!="" { fmt.Printf("   ||%.80q\n", m.Quote) } }
		}
		return nil
	})
}
