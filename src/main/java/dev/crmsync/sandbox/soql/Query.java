package dev.crmsync.sandbox.soql;

import java.util.List;
import java.util.Optional;

/**
 * A parsed query.
 *
 * @param columns what it selects, as written; empty for {@code COUNT()}
 * @param countAlias for {@code COUNT(field)}, the name of the count in the answer
 * @param from API name of the object, as written
 * @param limit most records to answer; empty for all
 */
record Query(
        List<String> columns,
        Optional<String> countAlias,
        String from,
        Optional<Condition> where,
        List<Order> order,
        Optional<Integer> limit,
        int offset,
        boolean allRows) {

    /** One sort key. */
    record Order(String path, boolean descending, boolean nullsLast) {}

    /** Whether the answer is only a number. */
    boolean countsOnly() {
        return columns.isEmpty() && countAlias.isEmpty();
    }
}
