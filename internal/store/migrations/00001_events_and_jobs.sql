-- +goose Up
-- One fact per row, written with the change it tells of (I9). The feed is read
-- by (xid, seq): on PostgreSQL numbers are given before transactions commit.
create table meta (
	name  {text} primary key,
	value {text} not null
);

create table event (
	seq          {id},
	xid          {xid},
	at           bigint not null,
	shop_id      bigint,
	kind         {text} not null,
	conversation_id bigint,
	message_id   bigint,
	promise_id   bigint,
	delivery_id  bigint,
	person_id    bigint,
	data         {text} not null default '{}',
	cause        bigint,
	depth        integer not null default 0,
	api_key_id   bigint, -- the key by which person_id's wish came
	request_id   bigint  -- the named request that did it, for a day of interest
);
create index event_feed on event (xid, seq);
create index event_of_conversation on event (conversation_id, seq) where conversation_id is not null;
create index event_of_request on event (request_id) where request_id is not null;
create index event_by_key on event (message_id) where api_key_id is not null;

create table job (
	id           {id},
	kind         {text} not null,
	pool         {text} not null,
	key          {text},
	args         {text} not null,
	state        {text} not null default 'ready', -- ready, running, parked
	run_at       bigint not null,
	attempts     integer not null default 0,
	token        bigint not null default 0,       -- fencing: grows with each claim
	lease_until  bigint,
	last_error   {text} not null default '',
	created_at   bigint not null
);
create index job_ready on job (pool, run_at, id) where state = 'ready';
create index job_leased on job (lease_until) where state = 'running';
create index job_parked on job (kind, id) where state = 'parked';
create unique index job_once on job (kind, key) where key is not null and state = 'ready';
