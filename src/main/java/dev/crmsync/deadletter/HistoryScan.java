package dev.crmsync.deadletter;

import dev.crmsync.inbox.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the history in windows of a bounded number of events, walking an index: however large the history and however
 * rare what is looked for, one window takes milliseconds.
 */
final class HistoryScan {

    /** Direction of the walk. */
    enum Order {
        NEWEST_FIRST("desc"),
        OLDEST_FIRST("asc");

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }
    }

    /** What the checks may need of {@code event e}. */
    private static final String COLUMNS =
            "e.id, e.source, e.type, e.state, e.received_at, e.finished_at, e.event_id, e.tenant, e.subject_id";

    /** As far as the index of dead letters has it: nothing else is read of those that do not match. */
    private static final String COLUMNS_OF_DEAD = "e.id, e.source, e.type, e.received_at, e.finished_at";

    private final Session session;
    private final EventFilter filter;
    private final Order order;
    private final int window;
    private List<Long> ids;
    private Instant endedBy;

    HistoryScan(Session session, EventFilter filter, Order order, int window) {
        this.session = session;
        this.filter = filter;
        this.order = order;
        this.window = window;
    }

    /** Looks only at these events. */
    HistoryScan among(List<Long> only) {
        this.ids = only;
        return this;
    }

    /** Looks only at what may be replayed and had ended at that time. */
    HistoryScan endedBy(Instant time) {
        this.endedBy = time;
        return this;
    }

    /**
     * The first matches of the window that begins beyond the cursor.
     *
     * @param columns of {@code event e}, {@code subject s} and, where there is one, {@code dead_letter d}
     */
    <T> List<T> matches(String columns, Session.RowReader<T> reader, Cursor cursor, int limit) throws SQLException {
        Conditions conditions = conditions(cursor);
        String found = "select e.id" + window(conditions, columnsFor(conditions)) + inOrder() + " limit ?";
        String sql = "select " + columns + " from (" + found + ") as found join event e on e.id = found.id"
                + " join subject s on s.id = e.subject_id left join dead_letter d on d.event_id = e.id" + inOrder();
        List<Object> values = values(conditions);
        values.add(limit);
        return session.query(sql, reader, values.toArray());
    }

    /** How many match in the window that begins beyond the cursor. */
    long count(Cursor cursor) throws SQLException {
        Conditions conditions = conditions(cursor);
        boolean checks = !conditions.checkedValues().isEmpty();
        String sql = "select count(*)" + window(conditions, checks ? columnsFor(conditions) : "e.id");
        return session.query(sql, row -> row.getLong(1), values(conditions).toArray())
                .get(0);
    }

    private static String columnsFor(Conditions conditions) {
        return conditions.isOfDead() && !conditions.readsSubject() ? COLUMNS_OF_DEAD : COLUMNS;
    }

    private String inOrder() {
        return " order by e.received_at " + order.sql + ", e.id " + order.sql;
    }

    private List<Object> values(Conditions conditions) {
        List<Object> values = new ArrayList<>(conditions.indexedValues());
        values.add(window);
        values.addAll(conditions.checkedValues());
        return values;
    }

    /** What an index gives, with only those tables beside it that the checks need. */
    private String window(Conditions conditions, String columns) {
        return " from (select " + columns + " from event e where " + conditions.indexed() + inOrder() + " limit ?) e"
                + (conditions.readsSubject() ? " join subject s on s.id = e.subject_id" : "")
                + (conditions.readsDeadLetter() ? " join dead_letter d on d.event_id = e.id" : "")
                + " where " + conditions.checked();
    }

    /** The last place of the window that begins beyond the cursor; null when it reaches the end of the history. */
    Cursor endOfWindow(Cursor cursor) throws SQLException {
        Conditions conditions = conditions(cursor);
        List<Object> values = new ArrayList<>(conditions.indexedValues());
        values.add(window - 1);
        String sql = "select e.received_at, e.id from event e where " + conditions.indexed() + inOrder()
                + " limit 1 offset ?";
        return session.query(sql, row -> new Cursor(row.getLong(1), row.getLong(2)), values.toArray()).stream()
                .findFirst()
                .orElse(null);
    }

    private Conditions conditions(Cursor cursor) {
        Conditions conditions = Conditions.of(filter);
        if (ids != null) {
            conditions.among(ids);
        }
        if (endedBy != null) {
            conditions.endedBy(endedBy);
        }
        return order == Order.NEWEST_FIRST ? conditions.before(cursor) : conditions.after(cursor);
    }
}
