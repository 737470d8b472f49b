-- Lists of dead letters, and their counts by source, from the index alone.
drop index event_dead_received;
create index event_dead_received on event (received_at, id, source) where state = 'dead';

-- Groups of failures from the index alone.
drop index dead_letter_fingerprint;
create index dead_letter_fingerprint on dead_letter (fingerprint, event_id, failed_at);
