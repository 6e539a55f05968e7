-- +goose Up
-- Words that the shop doesn't write, and what it says instead of others.
create table shop_words (
	id      {id},
	shop_id bigint not null references shop (id),
	words   {text} not null,
	instead {text} not null default '', -- what it says in their place; empty where they are forbidden
	stops   boolean not null default false -- an answer with them needs a reason
);
create index shop_words_of on shop_words (shop_id, id);
