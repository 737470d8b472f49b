package dev.crmsync.record;

import java.time.Instant;

/**
 * A record that nobody else decides about until the lease ends.
 *
 * @param version grows with every lease: a holder with an older one records nothing
 * @param until when the lease ends
 * @param unsure true when a call that was given up may have written what the state does not say
 */
public record LeasedRecord(RecordKey key, long version, Instant until, RecordState state, boolean unsure) {}
