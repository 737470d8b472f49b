package dev.crmsync.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: one writer at a time, so no row locks; a JSON array of rows as table parameter. */
final class SqliteDialect implements Dialect {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String table(Rows rows) {
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
