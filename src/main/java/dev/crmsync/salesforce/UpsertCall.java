package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.Tracing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Sends a batch and hands every row its own result. */
final class UpsertCall {

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final CollectionsClient client;
    private final Circuit circuit;
    private final SalesforceMetrics metrics;
    private final String object;
    private final String keyField;

    UpsertCall(CollectionsClient client, Circuit circuit, SalesforceMetrics metrics, String object, String keyField) {
        this.client = client;
        this.circuit = circuit;
        this.metrics = metrics;
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
            upsert(sorted(rows), separate, landed);
            return;
        }
        client.existingKeys(object, keyField, guarded.stream().map(Row::key).toList(), (existing, failure) -> {
            if (failure != null) {
                circuit.failed(object, failure);
                fail(rows, failure);
                landed.run();
                return;
            }
            List<Row> present = new ArrayList<>(rows);
            present.removeAll(absent(guarded, existing));
            absent(guarded, existing).forEach(row -> row.succeed(new UpsertResult(UpsertResult.Outcome.ABSENT, null)));
            if (present.isEmpty()) {
                landed.run();
            } else {
                upsert(sorted(present), separate, landed);
            }
        });
    }

    private static List<Row> absent(List<Row> guarded, Set<String> existing) {
        return guarded.stream().filter(row -> !existing.contains(row.key())).toList();
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

    private void upsert(List<Row> rows, Consumer<List<PendingUpsert>> separate, Runnable landed) {
        List<ObjectNode> records = rows.stream().map(Row::record).toList();
        Tracing.Span span = begin(rows);
        long sent = System.nanoTime();
        client.upsert(object, keyField, records, (results, failure) -> {
            span.end(failure == null ? null : failure.code());
            metrics.call(object, rows, failure, System.nanoTime() - sent);
            if (failure == null) {
                answerEach(rows, results, separate);
                landed.run();
            } else if (mayBeOneRowsFault(failure) && rows.size() > 1) {
                bisect(rows, separate, landed);
            } else if (mayBeOneRowsFault(failure) && isFolded(rows.get(0))) {
                separate.accept(rows.get(0).parts());
                landed.run();
            } else {
                circuit.failed(object, failure);
                fail(rows, failure);
                landed.run();
            }
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

    private static boolean mayBeOneRowsFault(Failure failure) {
        return switch (failure.failureClass()) {
            case LIMIT, UNAVAILABLE -> false;
            case CONFIGURATION -> failure.code().equals("INVALID_FIELD");
            default -> failure.status() == BAD_REQUEST || failure.status() == SERVER_ERROR;
        };
    }

    private void answerEach(List<Row> rows, List<RowResult> results, Consumer<List<PendingUpsert>> separate) {
        boolean troubled = false;
        for (int i = 0; i < rows.size(); i++) {
            Failure failure = results.get(i).failure();
            if (failure != null) {
                metrics.row(object, failure);
                circuit.failed(object, failure);
                troubled |= failure.failureClass() == FailureClass.LIMIT
                        || failure.failureClass() == FailureClass.CONFIGURATION;
            }
        }
        if (!troubled) {
            circuit.succeeded(object);
        }
        for (int i = 0; i < rows.size(); i++) {
            answer(rows.get(i), results.get(i), separate);
        }
    }

    /** One malformed row makes Salesforce refuse the whole request: halve until it is alone. */
    private void bisect(List<Row> rows, Consumer<List<PendingUpsert>> separate, Runnable landed) {
        int middle = rows.size() / 2;
        upsert(rows.subList(0, middle), separate, () -> upsert(rows.subList(middle, rows.size()), separate, landed));
    }

    private void answer(Row row, RowResult result, Consumer<List<PendingUpsert>> separate) {
        Failure failure = result.failure();
        if (failure == null) {
            row.succeed(result.result());
        } else if (failure.failureClass() == FailureClass.ALREADY_SO) {
            row.succeed(new UpsertResult(UpsertResult.Outcome.STALE, null));
        } else if (failure.failureClass() == FailureClass.PERMANENT && isFolded(row)) {
            separate.accept(row.parts());
        } else {
            row.fail(SalesforceFailureException.of(failure));
        }
    }

    private static boolean isFolded(Row row) {
        return row.parts().size() > 1;
    }

    private static void fail(List<Row> rows, Failure failure) {
        SalesforceFailureException exception = SalesforceFailureException.of(failure);
        rows.forEach(row -> row.fail(exception));
    }
}
