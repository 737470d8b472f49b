package dev.crmsync.sandbox.org;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Rows that a transaction holds. A write locks its record, the unique values it creates, and the parents it refers to;
 * another transaction waits for them. Guarded by the org's lock, which is let go while waiting.
 */
final class RowLocks {
    private static final long UNTIL_RELEASED = Long.MAX_VALUE;

    private final Map<String, Holder> held = new HashMap<>();
    private final Condition changed;
    private int waiting;

    RowLocks(Lock orgLock) {
        changed = orgLock.newCondition();
    }

    private record Holder(Object owner, long untilNanos) {}

    boolean anyHeld() {
        long now = System.nanoTime();
        held.values().removeIf(holder -> holder.untilNanos() != UNTIL_RELEASED && holder.untilNanos() - now <= 0);
        return !held.isEmpty();
    }

    /** Takes all rows for the owner, or after the given wait throws {@code UNABLE_TO_LOCK_ROW} and takes none. */
    void acquire(Object owner, Collection<String> rows, long waitMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        for (String row : rows) {
            awaitFree(owner, row, deadline);
        }
        rows.forEach(row -> held.put(row, new Holder(owner, UNTIL_RELEASED)));
    }

    /** Takes a row for that time, whoever has it. */
    void hold(Object owner, String row, long millis) {
        held.put(row, new Holder(owner, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    /** How many transactions wait for a row. */
    int waiting() {
        return waiting;
    }

    /** Lets the owner's rows go after the given time, or at once when it is 0. */
    void release(Object owner, long afterMillis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(afterMillis);
        if (afterMillis == 0) {
            held.values().removeIf(holder -> holder.owner() == owner);
        } else {
            held.replaceAll((row, holder) -> holder.owner() == owner ? new Holder(owner, until) : holder);
        }
        changed.signalAll();
    }

    private void awaitFree(Object owner, String row, long deadline) {
        while (true) {
            Holder holder = held.get(row);
            long now = System.nanoTime();
            if (holder == null || holder.owner() == owner) {
                return;
            }
            if (holder.untilNanos() != UNTIL_RELEASED && holder.untilNanos() - now <= 0) {
                held.remove(row);
                return;
            }
            long wait = deadline - now;
            if (wait <= 0) {
                throw ApiException.of(
                        ErrorCode.UNABLE_TO_LOCK_ROW,
                        "unable to obtain exclusive access to this record or 1 records: " + row);
            }
            if (holder.untilNanos() != UNTIL_RELEASED) {
                wait = Math.min(wait, holder.untilNanos() - now);
            }
            await(wait);
        }
    }

    private void await(long nanos) {
        waiting++;
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.of(ErrorCode.SERVER_UNAVAILABLE);
        } finally {
            waiting--;
        }
    }
}
