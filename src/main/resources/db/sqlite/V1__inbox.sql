-- Times are UTC epoch milliseconds. Texts compare by code point, as in Java; flags are 0 or 1.

create table subject (
    id integer primary key autoincrement,
    source text not null,
    tenant text not null,
    subject text not null,
    due_at integer, -- something waits since then, apart from what a lease covers
    claimable_at integer, -- null: nothing waits; while leased: the lease's end
    lease_owner text,
    fence integer not null default 0, -- grows with every claim
    applied text not null default '{}', -- JSON: the highest applied order key by aspect, and the tombstone
    delivered_before integer not null default 0,
    unique (source, tenant, subject)
) strict;

create index subject_claimable on subject (source, claimable_at) where claimable_at is not null;

-- subject_id has no foreign key: it is written together with the subject, which is never deleted.
create table event (
    id integer primary key autoincrement,
    source text not null,
    event_id text not null,
    type text not null,
    tenant text not null,
    subject_id integer not null,
    aspect text not null,
    order_key text not null,
    occurred_at integer not null,
    live integer not null,
    payload blob, -- null once retention has removed it
    unreadable text,
    state text not null default 'pending'
        check (state in ('pending', 'delivered', 'superseded', 'ignored', 'dead', 'discarded')),
    reason text,
    attempts integer not null default 0,
    received_at integer not null,
    finished_at integer,
    upserts blob, -- the records sent and their Salesforce ids
    trace_context text,
    unique (source, event_id)
) strict;

-- Each index holds only what its reader looks for, so that none of them makes history dear.
create index event_pending on event (subject_id, id) where state = 'pending';
create index event_dead on event (finished_at) where state = 'dead';
create index event_kept on event (finished_at)
    where payload is not null and state in ('delivered', 'superseded', 'ignored', 'discarded');
create index event_emptied on event (finished_at) where payload is null;

create table attempt (
    id integer primary key autoincrement,
    event_id integer not null references event (id) on delete cascade,
    number integer not null,
    started_at integer not null,
    ended_at integer not null,
    error_class text not null,
    error_code text,
    message text
) strict;

create index attempt_event on attempt (event_id);

create table dead_letter (
    event_id integer primary key references event (id) on delete cascade,
    error_class text not null,
    error_code text,
    field text,
    message text,
    route_id text,
    remedy text,
    failed_at integer not null,
    fingerprint text
) strict;

create table pause (
    scope text primary key,
    reason text not null,
    paused_by text not null,
    since_at integer not null,
    until_at integer
) strict;
