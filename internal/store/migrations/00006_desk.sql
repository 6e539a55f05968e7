-- +goose Up
-- Why people write, two levels, the shop's own (P36); 25 of them at most.
create table reason (
	id         {id},
	shop_id    bigint not null references shop (id),
	parent_id  bigint references reason (id),
	name       {text} not null,
	position   integer not null default 0,
	archived   boolean not null default false
);
create index reason_of_shop on reason (shop_id, parent_id, position);

create table tag (
	id         {id},
	shop_id    bigint not null references shop (id),
	name       {text} not null, -- as people write it
	folded     {text} not null, -- without case and accents: one tag a word
	colour     {text} not null default '',
	archived   boolean not null default false
);
create unique index tag_folded on tag (shop_id, folded);

create table conversation (
	id              {id},
	shop_id         bigint not null references shop (id),
	mailbox_id      bigint references mailbox (id),
	customer_id     bigint references customer (id),
	channel         {text} not null,              -- mail, phone, counter, letter
	subject         {text} not null default '',
	snippet         {text} not null default '',   -- first visible words of the newest message
	language        {text} not null default '',
	language_set    boolean not null default false, -- chosen by a person: mail no longer changes it
	state           {text} not null default 'open', -- open, waiting, closed
	tray            {text} not null default 'main', -- main, courtesy, sort, spam
	assignee_id     bigint references person (id),
	team_id         bigint references team (id),
	priority        integer not null default 0,   -- -1 can wait, 0, 1 before others
	reason_id       bigint references reason (id),
	product         {text} not null default '',   -- what it is about, in the shop's words
	cause           {text} not null default '',   -- why it came to this
	angry           boolean not null default false, -- read by a job from the customer's words
	rank            integer not null default 0,   -- order of a Monday: 3 law or money, 2 anger or priority, 1 reminded, 0
	snoozed_until   bigint,
	until_answer    boolean not null default false, -- snoozed until the customer writes
	tags            integer not null default 0,   -- how many it has
	-- Of its open promises, kept beside them so that lists need no join (I12).
	next_due_at     bigint,
	near_at         bigint,
	next_kind       {text} not null default '',
	holding         boolean not null default false,
	law             boolean not null default false,
	reader_id       bigint references person (id), -- who is asked to read its draft
	reminders       integer not null default 0,   -- the customer's, since the last answer
	last_message_at bigint not null,
	last_message_id bigint,                       -- newest a person should have seen
	last_in_id      bigint,                       -- newest from the customer, or the mark of a merge that brought older ones
	last_out_at     bigint,                       -- our last accepted answer
	acknowledged_at bigint,
	revision        bigint not null default 0,    -- grows with each change that an answer depends on
	merged_into     bigint references conversation (id),
	merge_mark_id   bigint,                       -- the message there that says when this one came in
	created_at      bigint not null
);
create index conversation_owed on conversation (shop_id, next_due_at, id) where next_due_at is not null and tray = 'main';
create index conversation_owed_mine on conversation (shop_id, assignee_id, next_due_at, id) where next_due_at is not null and tray = 'main';
create index conversation_owed_team on conversation (shop_id, team_id, next_due_at, id) where next_due_at is not null and tray = 'main';
create index conversation_owed_rank on conversation (shop_id, rank desc, next_due_at, id) where next_due_at is not null and tray = 'main';
create index conversation_owed_rank_mine on conversation (shop_id, assignee_id, rank desc, next_due_at, id) where next_due_at is not null and tray = 'main';
create index conversation_owed_rank_team on conversation (shop_id, team_id, rank desc, next_due_at, id) where next_due_at is not null and tray = 'main';
create index conversation_to_read on conversation (shop_id, reader_id, next_due_at, id) where reader_id is not null;
create index conversation_near on conversation (shop_id, near_at, next_due_at) where next_due_at is not null and tray = 'main';
create index conversation_tray on conversation (shop_id, tray, last_message_at, id) where state <> 'closed' and tray <> 'main';
create index conversation_waiting on conversation (shop_id, last_message_at, id) where state = 'waiting' and tray = 'main';
create index conversation_snoozed on conversation (shop_id, snoozed_until, id) where snoozed_until is not null;
create index conversation_closed on conversation (shop_id, last_message_at, id) where state = 'closed' and tray <> 'spam' and merged_into is null;
create index conversation_sent on conversation (shop_id, last_out_at, id) where last_out_at is not null and merged_into is null;
create index conversation_spam on conversation (shop_id, last_message_at, id) where tray = 'spam';
-- What is found by its words is looked up by number: these are small and dense
-- where the rows themselves lie far apart. "id > 0" keeps them from lists, which
-- PostgreSQL would else read whole and sort.
create index conversation_owed_one on conversation (id) where next_due_at is not null and tray = 'main' and id > 0;
create index conversation_spam_one on conversation (id) where tray = 'spam' and id > 0;
create index conversation_of_customer on conversation (customer_id, last_message_at, id);
-- Deleting a tentative conversation asks whether another was merged into it:
-- without the index each reply that comes in would read the whole table.
create index conversation_merged on conversation (merged_into) where merged_into is not null;

-- Tags of a conversation; with the columns that a list by tag sorts by, kept
-- beside it by whoever writes the conversation (I12).
create table conversation_tag (
	conversation_id bigint not null references conversation (id),
	tag_id          bigint not null references tag (id),
	next_due_at     bigint,
	last_message_at bigint not null,
	primary key (conversation_id, tag_id)
);
create index conversation_by_tag on conversation_tag (tag_id, last_message_at, conversation_id);
create index conversation_by_tag_owed on conversation_tag (tag_id, next_due_at, conversation_id) where next_due_at is not null;

