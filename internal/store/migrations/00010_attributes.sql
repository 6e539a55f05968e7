-- +goose Up
-- Earlier products and causes, offered while one types.
create table suggested_word (
	shop_id bigint not null references shop (id),
	what    {text} not null, -- product, cause
	word    {text} not null,
	used_at bigint not null,
	primary key (shop_id, what, word)
);
create index suggested_word_newest on suggested_word (shop_id, what, used_at);

-- What a shop notes of its conversations besides.
create table field (
	id       {id},
	shop_id  bigint not null references shop (id),
	name     {text} not null,
	kind     {text} not null, -- text, number, date, choice, yes_no
	choices  {text} not null default '[]', -- JSON, of a choice
	position integer not null default 0,
	archived boolean not null default false
);
create index field_of_shop on field (shop_id, position, id);

create table field_value (
	conversation_id bigint not null references conversation (id),
	field_id        bigint not null references field (id),
	value           {text} not null,
	primary key (conversation_id, field_id)
);

create table follower (
	conversation_id bigint not null references conversation (id),
	person_id       bigint not null references person (id),
	primary key (conversation_id, person_id)
);

-- Whom a note names.
create table mention (
	message_id bigint not null references message (id),
	person_id  bigint not null references person (id),
	primary key (message_id, person_id)
);

-- What is there for a person to see; one unseen a conversation and kind.
create table notice (
	id              {id},
	shop_id         bigint not null references shop (id),
	person_id       bigint not null references person (id),
	conversation_id bigint not null references conversation (id),
	message_id      bigint,
	kind            {text} not null, -- mention, message, note, ask_answered, ask_late, ask_failed, reading_asked, reading_returned, reading_sent, rule_demoted, rule_doubted
	about           {text} not null default '', -- of the last two: rule, false alarms and firings, a space between
	at              bigint not null,
	seen            boolean not null default false
);
create index notice_of_person on notice (person_id, shop_id, at, id);
create unique index notice_unseen on notice (person_id, conversation_id, kind) where seen = false;
create index notice_of_conversation on notice (conversation_id);

-- "Linked to"; the smaller id first, so that a pair is one row.
create table conversation_link (
	conversation_id bigint not null references conversation (id),
	other_id        bigint not null references conversation (id),
	person_id       bigint references person (id),
	created_at      bigint not null,
	primary key (conversation_id, other_id)
);
create index conversation_link_other on conversation_link (other_id);
