package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.soql.QueryResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Results that clients have not read to their end; the newest few are kept. */
final class Cursors {
    private static final int MOST = 50;

    private final Map<String, QueryResult> results = new LinkedHashMap<>();
    private long last;

    /** Where a client stands in a result; {@code cursor} is empty before the result is kept. */
    record Position(String cursor, QueryResult result, int offset) {}

    synchronized String keep(QueryResult result) {
        if (results.size() == MOST) {
            results.remove(results.keySet().iterator().next());
        }
        String cursor = String.format("01gQy%013d", ++last);
        results.put(cursor, result);
        return cursor;
    }

    /** The position that {@code <cursor>-<offset>} names. */
    synchronized Optional<Position> find(String locator) {
        int dash = locator.lastIndexOf('-');
        if (dash < 0 || !locator.substring(dash + 1).matches("\\d{1,9}")) {
            return Optional.empty();
        }
        String cursor = locator.substring(0, dash);
        int offset = Integer.parseInt(locator.substring(dash + 1));
        return Optional.ofNullable(results.get(cursor))
                .filter(result -> offset <= result.records().size())
                .map(result -> new Position(cursor, result, offset));
    }
}
