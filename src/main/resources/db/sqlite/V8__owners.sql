-- The processes that claim: who locks the file beside the database is the only one, all others have ended.
create table owner (
    id integer primary key autoincrement,
    name text not null unique,           -- as in lease_owner
    since_at integer not null,
    until_at integer -- of one that had to stop: when the last of its leases ends
) strict;
