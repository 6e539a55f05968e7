-- +goose Up
-- Whom a shop asks inside: its warehouse, workshop, suppliers, carriers.
create table party (
	id         {id},
	shop_id    bigint not null references shop (id),
	name       {text} not null,
	kind       {text} not null, -- warehouse, workshop, supplier, carrier, other
	address    {text} not null, -- lower case
	language   {text} not null default 'fr', -- fr, en
	archived   boolean not null default false
);
create unique index party_address on party (shop_id, address) where archived = false;
create index party_of_shop on party (shop_id, id);

-- A question to one of them. What was asked stands in its note; whether it still
-- waits, and in which conversation, its promise says.
create table ask (
	id          {id},
	shop_id     bigint not null references shop (id),
	promise_id  bigint not null references promise (id),
	message_id  bigint not null references message (id),
	person_id   bigint not null references person (id), -- who asked
	party_id    bigint references party (id),           -- none for a free address
	name        {text} not null,
	kind        {text} not null,
	address     {text} not null,
	language    {text} not null,
	product     {text} not null default '', -- of the conversation, where the asker shows it
	answered_at bigint,
	created_at  bigint not null
);
create unique index ask_promise on ask (promise_id);
create unique index ask_message on ask (message_id);

-- The mails of a question: itself, and one reminder. Each has a link of its own,
-- of which only a hash is kept.
create table ask_mail (
	id             {id},
	shop_id        bigint not null references shop (id),
	ask_id         bigint not null references ask (id),
	token          {text} not null, -- hash
	rfc_message_id {text} not null,
	reminder       boolean not null default false,
	at             bigint not null
);
create unique index ask_mail_token on ask_mail (token);
create unique index ask_mail_rfc on ask_mail (shop_id, rfc_message_id);
create unique index ask_mail_once on ask_mail (ask_id, reminder);

-- Which notes are answers to it.
create table ask_answer (
	message_id bigint not null primary key references message (id),
	ask_id     bigint not null references ask (id)
);
create index ask_answer_of_ask on ask_answer (ask_id, message_id);

-- A second reading: a draft that waits for a colleague's eyes. The draft names
-- the open one.
create table reading (
	id          {id},
	shop_id     bigint not null references shop (id),
	promise_id  bigint not null references promise (id),
	author_id   bigint not null references person (id),
	reader_id   bigint not null references person (id), -- who was asked
	state       {text} not null default 'open', -- open, approved, returned, withdrawn
	pass_reason {text} not null default '', -- why a stop of the guard is passed, in the author's words
	promises    {text} not null default '[]', -- JSON: what the text promises, as its author confirmed it
	send_at     bigint,
	note        {text} not null default '', -- the reader's, on returning it
	message_id  bigint references message (id), -- the answer, once sent
	ended_by    bigint references person (id),
	created_at  bigint not null,
	ended_at    bigint
);
create unique index reading_promise on reading (promise_id);
create index reading_message on reading (message_id) where message_id is not null;
