-- How often in a row the subject was claimed and not settled: what ends the process again and again is found by it.
alter table subject add column unsettled integer not null default 0;

-- The event that was last tried alone, until that is settled.
alter table subject add column tried_alone integer;
