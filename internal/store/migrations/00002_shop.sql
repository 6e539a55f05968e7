-- +goose Up
-- Everything belongs to a shop (I13).
create table shop (
	id          {id},
	name        {text} not null,
	url         {text} not null default '',
	phone       {text} not null default '',
	address     {text} not null default '',
	siret       {text} not null default '', -- company number, as it is written
	language    {text} not null default 'fr',
	timezone    {text} not null default 'Europe/Paris',
	holidays    {text} not null default 'FR',
	colour      {text} not null default '',
	logo        {text} not null default '', -- blob
	logo_type   {text} not null default '',
	ack_enabled boolean not null default true,
	ack_fr      {text} not null default '',
	ack_en      {text} not null default '',
	remind      boolean not null default true,    -- customers who are waited for
	remind_fr   {text} not null default '',
	remind_en   {text} not null default '',
	demo        boolean not null default false,
	created_at  bigint not null
);

-- Opening hours and delay; channel '' stands for every channel without its own.
create table shop_hours (
	shop_id bigint not null references shop (id),
	channel {text} not null default '',
	hours   {text} not null, -- JSON, as package calendar reads it
	delay   {text} not null, -- "1 open_day"
	primary key (shop_id, channel)
);

create table mailbox (
	id            {id},
	shop_id       bigint not null references shop (id),
	name          {text} not null,
	address       {text} not null,          -- lower case
	kind          {text} not null,          -- imap, smtp
	auth          {text} not null default 'password',
	username      {text} not null default '',
	secret        {text} not null default '', -- sealed
	imap_host     {text} not null default '',
	imap_port     integer not null default 0,
	imap_security {text} not null default '',
	smtp_host     {text} not null default '', -- '' = none: mail is held (or local in a demo shop)
	smtp_port     integer not null default 0,
	smtp_security {text} not null default '',
	inbox         {text} not null default '',
	junk          {text} not null default '',
	sent          {text} not null default '',
	after_intake  {text} not null default 'none',
	move_to       {text} not null default '',
	plus_tag      boolean not null default false, -- the connection test saw a +tag arrive
	dkim_domain   {text} not null default '',
	dkim_selector {text} not null default '',
	dkim_key      {text} not null default '', -- sealed
	owed_since    bigint not null,
	active        boolean not null default true,
	state         {text} not null default 'connecting', -- ok, connecting, error, off
	error         {text} not null default '',   -- a code of package channel/mail, with its facts
	last_mail_at  bigint,
	caught_up_to  bigint,
	checked_at    bigint,
	alarm         boolean not null default false,
	created_at    bigint not null
);
create unique index mailbox_address on mailbox (address); -- an address leads to one shop

create table mailbox_folder (
	mailbox_id  bigint not null references mailbox (id),
	name        {text} not null,
	role        {text} not null,             -- inbox, junk, sent
	uidvalidity bigint not null default 0,
	position    bigint not null default 0,   -- every UID up to here is stored
	modseq      bigint not null default 0,
	in_box      bigint not null default 0,
	in_desk     bigint not null default 0,
	missing     bigint not null default 0,
	checked_at  bigint,
	primary key (mailbox_id, name)
);

-- Drawn anew with each change of a shop's settings: what is kept of them in
-- memory holds while it stands, on every node.
alter table shop add column revision bigint not null default 0;

-- Further addresses that lead to the mailbox: a JSON list, lower case.
alter table mailbox add column aliases {text} not null default '[]';
