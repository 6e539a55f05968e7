-- +goose Up
-- Lists that people made: one of the desk's own, narrowed by a filter.
create table saved_view (
	id         {id},
	shop_id    bigint not null references shop (id),
	person_id  bigint not null references person (id), -- who made it
	shared     boolean not null default false,         -- everybody of the shop sees it
	name       {text} not null,
	icon       {text} not null default '',             -- an emoji
	base       {text} not null,                        -- the list that it narrows
	filter     {text} not null,                        -- JSON tree
	position   integer not null default 0,
	deleted_at bigint,                                 -- may be brought back
	created_at bigint not null
);
create index saved_view_of_shop on saved_view (shop_id, id) where deleted_at is null;
