-- +goose Up
-- A rule spoke up on an answer to what the customer had written until then. One
-- row a rule and answer: there is no counter that everybody who sends waits for.
create table guard_firing (
	shop_id         bigint not null references shop (id),
	rule            {text} not null,
	conversation_id bigint not null references conversation (id),
	seen_through    bigint not null, -- 0: nothing had been written
	at              bigint not null,
	primary key (conversation_id, seen_through, rule)
);
create index guard_firing_of on guard_firing (shop_id, rule, at);

-- An author called a finding a false alarm; a lead says who was right.
create table false_alarm (
	id              {id},
	shop_id         bigint not null references shop (id),
	rule            {text} not null,
	words           {text} not null default '', -- of the draft; none for rules that are never passed
	conversation_id bigint not null references conversation (id),
	seen_through    bigint not null,
	message_id      bigint, -- the answer, once it was sent
	dropped_at      bigint, -- its draft was thrown away
	person_id       bigint not null references person (id),
	created_at      bigint not null,
	verdict         {text} not null default '', -- wrong: the rule was; right: it was right
	judge_id        bigint references person (id),
	judged_at       bigint
);
create unique index false_alarm_once on false_alarm (conversation_id, seen_through, rule);
create index false_alarm_of on false_alarm (shop_id, id);
create index false_alarm_judged on false_alarm (shop_id, rule, verdict, created_at);
create index false_alarm_person on false_alarm (person_id);
create index false_alarm_judge on false_alarm (judge_id);

-- How far a rule has stepped back in a shop, and since when it is counted.
create table guard_rule (
	shop_id      bigint not null references shop (id),
	rule         {text} not null,
	step         integer not null default 0,
	counted_from bigint not null,
	wrong        integer not null default 0, -- as it was at the last change
	firings      integer not null default 0,
	primary key (shop_id, rule)
);
