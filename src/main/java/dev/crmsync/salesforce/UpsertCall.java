package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.Tracing;
import dev.crmsync.record.LeasedRecord;
import dev.crmsync.record.RecordKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends a batch and hands every row its own result. The records are leased in the ledger before, which says what of each row
 * is still to be written, and moved forward after the last answer.
 */
final class UpsertCall {

    private static final Failure NEWER_WRITE_IS_OPEN = new Failure(
            FailureClass.TRANSIENT,
            "NEWER_WRITE_IS_OPEN",
            0,
            List.of(),
            "The call of a newer event for this record was given up: until that is tried again, nothing older is written");

    private final CollectionsClient client;
    private final Circuit circuit;
    private final RowLeases leases;
    private final Refusals refusals;
    private final CallSize size;
    private final SalesforceMetrics metrics;
    private final Verdicts verdicts;
    private final Lookup lookup;
    private final String object;
    private final String keyField;

    UpsertCall(
            CollectionsClient client,
            Circuit circuit,
            RowLeases leases,
            Refusals refusals,
            CallSize size,
            SalesforceMetrics metrics,
            String object,
            String keyField) {
        this.client = client;
        this.circuit = circuit;
        this.leases = leases;
        this.refusals = refusals;
        this.size = size;
        this.metrics = metrics;
        this.verdicts = new Verdicts(circuit, refusals, size, metrics, object);
        this.lookup = new Lookup(client, object, keyField);
        this.object = object;
        this.keyField = keyField;
    }

    /**
     * What goes back to the batcher.
     *
     * @param separate receives the upserts of a folded row that was refused, to be tried one by one
     * @param busy receives the upserts of records that another process is writing
     * @param answered runs once Salesforce has answered for every row
     * @param landed runs once every row has passed its answer on
     */
    record Returns(
            Consumer<List<PendingUpsert>> separate,
            Consumer<List<PendingUpsert>> busy,
            Runnable answered,
            Runnable landed) {}

    void send(List<Row> rows, Returns returns) {
        Exception paused = circuit.openFor(object);
        if (paused != null) {
            rows.forEach(row -> row.fail(paused));
            pass(rows, returns);
            return;
        }
        Map<RecordKey, LeasedRecord> leased;
        try {
            leased = leases.take(rows);
        } catch (RuntimeException databaseAway) {
            rows.forEach(row -> row.fail(databaseAway));
            pass(rows, returns);
            return;
        }
        List<Row> held = new ArrayList<>(rows.size());
        List<Row> busy = new ArrayList<>(0);
        for (Row row : rows) {
            LeasedRecord record = leased.get(row.recordKey());
            if (record == null && row.isOrdered()) {
                busy.add(row);
            } else {
                row.judge(record);
                held.add(row);
            }
        }
        write(
                held,
                () -> leases.giveBack(held, () -> {
                    busy.forEach(row -> returns.busy.accept(row.parts()));
                    pass(held, returns);
                }));
    }

    private static void pass(List<Row> rows, Returns returns) {
        rows.forEach(row -> row.reply(returns.separate));
        returns.landed.run();
    }

    private void write(List<Row> rows, Runnable done) {
        List<Row> wanted = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.hasSomethingToWrite() && row.mustWait()) {
                row.fail(new TransientFailureException(NEWER_WRITE_IS_OPEN));
            } else if (row.hasSomethingToWrite()) {
                wanted.add(row);
            } else {
                row.succeed(new UpsertResult(UpsertResult.Outcome.STALE, null));
            }
        }
        List<Row> guarded = wanted.stream().filter(Row::mustBeLookedUp).toList();
        if (guarded.isEmpty()) {
            upsert(wanted, done);
            return;
        }
        long before = refusals.writes();
        lookup.run(guarded, found -> {
            List<Row> present = new ArrayList<>(wanted);
            found.absent().forEach(row -> {
                if (row.onlyExisting()) {
                    present.remove(row);
                    row.succeed(new UpsertResult(UpsertResult.Outcome.ABSENT, null));
                } else {
                    row.fillIn();
                }
            });
            found.refused().forEach(part -> {
                present.removeAll(part.items());
                verdicts.refused(part.items(), part.failure(), before);
            });
            upsert(present, done);
        });
    }

    private void upsert(List<Row> rows, Runnable done) {
        if (rows.isEmpty()) {
            done.run();
            return;
        }
        long before = refusals.writes();
        new Bisection<Row>(this::call, Row::halves).run(sorted(rows), refused -> {
            refused.forEach(part -> verdicts.refused(part.items(), part.failure(), before));
            done.run();
        });
    }

    /** Rows under one parent side by side: Salesforce locks the parent while it writes a child. */
    private static List<Row> sorted(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> row.last().parents().stream()
                        .map(ExternalKey::value)
                        .findFirst()
                        .orElse("")))
                .toList();
    }

    /** Leaves out what another process may be writing by now: since the lease, queries and other calls may have gone by. */
    private void call(List<Row> candidates, Consumer<Failure> failed) {
        List<Row> rows = leases.stillHeld(candidates);
        if (rows.isEmpty()) {
            failed.accept(null);
            return;
        }
        List<ObjectNode> records = rows.stream().map(Row::record).toList();
        Tracing.Span span = begin(rows);
        long sent = System.nanoTime();
        client.upsert(object, keyField, records, () -> leases.areHeld(rows), (results, failure) -> {
            span.end(failure == null ? null : failure.code());
            metrics.call(object, rows, failure, System.nanoTime() - sent);
            if (failure == null) {
                verdicts.accepted(rows, results);
            } else if (failure.mayBeForSize()) {
                size.failed(rows.size());
            }
            failed.accept(failure);
        });
    }

    private Tracing.Span begin(List<Row> rows) {
        List<Tracing.Span> carried = rows.stream()
                .flatMap(row -> row.parts().stream())
                .map(PendingUpsert::span)
                .filter(Tracing.Span::isRecorded)
                .toList();
        Tracing.Span first = carried.isEmpty() ? Tracing.Span.NONE : carried.get(0);
        Tracing.Span call = first.beginCall("call " + object, carried);
        call.tag("rows", String.valueOf(rows.size()));
        return call;
    }
}
