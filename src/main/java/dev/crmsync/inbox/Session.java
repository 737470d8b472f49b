package dev.crmsync.inbox;

import dev.crmsync.event.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs statements on one connection. A parameter is a number, text, flag, bytes, null, or {@link Rows}. */
public final class Session {

    /** Makes a value of the row at the cursor. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Dialect dialect;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** All rows of a query, in order. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        }
    }

    /** @return the number of rows changed */
    public int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Stores the events that are not known yet. @return those stored */
    Set<EventId> storeNewEvents(Rows events) throws SQLException {
        for (String statement : dialect.beforeStoring()) {
            query(statement, row -> null);
        }
        List<EventId> stored = List.of();
        for (String statement : dialect.storeNewEvents()) {
            stored = query(statement, row -> new EventId(row.getString(1), row.getString(2)), events);
        }
        return Set.copyOf(stored);
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(fill(sql, parameters));
        try {
            int index = 1;
            for (Object parameter : parameters) {
                if (parameter instanceof Rows rows) {
                    index = dialect.bind(statement, index, rows);
                } else {
                    statement.setObject(index++, parameter);
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private String fill(String sql, Object... parameters) {
        String filled = sql.replace("{skip-locked}", dialect.skipLocked())
                .replace("{lock:s}", dialect.lock("s"))
                .replace("{lock:r}", dialect.lock("r"))
                .replace("{relaxed}", dialect.relaxed())
                .replace("{pending-of-each-due}", dialect.pendingOfEachDue());
        for (Object parameter : parameters) {
            if (parameter instanceof Rows rows) {
                filled = filled.replace("{rows}", dialect.table(rows));
            }
        }
        return filled;
    }
}
