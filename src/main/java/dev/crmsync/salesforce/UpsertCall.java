package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.Tracing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Sends a batch and hands every row its own result. */
final class UpsertCall {

    private final CollectionsClient client;
    private final Circuit circuit;
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
            Refusals refusals,
            CallSize size,
            SalesforceMetrics metrics,
            String object,
            String keyField) {
        this.client = client;
        this.circuit = circuit;
        this.refusals = refusals;
        this.size = size;
        this.metrics = metrics;
        this.verdicts = new Verdicts(circuit, refusals, size, metrics, object);
        this.lookup = new Lookup(client, object, keyField);
        this.object = object;
        this.keyField = keyField;
    }

    /**
     * @param separate receives the upserts of a folded row that was refused, to be tried one by one
     * @param landed runs once every row has its answer
     */
    void send(List<Row> rows, Consumer<List<PendingUpsert>> separate, Runnable landed) {
        Exception paused = circuit.openFor(object);
        if (paused != null) {
            rows.forEach(row -> row.fail(paused));
            landed.run();
            return;
        }
        List<Row> guarded = rows.stream().filter(Row::onlyExisting).toList();
        if (guarded.isEmpty()) {
            upsert(rows, separate, landed);
            return;
        }
        long before = refusals.writes();
        lookup.run(guarded, found -> {
            List<Row> present = new ArrayList<>(rows);
            found.absent().forEach(row -> {
                present.remove(row);
                row.succeed(new UpsertResult(UpsertResult.Outcome.ABSENT, null));
            });
            found.refused().forEach(part -> {
                present.removeAll(part.items());
                verdicts.refused(part.items(), part.failure(), before, separate);
            });
            upsert(present, separate, landed);
        });
    }

    private void upsert(List<Row> rows, Consumer<List<PendingUpsert>> separate, Runnable landed) {
        if (rows.isEmpty()) {
            landed.run();
            return;
        }
        long before = refusals.writes();
        new Bisection<Row>((part, failed) -> call(part, separate, failed), Row::halves).run(sorted(rows), refused -> {
            refused.forEach(part -> verdicts.refused(part.items(), part.failure(), before, separate));
            landed.run();
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

    private void call(List<Row> rows, Consumer<List<PendingUpsert>> separate, Consumer<Failure> failed) {
        List<ObjectNode> records = rows.stream().map(Row::record).toList();
        Tracing.Span span = begin(rows);
        long sent = System.nanoTime();
        client.upsert(object, keyField, records, (results, failure) -> {
            span.end(failure == null ? null : failure.code());
            metrics.call(object, rows, failure, System.nanoTime() - sent);
            if (failure == null) {
                verdicts.accepted(rows, results, separate);
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
