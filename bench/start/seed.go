package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	_ "modernc.org/sqlite" // driver "sqlite"
)

// seed fills the archive of a desk that is set up: n conversations of two to
// three messages each, one in twenty still owed an answer, the rest answered
// and closed over the last two years. It writes SQL, since what is measured is
// how soon such a file is read, not how it came to be.
func seed(ctx context.Context, file string, n int) error {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	now := time.Now().UnixMicro()
	for _, step := range seedSteps {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("with recursive n (i) as (select 1 union all select i + 1 from n where i < %d) %s", n, step),
			sql.Named("now", now), sql.Named("day", int64(24*time.Hour/time.Microsecond))); err != nil {
			return fmt.Errorf("%w in %s", err, step)
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "pragma wal_checkpoint(truncate)")
	return err
}

// Conversation i arrived 730 days × (1 - i/n) ago; the newest twentieth is open.
var seedSteps = []string{
	`insert into customer (id, shop_id, name, language, address, created_at, last_at)
		select i, (select min(id) from shop), 'Camille Renaud ' || i, 'fr', 'camille.renaud.' || i || '@client.example', @now - @day * 730, @now from n`,
	`insert into customer_identity (shop_id, kind, value, shown, customer_id)
		select (select min(id) from shop), 'mail', 'camille.renaud.' || i || '@client.example', '', i from n`,
	`insert into conversation (id, shop_id, customer_id, channel, subject, snippet, language, state, tray, next_due_at, near_at, next_kind,
			last_message_at, last_message_id, last_in_id, last_out_at, created_at)
		select i, (select min(id) from shop), i, 'mail', 'Commande ' || (20000 + i) || ' : bague trop petite',
			'Bonjour, la bague est très jolie mais la taille 54 est trop petite pour mon annulaire. Serait-il possible de l''échanger ?', 'fr',
			case when i % 20 = 0 then 'open' else 'closed' end, 'main',
			case when i % 20 = 0 then @now + @day * (i % 700 - 100) / 100 end, case when i % 20 = 0 then @now + @day * (i % 700 - 120) / 100 end,
			case when i % 20 = 0 then 'answer' else '' end,
			@now - @day * (i % 730), 2 * i, 2 * i - 1, case when i % 20 = 0 then null else @now - @day * (i % 730) end, @now - @day * (i % 730 + 1)
		from n`,
	`insert into message (id, shop_id, conversation_id, home_id, direction, kind, channel, customer_id, from_name, from_address, recipients, subject, body,
			language, rfc_message_id, fingerprint, raw, arrived_at, created_at)
		select 2 * i - 1, (select min(id) from shop), i, i, 'in', 'customer', 'mail', i, 'Camille Renaud', 'camille.renaud.' || i || '@client.example', '{}',
			'Commande ' || (20000 + i), replace(hex(zeroblob(30)), '00', 'La bague est trop petite. '), 'fr', 'q' || i || '@client.example',
			'f' || i, printf('%064d', i), @now - @day * (i % 730 + 1), @now - @day * (i % 730 + 1) from n`,
	`insert into message (id, shop_id, conversation_id, home_id, direction, kind, channel, from_name, recipients, subject, body, language,
			rfc_message_id, arrived_at, created_at)
		select 2 * i, (select min(id) from shop), i, i, case when i % 20 = 0 then 'in' else 'out' end, case when i % 20 = 0 then 'customer' else 'answer' end,
			'mail', 'Véronica Lambert', '{}', 'Re: Commande ' || (20000 + i), replace(hex(zeroblob(20)), '00', 'Nous vous échangeons la bague. '), 'fr',
			'a' || i || '@maison-lila.example', @now - @day * (i % 730), @now - @day * (i % 730) from n`,
	`insert into thread_key (shop_id, message_id, conversation_id) select (select min(id) from shop), 'q' || i || '@client.example', i from n`,
	`insert into participant (conversation_id, address) select i, 'camille.renaud.' || i || '@client.example' from n`,
	`insert into promise (id, shop_id, conversation_id, kind, basis, due_at, near_at, opened_at, state, near_told, broken_at, message_id, closed_at)
		select i, (select min(id) from shop), i, 'answer', 'policy',
			case when i % 20 = 0 then @now + @day * (i % 700 - 100) / 100 else @now - @day * (i % 730) end, @now - @day * (i % 730 + 1), @now - @day * (i % 730 + 1),
			case when i % 20 = 0 then 'open' else 'kept' end, true, case when i % 20 = 0 and i % 700 < 100 then @now end, 2 * i - 1,
			case when i % 20 = 0 then null else @now - @day * (i % 730) end from n`,
	`insert into promise_message (promise_id, message_id, arrived_at) select i, 2 * i - 1, @now - @day * (i % 730 + 1) from n`,
	`insert into event (at, shop_id, kind, conversation_id, message_id, data)
		select @now - @day * (i % 730), (select min(id) from shop), 'message.received', i, 2 * i - 1, '{"class":"customer","tray":"main"}' from n`,
}
