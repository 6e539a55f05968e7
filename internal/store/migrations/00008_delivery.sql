-- +goose Up
-- A delivery is a record, not a call (I4).
create table delivery (
	id              {id},
	shop_id         bigint not null references shop (id),
	mailbox_id      bigint references mailbox (id),
	conversation_id bigint references conversation (id),
	message_id      bigint references message (id), -- none for system mail
	kind            {text} not null,  -- answer, assistant, acknowledgement, legal_receipt, notice, system
	state           {text} not null,  -- queued, claimed, dot_pending, accepted, soft, hard, uncertain, held, undone, local
	rfc_message_id  {text} not null,
	raw             {text} not null,  -- blob: the bytes, fixed when written
	sender          {text} not null,  -- envelope
	subject         {text} not null default '',
	seen_through    bigint,           -- newest message its author had on screen
	holding_until   bigint,           -- of a holding answer: the date it gave
	passed_rules    {text} not null default '[]', -- JSON: rules of the guard whose stop was passed
	pass_reason     {text} not null default '', -- and why
	acts            {text} not null default '', -- JSON: what sending it did beside it, to be taken back with it
	scheduled       boolean not null default false, -- later than the time to undo
	not_before      bigint not null,
	not_after       bigint,           -- of a mail that names a date: later it would be untrue
	attempts        integer not null default 0,
	uncertain       integer not null default 0,
	token           bigint not null default 0, -- fencing: grows with each claim
	next_at         bigint,
	detail          {text} not null default '',
	created_at      bigint not null,
	accepted_at     bigint,
	finished_at     bigint
);
create unique index delivery_message on delivery (message_id) where message_id is not null;
create unique index delivery_rfc on delivery (rfc_message_id);
create index delivery_waiting on delivery (conversation_id) where state in ('queued', 'claimed', 'dot_pending', 'soft', 'uncertain', 'held');
create index delivery_stuck on delivery (state, id) where state in ('claimed', 'dot_pending', 'uncertain', 'held');
create index delivery_of_conversation on delivery (conversation_id) where conversation_id is not null;
create index delivery_outbox on delivery (shop_id, id);
create index delivery_outbox_state on delivery (shop_id, state, id) where state in ('local', 'hard', 'uncertain', 'held');
create index delivery_scheduled on delivery (shop_id, not_before, id) where scheduled and state = 'queued';
create index delivery_raw on delivery (raw);
create index delivery_passed on delivery (shop_id, id) where pass_reason <> '';

create table delivery_recipient (
	delivery_id bigint not null references delivery (id),
	address     {text} not null,
	name        {text} not null default '',
	role        {text} not null,  -- to, cc, bcc
	customer    boolean not null default false, -- whose result decides
	state       {text} not null default 'waiting', -- waiting, accepted, soft, hard, uncertain, bounced
	code        integer not null default 0,
	enhanced    {text} not null default '',
	detail      {text} not null default '',
	primary key (delivery_id, address)
);

create table delivery_attempt (
	id          {id},
	delivery_id bigint not null references delivery (id),
	at          bigint not null,
	outcome     {text} not null,
	detail      {text} not null default ''
);
create index attempt_of_delivery on delivery_attempt (delivery_id, id);

-- How often we wrote to a correspondent by ourselves lately: cuts loops.
create table automatic_mail (
	shop_id bigint not null references shop (id),
	address {text} not null,
	at      bigint not null
);
create index automatic_mail_to on automatic_mail (shop_id, address, at);
