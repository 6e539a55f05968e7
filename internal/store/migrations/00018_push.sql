-- +goose Up
-- The key pair by which push services know this installation (RFC 8292).
create table push_key (
	place      integer not null primary key check (place = 1), -- there is one
	public_key  {text} not null, -- base64url, uncompressed point of P-256
	private_key {text} not null, -- sealed
	created_at bigint not null
);

-- A device on which a person is told what is owed. It ends with its session:
-- who signed out is told nothing there.
create table push_subscription (
	id         {id},
	person_id  bigint not null references person (id),
	session_id bigint not null references session (id) on delete cascade,
	endpoint   {text} not null, -- where the push service takes messages for it
	p256dh     {text} not null, -- the browser's public key
	auth       {text} not null, -- sealed
	problem    {text} not null default '', -- why the last one did not arrive: refused, unreachable
	status     integer not null default 0, -- what the push service answered to it
	sent_at    bigint, -- when the push service last took one
	created_at bigint not null
);
create unique index push_subscription_endpoint on push_subscription (endpoint);
create unique index push_subscription_session on push_subscription (session_id);
create index push_subscription_person on push_subscription (person_id, id);

-- The mail of a morning is sent once, on whatever node.
create table morning_mail (
	person_id bigint not null references person (id),
	shop_id   bigint not null references shop (id),
	day       {text} not null, -- YYYY-MM-DD in the shop's zone
	primary key (person_id, shop_id, day)
);
create index morning_mail_old on morning_mail (day);
