-- +goose Up
create table person (
	id            {id},
	name          {text} not null,
	email         {text} not null, -- lower case
	password      {text} not null default '', -- argon2id, PHC string; '' before the invitation is taken
	language      {text} not null default 'fr',
	theme         {text} not null default 'system',
	list_order    {text} not null default 'due', -- of what is owed: due, rank
	own_hours     {text} not null default '', -- JSON week in which one may be told things; '' as the shop
	tour          {text} not null default '', -- of the first day: '', a step, skipped, done
	totp_secret   {text} not null default '', -- sealed
	totp_on       boolean not null default false,
	totp_last     bigint not null default 0,  -- last time step used: a code works once
	failures      integer not null default 0,
	locked_until  bigint,
	active        boolean not null default true,
	created_at    bigint not null
);
create unique index person_email on person (email);

-- A person's access to a shop, with the signature that customers see (P04).
create table membership (
	person_id       bigint not null references person (id),
	shop_id         bigint not null references shop (id),
	role            {text} not null, -- owner, lead, agent
	role_line       {text} not null default '',
	first_name_only boolean not null default false,
	favourites      {text} not null default '[]', -- JSON: lists that stand first beside the person's screen
	morning         {text} not null default '', -- mail of what is owed today: off, on, always; '' by the role
	primary key (person_id, shop_id)
);
create index membership_of_shop on membership (shop_id, role);

create table absence (
	person_id  bigint not null primary key references person (id),
	first_day  {text} not null, -- YYYY-MM-DD, in the shop's zone
	last_day   {text} not null,
	substitute bigint references person (id)
);

create table session (
	id         {id},
	token      {text} not null, -- hash
	person_id  bigint not null references person (id),
	shop_id    bigint not null references shop (id),
	label      {text} not null default '',
	created_at bigint not null,
	seen_at    bigint not null,
	expires_at bigint not null
);
create unique index session_token on session (token);
create index session_of_person on session (person_id, id);

-- Password resets and invitations: single use, hashed.
create table password_reset (
	token      {text} not null primary key,
	person_id  bigint not null references person (id),
	expires_at bigint not null
);

create table recovery_code (
	person_id bigint not null references person (id),
	code      {text} not null, -- hash
	primary key (person_id, code)
);

-- A team is a group of people who answer for some conversations of a shop, with
-- a lead who is in charge where nobody was named.
create table team (
	id         {id},
	shop_id    bigint not null references shop (id),
	name       {text} not null,
	lead_id    bigint references person (id),
	archived   boolean not null default false,
	created_at bigint not null
);
create unique index team_name on team (shop_id, name) where archived = false;

create table team_member (
	team_id   bigint not null references team (id),
	person_id bigint not null references person (id),
	primary key (team_id, person_id)
);
create index team_of_person on team_member (person_id, team_id);

-- What comes in by a mailbox is its team's.
alter table mailbox add column team_id bigint references team (id);
