-- +goose Up
create table saved_answer_folder (
	id       {id},
	shop_id  bigint not null references shop (id),
	name     {text} not null,
	position integer not null default 0
);
create unique index saved_answer_folder_name on saved_answer_folder (shop_id, name);

create table saved_answer (
	id          {id},
	shop_id     bigint not null references shop (id),
	folder_id   bigint references saved_answer_folder (id),
	title       {text} not null,
	shortcut    {text} not null default '',   -- the word behind the slash
	owner_id    bigint references person (id), -- who keeps it current
	personal    boolean not null default false, -- the owner's own: nobody else sees it
	review_on   {text} not null default '',   -- YYYY-MM-DD
	actions     {text} not null default '[]', -- JSON
	words       {text} not null default '',   -- title, shortcut and bodies, folded, for search
	ready       {text} not null default '',   -- key of the ready answer that it began as
	uses        bigint not null default 0,
	used_at     bigint,
	archived_at bigint,
	revision    bigint not null default 1,
	created_at  bigint not null,
	updated_at  bigint not null
);
create index saved_answer_of_shop on saved_answer (shop_id, id);
create index saved_answer_of_folder on saved_answer (folder_id) where folder_id is not null;
create unique index saved_answer_shortcut on saved_answer (shop_id, shortcut)
	where shortcut <> '' and archived_at is null and personal = false;
create unique index saved_answer_own_shortcut on saved_answer (shop_id, owner_id, shortcut)
	where shortcut <> '' and archived_at is null and personal = true;
create unique index saved_answer_ready on saved_answer (shop_id, ready) where ready <> '';

create table saved_answer_body (
	answer_id bigint not null references saved_answer (id),
	language  {text} not null, -- fr, en
	html      {text} not null,
	primary key (answer_id, language)
);

-- Addresses that stand in saved answers, and whether they still lead somewhere.
create table saved_link (
	shop_id    bigint not null references shop (id),
	link       {text} not null,
	dead       boolean not null default false,
	status     integer not null default 0, -- of the last answer; 0 when none came
	checked_at bigint not null,
	primary key (shop_id, link)
);
create index saved_link_dead on saved_link (shop_id) where dead;
