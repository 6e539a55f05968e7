-- +goose Up
-- A key acts in one shop for the person who made it, and never further than
-- that person's role reaches today.
create table api_key (
	id           {id},
	shop_id      bigint not null references shop (id),
	person_id    bigint not null references person (id),
	name         {text} not null,
	token        {text} not null, -- hash
	hint         {text} not null, -- its first characters, to tell keys apart
	scopes       {text} not null, -- words, a space between
	created_at   bigint not null,
	expires_at   bigint,
	last_used_at bigint,
	revoked_at   bigint
);
create unique index api_key_token on api_key (token);
create index api_key_of_shop on api_key (shop_id, id);

-- Answers to requests that named themselves (Idempotency-Key), for a day.
create table idempotent_request (
	id           {id},
	owner        {text} not null, -- "key 3" or "person 3 shop 1"
	name         {text} not null,
	fingerprint  {text} not null, -- hash of method, path and body
	state        {text} not null default 'running', -- running, done
	status       integer not null default 0,
	type         {text} not null default '',
	answer       {text} not null default '', -- sealed: it may quote anybody
	created_at   bigint not null,
	running_until bigint not null
);
create unique index idempotent_request_once on idempotent_request (owner, name);
create index idempotent_request_old on idempotent_request (created_at);

create table webhook (
	id            {id},
	shop_id       bigint not null references shop (id),
	person_id     bigint not null references person (id),
	name          {text} not null,
	url           {text} not null,
	kinds         {text} not null default '', -- words, a space between; '' is all
	secret        {text} not null, -- sealed
	old_secret    {text} not null default '', -- sealed; signs too until old_until
	old_until     bigint,
	state         {text} not null default 'active', -- active, paused, disabled
	cause         {text} not null default '', -- why disabled: unreachable, gone
	position      {text} not null, -- in the event feed
	failing_since bigint,
	failures      integer not null default 0,
	tests         integer not null default 0,
	last_ok_at    bigint,
	claim         bigint not null default 0, -- fencing: grows with each run
	claimed_until bigint,
	created_at    bigint not null
);
create index webhook_of_shop on webhook (shop_id, id);
create index webhook_active on webhook (id) where state = 'active';

-- One event for one webhook. Sent in the order of their ids.
create table webhook_delivery (
	id          {id},
	webhook_id  bigint not null references webhook (id),
	event_seq   bigint, -- none for a test
	name        {text} not null, -- the webhook-id that the receiver sees
	kind        {text} not null,
	payload     {text} not null, -- ids, enums, instants and links only
	state       {text} not null default 'waiting', -- waiting, delivered
	attempts    integer not null default 0,
	next_at     bigint not null,
	created_at  bigint not null
);
create unique index webhook_delivery_once on webhook_delivery (webhook_id, name);
create index webhook_delivery_waiting on webhook_delivery (webhook_id, id) where state = 'waiting';
create index webhook_delivery_log on webhook_delivery (webhook_id, created_at, id);
create index webhook_delivery_old on webhook_delivery (created_at) where state <> 'waiting';

create table webhook_attempt (
	id          {id},
	delivery_id bigint not null references webhook_delivery (id),
	at          bigint not null,
	duration    bigint not null, -- microseconds
	status      integer not null default 0, -- 0: no answer came
	error       {text} not null default '',
	answer      {text} not null default '' -- its beginning, as the receiver wrote it
);
create index webhook_attempt_of_delivery on webhook_attempt (delivery_id, id);
