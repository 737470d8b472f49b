-- Since when an event waits, where that is not since its receipt: a replay starts its day anew.
alter table event add column pending_since integer;

-- The payload as received, once a person has replaced it.
alter table event add column original_payload blob;

-- History is read newest first, in bounded steps.
create index event_received on event (received_at, id);
create index event_dead_received on event (received_at, id) where state = 'dead';
create index event_of_subject on event (subject_id, received_at);
create index subject_name on subject (subject);
create index dead_letter_fingerprint on dead_letter (fingerprint);

create table replay_job (
    id integer primary key autoincrement,
    name text not null,
    reason text not null,
    created_by text not null,
    created_at integer not null,
    filter text not null,                -- JSON, as it was when the job was made
    event_ids text,                      -- JSON array of the events chosen one by one, or null
    rate integer not null,               -- events per second
    state text not null default 'running' check (state in ('running', 'paused', 'cancelled', 'done')),
    matched integer not null,             -- events that matched when the job was made
    requeued integer not null default 0,
    skipped integer not null default 0,   -- changed meanwhile
    cursor_at integer not null default 0, -- all up to here has been looked at
    cursor_id integer not null default 0,
    next_at integer not null,             -- whoever moves it on may do the next part
    yields integer not null default 0, -- waits for live traffic
    finished_at integer
) strict;

create index replay_job_running on replay_job (next_at) where state = 'running';

create table failure_group (
    fingerprint text primary key,
    state text not null check (state in ('open', 'acknowledged', 'resolved', 'ignored')),
    owner text,
    note text,
    changed_by text not null,
    changed_at integer not null
) strict;

create table audit (
    id integer primary key autoincrement,
    at integer not null,
    who text not null,
    act text not null,
    reason text,
    detail text,                         -- what it was done to: a filter, an event
    events integer not null               -- how many events it was done to
) strict;
