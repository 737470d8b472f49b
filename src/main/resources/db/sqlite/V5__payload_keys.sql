-- What stored payloads may be sealed with, so that a start need not try them all.
create table payload_key (
    fingerprint text primary key,        -- of the key, which it does not tell; 'plain' without one
    used_at bigint not null              -- the last start with that key in front
);
