-- +goose Up
-- What came in, raw, before its source heard "received" (I1).
create table item (
	id          {id},
	shop_id     bigint not null references shop (id),
	mailbox_id  bigint not null references mailbox (id),
	source      {text} not null,               -- imap, smtp
	folder      {text} not null default '',
	role        {text} not null default 'inbox',
	uidvalidity bigint not null default 0,
	uid         bigint not null default 0,
	envelope    {text} not null default '',    -- SMTP: JSON of sender and recipients
	blob        {text} not null,
	size        bigint not null,
	arrived_at  bigint not null,               -- INTERNALDATE or SMTP time
	stored_at   bigint not null,
	history     boolean not null default false, -- older than "owed since": no promise
	state       {text} not null default 'stored', -- stored, taken, quarantined, set_aside
	reason      {text} not null default '',
	message_id  bigint                          -- the desk's message it became or joined
);
create unique index item_of_imap on item (mailbox_id, folder, uidvalidity, uid) where source = 'imap';
create index item_stored on item (id) where state = 'stored';
create index item_quarantined on item (shop_id, id) where state = 'quarantined';
create index item_blob on item (blob);
create index item_message on item (message_id) where message_id is not null;

-- What remains to be done at the source once the item is safe here, as the
-- mailbox wishes: '' nothing, due, done.
alter table item add column after_intake {text} not null default '';
create index item_after_intake on item (mailbox_id, folder, uid) where after_intake = 'due';

-- UIDs below the baseline were in the folder when we first saw it: of them only
-- what is recent enough is taken in. From the baseline on everything is.
alter table mailbox_folder add column baseline bigint not null default 0;

-- Which process reads a mailbox, or flags and moves its mail, where several work
-- on one database. Times are the database's.
create table mailbox_lease (
	mailbox_id  bigint not null references mailbox (id),
	work        {text} not null,             -- read, settle
	holder      bigint not null,             -- drawn by a process when it starts
	lease_until bigint not null,
	primary key (mailbox_id, work)
);
