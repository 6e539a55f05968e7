-- +goose Up
create table customer (
	id         {id},
	shop_id    bigint not null references shop (id),
	name       {text} not null default '',
	language   {text} not null default '',
	address    {text} not null default '', -- of its identities the one that lists show
	note       {text} not null default '',
	created_at bigint not null,
	last_at    bigint not null
);
create index customer_recent on customer (shop_id, last_at, id);

create table customer_identity (
	shop_id     bigint not null references shop (id),
	kind        {text} not null, -- mail, phone
	value       {text} not null, -- normalised
	shown       {text} not null default '', -- as it was written
	customer_id bigint not null references customer (id),
	primary key (shop_id, kind, value)
);
create index identity_of_customer on customer_identity (customer_id);

-- Learnt: this sender never waits for an answer.
create table sender_rule (
	shop_id    bigint not null references shop (id),
	address    {text} not null,
	rule       {text} not null, -- never_waits, spam
	person_id  bigint,
	created_at bigint not null,
	primary key (shop_id, address)
);
