-- Who is signed in at the console, for all replicas.
create table console_session (
    id text primary key,                 -- a hash of the token in the browser's cookie
    name text not null,
    role text not null check (role in ('viewer', 'operator')),
    credential text not null,            -- what the person signed in with: the session ends with it
    begun_at bigint not null,
    used_at bigint not null,
    revealed text not null default ','   -- ids of events whose payloads were revealed, each followed by a comma
);

-- Failed attempts to sign in, for as long as they count.
create table sign_in_failure (
    counted text primary key,            -- a hash of a name, an address, or both
    failures integer not null,
    last_at bigint not null
);
