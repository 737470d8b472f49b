-- Lists of dead letters by source, type or time, and their counts, from the index alone.
create index event_dead_listed on event (received_at, id, source, type, finished_at) where state = 'dead';

-- Groups of failures from the index alone.
create index dead_letter_alike on dead_letter (fingerprint, event_id, failed_at);
