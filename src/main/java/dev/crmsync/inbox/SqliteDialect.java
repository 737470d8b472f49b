package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite: one writer at a time, so no row locks. A table parameter is a list of values, or a JSON array when there are many:
 * that takes any number of rows, but reads each once for each column.
 */
final class SqliteDialect implements Dialect {

    /** Before {@link #STORE}: a subject is there before its event. */
    private static final String TOUCH = """
            insert into subject (source, tenant, subject, due_at, claimable_at)
            select distinct v.source, v.tenant, v.subject, v.received_at, v.received_at from {rows}
             where not exists (select 1 from event e where e.source = v.source and e.event_id = v.event_id)
            on conflict (source, tenant, subject) do update
               set due_at = coalesce(subject.due_at, excluded.due_at),
                   claimable_at = case when subject.lease_owner is null
                                        and coalesce(subject.claimable_at, excluded.claimable_at) >= excluded.claimable_at
                                       then excluded.claimable_at else subject.claimable_at end
            returning source, subject
            """;

    /** The first join is a cross join, which SQLite never reorders. */
    private static final String STORE = """
            insert into event (source, event_id, type, tenant, subject_id, aspect, order_key, occurred_at, live, payload,
                               unreadable, received_at, trace_context)
            select v.source, v.event_id, v.type, v.tenant, s.id, v.aspect, v.order_key, v.occurred_at, v.live, v.payload,
                   v.unreadable, v.received_at, v.trace_context
              from {rows} cross join subject s
             where s.source = v.source and s.tenant = v.tenant and s.subject = v.subject
            on conflict (source, event_id) do nothing
            returning source, event_id
            """;

    /** Far below what SQLite takes in a statement (32,766), and few enough that reading it costs less than JSON does. */
    private static final int MOST_VALUES = 4_000;

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String table(Rows rows) {
        return isFew(rows) ? values(rows) : json(rows);
    }

    private static boolean isFew(Rows rows) {
        return !rows.isEmpty() && rows.values().size() * rows.columns().size() <= MOST_VALUES;
    }

    private static String values(Rows rows) {
        List<Rows.Column> columns = rows.columns();
        String names = IntStream.range(0, columns.size())
                .mapToObj(i -> "column" + (i + 1) + " as " + columns.get(i).name())
                .collect(Collectors.joining(", "));
        String row = "(" + String.join(",", Collections.nCopies(columns.size(), "?")) + ")";
        return "(select " + names + " from (values "
                + String.join(",", Collections.nCopies(rows.values().size(), row)) + ")) as v";
    }

    private static String json(Rows rows) {
        List<Rows.Column> columns = rows.columns();
        String fields = IntStream.range(0, columns.size())
                .mapToObj(i -> field(i, columns.get(i).type()) + " as "
                        + columns.get(i).name())
                .collect(Collectors.joining(", "));
        return "(select " + fields + " from json_each(?)) as v";
    }

    private static String field(int index, Rows.Type type) {
        String field = "value ->> " + index;
        return type == Rows.Type.BYTES ? "unhex(" + field + ")" : field;
    }

    @Override
    public int bind(PreparedStatement statement, int index, Rows rows) throws SQLException {
        if (isFew(rows)) {
            int next = index;
            for (Object[] row : rows.values()) {
                for (Object value : row) {
                    statement.setObject(next++, value);
                }
            }
            return next;
        }
        List<Object[]> values =
                rows.values().stream().map(SqliteDialect::textual).toList();
        try {
            statement.setString(index, JSON.writeValueAsString(values));
        } catch (JsonProcessingException e) {
            throw new SQLException("Rows cannot be written as JSON", e);
        }
        return index + 1;
    }

    private static Object[] textual(Object[] row) {
        Object[] textual = row.clone();
        for (int i = 0; i < textual.length; i++) {
            if (textual[i] instanceof byte[] bytes) {
                textual[i] = HexFormat.of().formatHex(bytes);
            }
        }
        return textual;
    }

    @Override
    public String lock(String table) {
        return "";
    }

    @Override
    public String skipLocked() {
        return "";
    }

    /** SQLite never reorders a cross join; it has no lateral one, so the last wanted id bounds the join. */
    @Override
    public String pendingOfEachDue() {
        return """
            cross join (select id, subject_id, length(payload) as bytes from event where state = 'pending') e
                on e.subject_id = due.id
               and e.id <= coalesce((select p.id from event p where p.subject_id = due.id and p.state = 'pending'
                                      order by p.id limit 1 offset ? - 1), 9223372036854775807)\
            """;
    }

    @Override
    public String relaxed() {
        return "";
    }

    @Override
    public List<String> beforeStoring() {
        return List.of();
    }

    @Override
    public List<String> storeNewEvents() {
        return List.of(TOUCH, STORE);
    }

    @Override
    public boolean refusesData(SQLException e) {
        return hasCode(
                e, SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH);
    }

    /** Never: a writer that must wait waits inside the driver, as long as the busy time-out says. */
    @Override
    public boolean isCollision(SQLException e) {
        return false;
    }

    private static boolean hasCode(SQLException e, SQLiteErrorCode... codes) {
        // The primary code is the low byte of an extended one: https://www.sqlite.org/rescode.html
        return e instanceof SQLiteException sqlite
                && List.of(codes).stream().anyMatch(code -> code.code == (sqlite.getResultCode().code & 0xff));
    }

    @Override
    public Optional<String> currentMillis() {
        return Optional.empty();
    }

    @Override
    public boolean hasSingleWriter() {
        return true;
    }
}
