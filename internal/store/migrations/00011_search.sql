-- +goose Up
-- Indexes of what messages say, one row an index; package search makes the
-- tables that hold the words, which differ by engine: search_g1 and so on. A
-- new analyser builds a second index beside the first.
create table search_index (
	generation {id},
	analyser   integer not null,               -- version of the rules that made its words
	state      {text} not null default 'building', -- building, serving
	-- Building goes from the newest message that was there before every writer
	-- knew of this index, down to the first.
	begun      boolean not null default false,
	left_below bigint not null default 0,      -- messages up to here are still to come
	windows    bigint not null default -1,     -- newest window that has its table (PostgreSQL)
	xid        {xid}
);
create unique index search_index_one on search_index (analyser);

-- Words of customers' names, folded: a name is found by the beginning of any.
create table customer_word (
	shop_id     bigint not null references shop (id),
	word        {text} not null,
	customer_id bigint not null references customer (id),
	primary key (shop_id, word, customer_id)
);
create index customer_word_of on customer_word (customer_id, word);
