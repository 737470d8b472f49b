package dev.crmsync.reliability;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The inbox's database as the harness sees it: from outside, past the application. */
public interface TestDatabase extends AutoCloseable {

    /** The JDBC URL, with user and password where there are any. */
    String url();

    /** Runs the step while every insert into, and update of, the events is held back. */
    void holdingEvents(Step step) throws Exception;

    /** True when the application stands before a lock that {@link #holdingEvents} holds. */
    boolean isHeldUp() throws SQLException;

    @Override
    void close() throws IOException;

    /** What a test does meanwhile. */
    interface Step {
        void run() throws Exception;
    }

    /** One event in the inbox. */
    record Stored(long id, String eventId, String state, String reason, boolean finished) {}

    default Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** The events that the sender gave these ids, in the order of arrival. */
    default List<Stored> events(Set<String> ids) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select e.id, e.event_id, e.state, e.reason, e.finished_at is not null
                          from event e order by e.id
                        """)) {
            List<Stored> events = new ArrayList<>();
            while (rows.next()) {
                if (ids.contains(rows.getString(2))) {
                    events.add(new Stored(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getBoolean(5)));
                }
            }
            return events;
        }
    }

    default long count(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    default String text(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    default long pending() throws SQLException {
        return count("select count(*) from event where state = 'pending'");
    }

    default long leased() throws SQLException {
        return count("select count(*) from subject where lease_owner is not null");
    }
}
