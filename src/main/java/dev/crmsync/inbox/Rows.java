package dev.crmsync.inbox;

import java.util.ArrayList;
import java.util.List;

/** A table of values that one statement takes as one parameter, so that a statement's cost is shared by many rows. */
public final class Rows {

    enum Type {
        BIGINT,
        TEXT,
        FLAG,
        BYTES
    }

    record Column(String name, Type type) {}

    private final List<Column> columns;
    private final List<Object[]> values = new ArrayList<>();

    private Rows(List<Column> columns) {
        this.columns = columns;
    }

    static Rows of(Column... columns) {
        return new Rows(List.of(columns));
    }

    /** Rows of one column {@code id}. */
    public static Rows ofIds(Iterable<Long> ids) {
        Rows rows = of(bigint("id"));
        ids.forEach(rows::add);
        return rows;
    }

    static Column bigint(String name) {
        return new Column(name, Type.BIGINT);
    }

    static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    static Column flag(String name) {
        return new Column(name, Type.FLAG);
    }

    static Column bytes(String name) {
        return new Column(name, Type.BYTES);
    }

    Rows add(Object... row) {
        if (row.length != columns.size()) {
            throw new IllegalArgumentException("A row needs " + columns.size() + " values, had: " + row.length);
        }
        values.add(row);
        return this;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<Column> columns() {
        return columns;
    }

    List<Object[]> values() {
        return values;
    }
}
