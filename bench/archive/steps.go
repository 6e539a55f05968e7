package archive

// seedSteps use words that both stores understand, and a few in braces.
var seedSteps = []step{
	{"16", `insert into person (id, name, email, created_at) select 999 + i, 'Marc Olivier ' || i, 'marc' || i || '@maison-lila.example', {now} from n`},
	{"16", `insert into membership (person_id, shop_id, role) select 999 + i, {shop}, 'agent' from n`},
	{"10", `insert into team (id, shop_id, name, created_at) select i, {shop}, 'Équipe ' || i, {now} from n`},
	{"16", `insert into team_member (team_id, person_id) select 1 + i % 10, 999 + i from n union all select 1 + (i + 3) % 10, 999 + i from n`},
	{"20", `insert into tag (id, shop_id, name, folded) select i, {shop}, 'étiquette ' || i, 'etiquette ' || i from n`},
	{"{n}", `insert into customer (id, shop_id, name, language, address, created_at, last_at) select i, {shop}, 'Camille Renaud ' || i, 'fr', 'camille.renaud.' || i || '@client.example', {now} - {day} * 730, {now} from n`},
	{"{n}", `insert into customer_identity (shop_id, kind, value, shown, customer_id) select {shop}, 'mail', 'camille.renaud.' || i || '@client.example', '', i from n`},
	{"{n}", `insert into conversation (id, shop_id, customer_id, channel, subject, snippet, language, state, tray, assignee_id, team_id, rank, reminders,
			next_due_at, near_at, next_kind, last_message_at, last_message_id, last_in_id, last_out_at, created_at)
		select i, {shop}, i, 'mail', 'Commande ' || (20000 + i) || ' : bague trop petite', 'Bonjour, la bague est très jolie mais la taille 54 est trop petite pour mon annulaire. Serait-il possible de l''échanger ?', 'fr',
			case when i % 20 = 0 then 'open' when i % 20 = 1 then 'waiting' else 'closed' end, 'main',
			case when i % 3 = 0 then null else 1000 + i % 16 end, 1 + i / 20 % 10, case when i % 20 = 0 then i / 20 % 4 else 0 end, i % 7 / 5,
			case when i % 20 = 0 then {now} + {day} * (i % 700 - 100) / 100 end, case when i % 20 = 0 then {now} + {day} * (i % 700 - 120) / 100 end,
			case when i % 20 = 0 then 'answer' else '' end, {now} - {step} * ({n} - i), 3 * i, case when i % 20 = 0 then 3 * i else 3 * i - 2 end,
			case when i % 20 = 0 then null else {now} - {step} * ({n} - i) end, {now} - {step} * ({n} - i) - {day} from n`},
	{"{n}", `insert into conversation_tag (conversation_id, tag_id, next_due_at, last_message_at)
		select id, 1 + id / 20 % 20, next_due_at, last_message_at from conversation where id in (select i from n)`},
	{"{n}", `insert into message (id, shop_id, conversation_id, home_id, direction, kind, channel, customer_id, from_name, from_address, subject, body,
			language, rfc_message_id, fingerprint, arrived_at, created_at)
		select 3 * i - 2, {shop}, i, i, 'in', 'customer', 'mail', i, 'Camille Renaud', 'camille.renaud.' || i || '@client.example',
			'Commande ' || (20000 + i), 'La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ?', 'fr', 'a' || i || '@client.example', 'f0' || i,
			{now} - {step} * ({n} - i) - {day} * 2 / 2, {now} - {step} * ({n} - i) from n`},
	{"{n}", `insert into message (id, shop_id, conversation_id, home_id, direction, kind, channel, customer_id, from_name, from_address, subject, body,
			language, rfc_message_id, fingerprint, arrived_at, created_at)
		select 3 * i - 1, {shop}, i, i, 'out', 'answer', 'mail', null, 'Camille Renaud', 'camille.renaud.' || i || '@client.example',
			'Commande ' || (20000 + i), 'Bonjour, nous vous échangeons la bague, voici comment faire. Bonjour, nous vous échangeons la bague, voici comment faire. Bonjour, nous vous échangeons la bague, voici comment faire. Bonjour, nous vous échangeons la bague, voici comment faire. Bonjour, nous vous échangeons la bague, voici comment faire.', 'fr', 'b' || i || '@client.example', 'f1' || i,
			{now} - {step} * ({n} - i) - {day} * 1 / 2, {now} - {step} * ({n} - i) from n`},
	{"{n}", `insert into message (id, shop_id, conversation_id, home_id, direction, kind, channel, customer_id, from_name, from_address, subject, body,
			language, rfc_message_id, fingerprint, arrived_at, created_at)
		select 3 * i - 0, {shop}, i, i, 'in', 'customer', 'mail', i, 'Camille Renaud', 'camille.renaud.' || i || '@client.example',
			'Commande ' || (20000 + i), 'La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ? La bague est trop petite, pouvez-vous l''échanger ?', 'fr', 'c' || i || '@client.example', 'f2' || i,
			{now} - {step} * ({n} - i) - {day} * 0 / 2, {now} - {step} * ({n} - i) from n`},
	{"{n}", `insert into thread_key (shop_id, message_id, conversation_id) select {shop}, 'a' || i || '@client.example', i from n`},
	{"{n}", `insert into participant (conversation_id, address) select i, 'camille.renaud.' || i || '@client.example' from n`},
	{"{n}", `insert into promise (id, shop_id, conversation_id, kind, basis, due_at, near_at, opened_at, state, near_told, broken_at, message_id, closed_at)
		select i, {shop}, i, 'answer', 'policy', {now} + {day} * (i % 700 - 100) / 100, {now} - {day}, {now} - {step} * ({n} - i) - {day},
			case when i % 20 = 0 then 'open' else 'kept' end, true, case when i % 20 = 0 and i % 700 < 100 then {now} end, 3 * i,
			case when i % 20 = 0 then null else {now} - {step} * ({n} - i) end from n`},
	{"{n}", `insert into seen (conversation_id, person_id, through) select i, 1000 + i % 16, 3 * i from n where i % 2 = 0`},
	{"{n}", `insert into event (at, shop_id, kind, conversation_id, message_id, data)
		select {now} - {step} * ({n} - i), {shop}, 'message.received', i, 3 * i, '{}' from n`},
}
