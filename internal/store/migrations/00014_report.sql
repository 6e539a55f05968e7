-- +goose Up
-- Figures of what happened, folded from the event feed. Numbers only (I10).

-- How far the feed was folded; one row.
create table report_fold (
	one      integer not null primary key, -- 1
	position {text} not null,              -- in the event feed
	version  integer not null,             -- of the way to count: another one counts everything anew
	state    {text} not null default '',   -- '', clearing, recounting, others
	after    bigint not null default 0,    -- while recounting: the last number that was counted
	turn     bigint not null default 0     -- grows with each step: two folds at once cannot both write
);

-- What a conversation, or (negated) a promise outside one, has added to the
-- figures. It is taken off again when they are counted anew.
create table report_counted (
	subject bigint not null primary key,
	shop_id bigint not null references shop (id),
	entries {bytes} not null
);

-- One count a row. The grain says which of mailbox, team, reason and person are
-- told apart; the others are 0 there, as they are where there is none.
create table report_figure (
	shop_id    bigint not null references shop (id),
	grain      integer not null,
	day        integer not null, -- since 1970, in the shop's zone; 0 for what stands open
	measure    integer not null,
	kind       {text} not null,  -- of promise
	mailbox_id bigint not null,
	team_id    bigint not null,
	reason_id  bigint not null,
	person_id  bigint not null,
	bucket     integer not null, -- hour of the day, or class of answer time
	n          bigint not null,
	primary key (shop_id, grain, day, measure, kind, mailbox_id, team_id, reason_id, person_id, bucket)
) {by key};

-- How somebody arranged the page.
create table report_arrangement (
	person_id bigint not null references person (id),
	shop_id   bigint not null references shop (id),
	blocks    {text} not null, -- words, a space between; a hidden one begins with "-"
	primary key (person_id, shop_id)
);

-- One look through the history of a mailbox, by its headers alone. What names
-- anybody (subjects) is emptied an hour after it was read.
create table mailbox_audit (
	mailbox_id  bigint not null primary key references mailbox (id),
	shop_id     bigint not null references shop (id),
	person_id   bigint references person (id),
	state       {text} not null, -- waiting, reading, done, failed, cancelled
	run         bigint not null default 0, -- grows with each start: an older run can record nothing
	days        integer not null,
	headers     integer not null default 0, -- read so far
	expected    integer not null default 0, -- to read
	problem     {text} not null default '',
	figures     {text} not null default '', -- JSON of counts and durations
	oldest      {text} not null default '', -- JSON: subjects and dates, for an hour
	started_at  bigint not null,
	finished_at bigint
);
create index mailbox_audit_oldest on mailbox_audit (finished_at) where oldest <> '';
