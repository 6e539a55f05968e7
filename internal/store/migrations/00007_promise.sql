-- +goose Up
-- Everything that the shop owes somebody.
create table promise (
	id              {id},
	shop_id         bigint not null references shop (id),
	conversation_id bigint references conversation (id),
	kind            {text} not null,  -- answer, courtesy, sort, call_back, send, refund, lead, wait, ask, reading, other
	title           {text} not null default '',
	basis           {text} not null,  -- policy, word, or an article of law
	due_at          bigint not null,
	near_at         bigint not null,
	opened_at       bigint not null,  -- when the wait began
	state           {text} not null default 'open', -- proposed, open, kept, waived, passed, ended, void
	cause           {text} not null default '', -- of ended: unreachable, unconfirmed, no_news
	reason          {text} not null default '', -- of waived
	near_told       boolean not null default false,
	broken_at       bigint,           -- a mark that stays; the promise stays owed
	person_id       bigint references person (id),  -- in charge by choice; else the assignee, the lead, the owner
	passed_to       bigint references promise (id),
	reopens         bigint references promise (id), -- opened by a bounce, with the old due time
	message_id      bigint,           -- the first message it covers, or the answer whose text gave it
	holdings        integer not null default 0,
	closed_at       bigint,
	closed_by       bigint references person (id),
	delivery_id     bigint            -- whose acceptance kept it or passed it on
);
create unique index promise_one_answer on promise (conversation_id) where kind = 'answer' and state = 'open';
create unique index promise_one_sort on promise (shop_id) where kind = 'sort' and state = 'open';
create index promise_of_conversation on promise (conversation_id, id);
create index promise_due on promise (due_at, id) where state = 'open' and broken_at is null;
create index promise_near on promise (near_at, id) where state = 'open' and near_told = false;
create index promise_of_answer on promise (message_id) where state in ('proposed', 'void');
create index promise_of_text on promise (message_id) where kind in ('call_back', 'refund', 'send', 'other');
create index promise_broken on promise (shop_id, broken_at) where state = 'open' and broken_at is not null;
create index promise_closed on promise (shop_id, closed_at) where closed_at is not null;

-- The messages that an answer promise covers.
create table promise_message (
	promise_id bigint not null references promise (id),
	message_id bigint not null references message (id),
	arrived_at bigint not null,
	primary key (promise_id, message_id)
);
create index promise_of_delivery on promise (delivery_id) where delivery_id is not null;
