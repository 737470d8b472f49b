-- The processes that claim: who locks the file beside the database is the only one, all others have ended.
create table owner (
    id integer primary key autoincrement,
    name text not null unique,           -- as in lease_owner
    since_at integer not null
) strict;
