-- +goose Up
-- A matter that concerns many customers at once: a strike, a faulty batch.
create table incident (
	id        {id},
	shop_id   bigint not null references shop (id),
	name      {text} not null,
	begins_at bigint not null,                 -- who wrote from then on may be concerned
	ends_at   bigint,                          -- expected; its banner is said no longer
	opened_at bigint not null,
	opened_by bigint references person (id),
	ended_at  bigint,                          -- by hand
	tag_id    bigint references tag (id),      -- what later ones are known by, each alone enough
	reason_id bigint references reason (id),
	words     {text} not null default '',
	banner_fr {text} not null default '',
	banner_en {text} not null default '',
	hint      boolean not null default true,   -- the banner is offered beside the composer
	revision  bigint not null default 1
);
create index incident_of_shop on incident (shop_id, id);
create index incident_lasting on incident (shop_id, id) where ended_at is null;

create table incident_conversation (
	incident_id     bigint not null references incident (id),
	conversation_id bigint not null references conversation (id),
	added_at        bigint not null,
	added_by        bigint references person (id),
	primary key (incident_id, conversation_id)
);
create index incident_conversation_of on incident_conversation (conversation_id);

-- One text that is sent to all of an incident's conversations, each with its
-- own facts: once to each.
create table incident_round (
	id            {id},
	incident_id   bigint not null references incident (id),
	number        integer not null,
	state         {text} not null default 'open', -- open, sending, paused
	text_fr       {text} not null default '',
	text_en       {text} not null default '',
	holding_until bigint,
	per_minute    integer not null default 20,
	started_by    bigint references person (id),
	started_at    bigint,
	created_at    bigint not null,
	revision      bigint not null default 1
);
create unique index incident_round_number on incident_round (incident_id, number);

-- The primary key is what keeps a second one from being sent.
create table incident_answer (
	round_id        bigint not null references incident_round (id),
	conversation_id bigint not null references conversation (id),
	state           {text} not null default 'open', -- open, waiting, sent, left_out
	why             {text} not null default '',     -- of left_out: a word of the program's
	excluded        boolean not null default false, -- by hand
	included        boolean not null default false, -- by hand, though somebody answered meanwhile
	own_html        {text} not null default '',     -- edited alone
	pass_reason     {text} not null default '',     -- why a stop of the guard is passed
	sent_html       {text} not null default '',     -- as it was shown when it was started
	seen_through    bigint,                         -- as it was shown
	send_at         bigint,
	tries           integer not null default 0,
	message_id      bigint references message (id),
	delivery_id     bigint references delivery (id),
	primary key (round_id, conversation_id)
);
create index incident_answer_waiting on incident_answer (round_id, send_at, conversation_id) where state = 'waiting';
create index incident_answer_conversation on incident_answer (conversation_id);
create index incident_answer_message on incident_answer (message_id) where message_id is not null;
create index incident_answer_delivery on incident_answer (delivery_id) where delivery_id is not null;
