package dev.crmsync.salesforce;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells which rows have a record in Salesforce, by as many queries as their keys need: a query is part of the URI. */
final class Lookup {

    /**
     * Bytes of keys in a query, encoded. Salesforce refuses a URI of more than 16 KiB, and gateways have limits of their
     * own; what one of them refuses is asked in halves.
     */
    private static final int MOST_BYTES = 12 * 1024;

    private final CollectionsClient client;
    private final String object;
    private final String keyField;

    Lookup(CollectionsClient client, String object, String keyField) {
        this.client = client;
        this.object = object;
        this.keyField = keyField;
    }

    /** What became of the rows that are not known to have a record. */
    record Found(List<Row> absent, List<Bisection.Refused<Row>> refused) {}

    /** @param done receives the result, once */
    void run(List<Row> rows, Consumer<Found> done) {
        run(chunks(rows), 0, new Found(new ArrayList<>(), new ArrayList<>()), done);
    }

    private void run(List<List<Row>> chunks, int next, Found found, Consumer<Found> done) {
        if (next == chunks.size()) {
            done.accept(found);
            return;
        }
        new Bisection<Row>((part, failed) -> ask(part, found, failed), Bisection.Halves::of)
                .run(chunks.get(next), refused -> {
                    found.refused.addAll(refused);
                    run(chunks, next + 1, found, done);
                });
    }

    private void ask(List<Row> rows, Found found, Consumer<Failure> failed) {
        client.existingKeys(object, keyField, rows.stream().map(Row::key).toList(), (existing, failure) -> {
            if (failure == null) {
                rows.stream().filter(row -> !existing.contains(row.key())).forEach(found.absent::add);
            }
            failed.accept(failure);
        });
    }

    private static List<List<Row>> chunks(List<Row> rows) {
        List<List<Row>> chunks = new ArrayList<>(1);
        int room = 0;
        for (Row row : rows) {
            int bytes = encoded(row.key());
            if (chunks.isEmpty() || bytes > room) {
                chunks.add(new ArrayList<>());
                room = MOST_BYTES;
            }
            chunks.get(chunks.size() - 1).add(row);
            room -= bytes;
        }
        return chunks;
    }

    private static int encoded(String key) {
        return URLEncoder.encode(", " + Soql.quoted(key), StandardCharsets.UTF_8)
                .length();
    }
}