-- Everyone who wrote or was written to, our own addresses apart. Only they may
-- join the conversation by naming one of its messages.
create table participant (
	conversation_id bigint not null references conversation (id),
	address         {text} not null,
	primary key (conversation_id, address)
);

-- Message-ID -> conversation. A provisional key was named by a message whose
-- parent is unknown; it gives a stranger nothing.
create table thread_key (
	shop_id         bigint not null references shop (id),
	message_id      {text} not null,
	conversation_id bigint not null references conversation (id),
	provisional     boolean not null default false,
	primary key (shop_id, message_id)
);
create index thread_key_of_conversation on thread_key (conversation_id);

create table message (
	id              {id},
	shop_id         bigint not null references shop (id),
	conversation_id bigint not null references conversation (id),
	home_id         bigint not null,             -- the conversation that it was written in; a merge doesn't change it
	direction       {text} not null,             -- in, out, note, none
	kind            {text} not null,             -- customer, answer, holding, forward, acknowledgement, auto_reply, bounce, delay, report, own, list, spam, contact, note, ask, ask_answer, system, merged
	channel         {text} not null,
	person_id       bigint references person (id),
	customer_id     bigint references customer (id),
	from_name       {text} not null default '',
	from_address    {text} not null default '',
	recipients      {text} not null default '{}', -- JSON {to:[],cc:[],reply_to:[]}
	subject         {text} not null default '',
	body            {text} not null default '',   -- visible text
	quote           {text} not null default '',   -- folded text
	html            {text} not null default '',   -- what a person here wrote; mail from outside is shown from its raw blob
	has_html        boolean not null default false,
	rich            boolean not null default false, -- its layout carries meaning: show it formatted
	language        {text} not null default '',
	rfc_message_id  {text} not null default '',
	in_reply_to     {text} not null default '',
	fingerprint     {text} not null default '',
	raw             {text} not null default '',   -- blob
	send_key        {text},                       -- a second press changes nothing
	seen_through    bigint,
	forwards_id     bigint,                       -- what a forward hands on
	arrived_at      bigint not null,
	sent_at         bigint,                       -- the Date header: the consumer's own time
	created_at      bigint not null
);
create index message_of_conversation on message (conversation_id, id);
create index message_place on message (id, shop_id, conversation_id); -- of what a search found, without its wide row
create unique index message_once on message (shop_id, rfc_message_id, fingerprint) where direction = 'in' and fingerprint <> '';
create unique index message_contact_once on message (shop_id, person_id, send_key) where kind = 'contact';
create unique index message_send_key on message (conversation_id, send_key) where send_key is not null;
create index message_rfc on message (shop_id, rfc_message_id) where rfc_message_id <> '';
create index message_nameless on message (shop_id, fingerprint) where rfc_message_id = '' and fingerprint <> '';
create index message_contact on message (shop_id, person_id, send_key) where kind = 'contact' and send_key is not null;
create index message_raw on message (raw) where raw <> '';

create table attachment (
	id         {id},
	shop_id    bigint not null references shop (id),
	message_id bigint references message (id), -- none while it belongs to a draft
	person_id  bigint references person (id),  -- who uploaded it
	blob       {text} not null,
	name       {text} not null,
	type       {text} not null,
	size       bigint not null,
	inline     boolean not null default false,
	content_id {text} not null default '',
	created_at bigint not null
);
create index attachment_of_message on attachment (message_id) where message_id is not null;
create index attachment_loose on attachment (created_at) where message_id is null;
create index attachment_blob on attachment (blob);

-- "Same matter?": for a person to accept.
create table suggestion (
	id              {id},
	shop_id         bigint not null references shop (id),
	conversation_id bigint not null references conversation (id),
	other_id        bigint not null references conversation (id),
	reason          {text} not null,
	state           {text} not null default 'open', -- open, accepted, declined
	created_at      bigint not null
);
create unique index suggestion_once on suggestion (conversation_id, other_id);
create index suggestion_other on suggestion (other_id);
create index suggestion_open on suggestion (conversation_id) where state = 'open';

create table seen (
	conversation_id bigint not null references conversation (id),
	person_id       bigint not null references person (id),
	through         bigint not null,
	primary key (person_id, conversation_id) -- a list asks for fifty of one person's, which lie together
);
create index seen_of_conversation on seen (conversation_id);

create table draft (
	conversation_id bigint not null primary key references conversation (id),
	shop_id         bigint not null references shop (id),
	html            {text} not null default '',
	recipients      {text} not null default '{}', -- JSON {to,cc,bcc}
	attachments     {text} not null default '[]', -- JSON ids
	kind            {text} not null default 'answer',
	options         {text} not null default '{}', -- JSON: quote, forward, ticked questions, dismissed warnings, promises left out
	holding_until   bigint,
	seen_through    bigint,
	revision        bigint not null default 1,
	person_id       bigint not null references person (id),
	updated_at      bigint not null,
	reading_id      bigint                        -- set: it waits for a second reading and is not changed meanwhile
);

-- A press of one act on several conversations: what it has done so far, written
-- with the doing, so that the press that is repeated after a cut goes on where it
-- was and hears of the whole way back. Kept for a day.
create table bulk_act (
	id         {id},
	shop_id    bigint not null references shop (id),
	person_id  bigint not null references person (id),
	key        {text} not null,
	act        {text} not null,           -- hash: another act under the same key is refused
	ids        {text} not null,           -- JSON ids
	next       {text} not null,           -- where their list goes on
	through    integer not null,          -- how many of them were looked at
	result     {text} not null,           -- JSON: ids done, refused and why, steps back
	created_at bigint not null
);
create unique index bulk_act_once on bulk_act (person_id, key);
create index bulk_act_old on bulk_act (created_at);
create index bulk_act_shop on bulk_act (shop_id);
