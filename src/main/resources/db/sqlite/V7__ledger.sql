-- What is known of each Salesforce record: which event spoke last about which of its fields.
create table record (
    object text not null,
    key_field text not null,
    record_key text not null,
    state text not null default '{}', -- JSON
    version integer not null default 0, -- grows with every lease
    lease_owner text, -- who decides about it at the moment
    lease_until integer,
    unsure_until integer, -- a call without an answer may have written it until then
    primary key (object, key_field, record_key)
) strict;

-- The applied keys as a process that keeps the ledger last wrote them: where they differ, another has moved them since.
alter table subject add column kept text;

-- The applied keys as they were last found to be moved by a process that keeps no ledger.
alter table subject add column adopted text;
