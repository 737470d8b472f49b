package dev.crmsync.salesforce;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The upserts that wait for one object and key field, by record, first come first. Not thread-safe: its {@link Batcher}
 * guards it.
 */
final class UpsertQueue {

    private final BatchLimits limits;
    private final CallSize size;
    private final Map<String, Deque<PendingUpsert>> waiting = new LinkedHashMap<>();
    private final Set<String> inFlight = new HashSet<>();

    UpsertQueue(BatchLimits limits, CallSize size) {
        this.limits = limits;
        this.size = size;
    }

    void add(PendingUpsert pending) {
        waiting.computeIfAbsent(pending.upsert().key(), key -> new ArrayDeque<>(1))
                .addLast(pending);
    }

    /** Puts upserts that travelled together back in front, each to be tried by itself. */
    void addSeparated(List<PendingUpsert> parts) {
        parts.forEach(PendingUpsert::separate);
        addAgain(parts);
    }

    /** Puts back what another process is writing at the moment. */
    void addAgain(List<PendingUpsert> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            PendingUpsert part = parts.get(i);
            waiting.computeIfAbsent(part.upsert().key(), key -> new ArrayDeque<>(1))
                    .addFirst(part);
        }
    }

    /** The number of records that wait. */
    int size() {
        return waiting.size();
    }

    /** True when the record is being written, or is the next to be: whatever relates to it had better wait. */
    boolean isUnderWay(String key) {
        if (inFlight.contains(key)) {
            return true;
        }
        Deque<PendingUpsert> queue = waiting.get(key);
        return queue != null
                && queue.stream().anyMatch(pending -> pending.turn().unfinishedPrevious() == null);
    }

    /** What the record's waiting upserts relate to. */
    Stream<ExternalKey> parentsOf(String key) {
        Deque<PendingUpsert> queue = waiting.get(key);
        return queue == null ? Stream.empty() : queue.stream().flatMap(pending -> pending.parents().stream());
    }

    /** Frees the records of a call that has been answered. */
    void landed(List<Row> rows) {
        rows.forEach(row -> inFlight.remove(row.key()));
    }

    /**
     * Takes a batch of what may leave now; it counts as in flight until {@link #landed}.
     *
     * @param parentUnderWay tells of an upsert and a record it relates to whether that is about to be written
     * @param expired receives upserts whose lease has ended; they are no longer waiting
     */
    List<Row> take(Instant now, BiPredicate<PendingUpsert, ExternalKey> parentUnderWay, List<PendingUpsert> expired) {
        List<Row> rows = new ArrayList<>();
        int most = size.rows();
        int bytes = 0;
        Iterator<Map.Entry<String, Deque<PendingUpsert>>> records =
                waiting.entrySet().iterator();
        while (records.hasNext() && rows.size() < most && bytes < limits.bytes()) {
            Map.Entry<String, Deque<PendingUpsert>> record = records.next();
            int mostWithIt = size.rowsWith(record.getKey());
            Row row = inFlight.contains(record.getKey()) || rows.size() >= mostWithIt
                    ? null
                    : takeRow(record.getValue(), now, parentUnderWay, expired);
            if (row != null) {
                rows.add(row);
                inFlight.add(row.key());
                most = Math.min(most, mostWithIt);
                bytes += row.bytes();
            }
            if (record.getValue().isEmpty()) {
                records.remove();
            }
        }
        return rows;
    }

    private static Row takeRow(
            Deque<PendingUpsert> queue,
            Instant now,
            BiPredicate<PendingUpsert, ExternalKey> parentUnderWay,
            List<PendingUpsert> expired) {
        queue.removeIf(pending -> !pending.turn().holdsLeaseAt(now) && expired.add(pending));
        PendingUpsert first = removeFirst(queue, pending -> mayStart(pending, parentUnderWay));
        if (first == null) {
            return null;
        }
        Row row = new Row(first);
        for (PendingUpsert next = first; next != null; ) {
            next = removeFirst(queue, pending -> mayJoin(row, pending));
            if (next != null) {
                row.fold(next);
            }
        }
        return row;
    }

    /** Events that are tried again come back in any order, so the one whose turn it is may stand anywhere. */
    private static PendingUpsert removeFirst(Deque<PendingUpsert> queue, Predicate<PendingUpsert> wanted) {
        for (Iterator<PendingUpsert> each = queue.iterator(); each.hasNext(); ) {
            PendingUpsert pending = each.next();
            if (wanted.test(pending)) {
                each.remove();
                return pending;
            }
        }
        return null;
    }

    private static boolean mayStart(PendingUpsert next, BiPredicate<PendingUpsert, ExternalKey> parentUnderWay) {
        return next.turn().mayLeave()
                && next.turn().unfinishedPrevious() == null
                && next.parents().stream().noneMatch(parent -> parentUnderWay.test(next, parent));
    }

    /**
     * Only an event that directly follows what is in the row already can share the write without overtaking. What follows a
     * deletion is of another life of the record, which Salesforce's own rules must see begin.
     */
    private static boolean mayJoin(Row row, PendingUpsert next) {
        return !next.isAlone()
                && next.turn().mayLeave()
                && !row.last().isAlone()
                && !row.last().isDeletion()
                && (next.turn().unfinishedPrevious() == null
                        || next.turn().unfinishedPrevious() == row.last().turn())
                && next.parents().equals(row.last().parents());
    }
}
