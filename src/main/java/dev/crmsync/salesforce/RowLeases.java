package dev.crmsync.salesforce;

import dev.crmsync.record.LeasedRecord;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.RecordKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Leases the records of a batch in the ledger, and gives them back with what became of them. */
final class RowLeases {

    private final Ledger ledger;
    private final Duration lease;
    private final Clock clock;
    private final Executor executor;

    /**
     * @param lease how long a batch can take
     * @param executor where a batch goes on after the ledger has recorded it
     */
    RowLeases(Ledger ledger, Duration lease, Clock clock, Executor executor) {
        this.ledger = ledger;
        this.lease = lease;
        this.clock = clock;
        this.executor = executor;
    }

    /** The records of ordered rows, without those that another process has leased. */
    Map<RecordKey, LeasedRecord> take(List<Row> rows) {
        List<RecordKey> keys =
                rows.stream().filter(Row::isOrdered).map(Row::recordKey).toList();
        return keys.isEmpty() ? Map.of() : ledger.lease(keys, lease);
    }

    /** Those rows that nobody else can be writing; the others have their answer. */
    List<Row> stillHeld(List<Row> rows) {
        Instant now = clock.instant();
        List<Row> held = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.isHeldAt(now)) {
                held.add(row);
            } else {
                row.fail(new LeaseLostException());
            }
        }
        return held;
    }

    boolean areHeld(List<Row> rows) {
        Instant now = clock.instant();
        return rows.stream().allMatch(row -> row.isHeldAt(now));
    }

    /** @param done runs when it is recorded; what could not be has another answer then */
    void giveBack(List<Row> rows, Runnable done) {
        List<Ledger.Release> releases =
                rows.stream().map(Row::release).filter(Objects::nonNull).toList();
        if (releases.isEmpty()) {
            done.run();
            return;
        }
        ledger.release(releases)
                .whenComplete((recorded, failure) -> goOn(() -> {
                    if (failure != null) {
                        Exception reason = unwrapped(failure);
                        rows.stream().filter(row -> row.release() != null).forEach(row -> row.fail(reason));
                    } else if (recorded.size() < releases.size()) {
                        failUnrecorded(rows, recorded);
                    }
                    done.run();
                }));
    }

    private static void failUnrecorded(List<Row> rows, Collection<RecordKey> recorded) {
        rows.stream()
                .filter(row -> row.release() != null && !recorded.contains(row.recordKey()))
                .forEach(row -> row.fail(new LeaseLostException()));
    }

    private void goOn(Runnable rest) {
        try {
            executor.execute(rest);
        } catch (RejectedExecutionException stopping) {
            rest.run();
        }
    }

    private static Exception unwrapped(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Exception exception ? exception : new IllegalStateException(cause);
    }
}
