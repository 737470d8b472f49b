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

    private static final String COLUMNS = """
            e.id, e.source, e.event_id, e.type, e.tenant, e.subject_id, e.live, e.state, e.reason, e.attempts,
            e.received_at, e.finished_at\
            """;

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

    /** The first matches of the window that begins beyond the cursor. */
    <T> List<T> matches(String columns, Session.RowReader<T> reader, Cursor cursor, int limit) throws SQLException {
        Conditions conditions = conditions(cursor);
        List<Object> values = new ArrayList<>(conditions.indexedValues());
        values.add(window);
        values.addAll(conditions.checkedValues());
        values.add(limit);
        String sql = "select " + columns + from(conditions) + " order by e.received_at " + order.sql + ", e.id "
                + order.sql + " limit ?";
        return session.query(sql, reader, values.toArray());
    }

    /** How many match in the window that begins beyond the cursor. */
    long count(Cursor cursor) throws SQLException {
        Conditions conditions = conditions(cursor);
        List<Object> values = new ArrayList<>(conditions.indexedValues());
        values.add(window);
        values.addAll(conditions.checkedValues());
        return session.query("select count(*)" + from(conditions), row -> row.getLong(1), values.toArray())
                .get(0);
    }

    private String from(Conditions conditions) {
        return " from (select " + COLUMNS + " from event e where " + conditions.indexed() + " order by e.received_at "
                + order.sql + ", e.id " + order.sql + " limit ?) e join subject s on s.id = e.subject_id"
                + " left join dead_letter d on d.event_id = e.id where " + conditions.checked();
    }

    /** The last place of the window that begins beyond the cursor; null when it reaches the end of the history. */
    Cursor endOfWindow(Cursor cursor) throws SQLException {
        Conditions conditions = conditions(cursor);
        List<Object> values = new ArrayList<>(conditions.indexedValues());
        values.add(window - 1);
        String sql = "select e.received_at, e.id from event e where " + conditions.indexed()
                + " order by e.received_at " + order.sql + ", e.id " + order.sql + " limit 1 offset ?";
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
