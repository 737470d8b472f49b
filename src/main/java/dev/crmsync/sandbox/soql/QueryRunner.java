package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.soql.Query.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers queries. */
public final class QueryRunner {
    private static final int MOST_FOR_ALL_FIELDS = 200;
    private static final int LARGEST_OFFSET = 2_000;

    private final Org org;

    public QueryRunner(Org org) {
        this.org = org;
    }

    /**
     * Runs a query; to be called under the org's lock.
     *
     * @param includeDeleted whether to see the recycle bin too
     * @throws ApiException with {@code MALFORMED_QUERY}, {@code INVALID_TYPE} or {@code INVALID_FIELD}
     */
    public QueryResult run(String soql, boolean includeDeleted) {
        Query query = Parser.parse(soql);
        SObjectType type = org.schema()
                .type(query.from())
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_TYPE,
                        "sObject type '" + query.from() + "' is not supported. If you are attempting to use a custom"
                                + " object, be sure to append the '__c' after the entity name."));
        List<Path> columns = columns(query, type);
        List<SObjectRecord> found = found(query, type, includeDeleted || query.allRows());
        if (query.countsOnly() || query.countAlias().isPresent()) {
            return new QueryResult(found.size(), List.of(), List.of(), query.countAlias());
        }
        return new QueryResult(found.size(), found, columns, Optional.empty());
    }

    private List<SObjectRecord> found(Query query, SObjectType type, boolean includeDeleted) {
        if (query.offset() > LARGEST_OFFSET) {
            throw ApiException.of(
                    ErrorCode.NUMBER_OUTSIDE_VALID_RANGE,
                    "Maximum SOQL offset allowed is " + LARGEST_OFFSET + ", not " + query.offset());
        }
        Stream<SObjectRecord> records = new Candidates(org, org.table(type))
                .of(query.where(), includeDeleted).stream().filter(record -> includeDeleted || !record.deleted());
        if (query.where().isPresent()) {
            records = records.filter(new Filter(org, type).of(query.where().get()));
        }
        for (int i = query.order().size() - 1; i >= 0; i--) {
            records = records.sorted(comparator(query.order().get(i), type));
        }
        return records.skip(query.offset())
                .limit(query.limit().orElse(Integer.MAX_VALUE))
                .toList();
    }

    private Comparator<SObjectRecord> comparator(Order order, SObjectType type) {
        Path path = Path.of(org, type, order.path());
        return Comparator.comparing(
                record -> Operand.comparable(path.field(), path.value(org, record)),
                Values.nulls(order.nullsLast(), order.descending()));
    }

    private List<Path> columns(Query query, SObjectType type) {
        List<Path> columns = new ArrayList<>();
        for (String column : query.columns()) {
            if (column.startsWith("FIELDS(")) {
                columns.addAll(all(column, query, type));
            } else {
                columns.add(Path.of(org, type, column));
            }
        }
        return columns;
    }

    private static List<Path> all(String column, Query query, SObjectType type) {
        if (!column.equals("FIELDS(STANDARD)") && query.limit().orElse(Integer.MAX_VALUE) > MOST_FOR_ALL_FIELDS) {
            throw ApiException.of(
                    ErrorCode.MALFORMED_QUERY,
                    "The SOQL " + column + " function must have a LIMIT of at most " + MOST_FOR_ALL_FIELDS);
        }
        List<Path> columns = new ArrayList<>();
        type.fields().forEach(field -> {
            boolean wanted =
                    switch (column) {
                        case "FIELDS(ALL)" -> true;
                        case "FIELDS(STANDARD)" -> !field.custom();
                        case "FIELDS(CUSTOM)" -> field.custom();
                        default -> throw ApiException.of(ErrorCode.MALFORMED_QUERY, "unexpected token: " + column);
                    };
            if (wanted) {
                columns.add(new Path(List.of(), field));
            }
        });
        return columns;
    }
}
