package dev.crmsync.record;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger of records, which all processes share. A record is leased right before a call that may write it and released
 * after the answer, so that no two processes decide about it at the same time.
 */
public interface Ledger {

    /**
     * Leases records for this process.
     *
     * @param keys each once
     * @param lease how long a call and what follows it can take
     * @return without those that another process has leased
     */
    Map<RecordKey, LeasedRecord> lease(Collection<RecordKey> keys, Duration lease);

    /**
     * Gives leases back, with what is known of the records from now on. Completes with the records for which that is recorded:
     * the others' leases were lost; or exceptionally when it cannot be recorded now. What follows it must be short.
     */
    CompletableFuture<Collection<RecordKey>> release(List<Release> records);

    /** What is known of records; those that nobody has spoken about are left out. */
    Map<RecordKey, RecordState> read(Collection<RecordKey> keys);

    /**
     * What becomes of a leased record.
     *
     * @param next its state from now on; the present one when nothing was written
     * @param unsure true when a call may have written it, or may yet, without an answer
     */
    record Release(LeasedRecord record, RecordState next, boolean unsure) {

        /** True when there is nothing to remember. */
        public boolean isOfNothing() {
            return !unsure && !record.unsure() && next.equals(RecordState.UNKNOWN);
        }

        /** False when giving up the lease is all. */
        public boolean changesAnything() {
            return unsure || !next.equals(record.state());
        }
    }
}
