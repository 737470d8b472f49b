package dev.crmsync.inbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a release that knows the first migration only does all day: it accepts events, claims a subject and settles it,
 * naming no column that came later.
 */
final class EarlierRelease implements Callable<Integer> {

    private static final String SUBJECT = """
            insert into subject (source, tenant, subject, due_at, claimable_at) values ('pivotal', 'acme', ?, 0, 0)
            on conflict (source, tenant, subject) do update set due_at = 0, claimable_at = 0 returning id
            """;

    private static final String EVENT = """
            insert into event (source, event_id, type, tenant, subject_id, aspect, order_key, occurred_at, live, payload,
                               received_at)
            values ('pivotal', ?, 'customer.updated', 'acme', ?, 'state', '-', 0, true, ?, 0)
            on conflict (source, event_id) do nothing
            """;

    private static final String CLAIM = """
            update subject set lease_owner = 'earlier', fence = fence + 1, claimable_at = 60000, due_at = null
             where id = (select id from subject
                          where source = 'pivotal' and claimable_at <= 0 and lease_owner is null
                          order by claimable_at limit 1 for update skip locked)
            returning id
            """;

    private static final String SETTLE_EVENTS =
            "update event set state = 'delivered', finished_at = 1 where subject_id = ? and state = 'pending'";

    private static final String SETTLE_SUBJECT = """
            update subject set lease_owner = null, claimable_at = null, delivered_before = true where id = ?
            """;

    private final String url;
    private final PayloadCipher cipher = PayloadCipher.plain();
    private final AtomicBoolean working = new AtomicBoolean(true);
    private final AtomicInteger rounds = new AtomicInteger();

    EarlierRelease(String url) {
        this.url = url;
    }

    /** Works until told to stop. @return the number of events that it has left undelivered */
    @Override
    public Integer call() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
            while (working.get()) {
                accept(connection, rounds.incrementAndGet());
                if (rounds.get() % 2 == 0) {
                    deliver(connection);
                }
            }
        }
        return rounds.get() - rounds.get() / 2;
    }

    int rounds() {
        return rounds.get();
    }

    void stop() {
        working.set(false);
    }

    private void accept(Connection connection, int number) throws SQLException {
        String id = "evt_" + number;
        long subject = number(connection, SUBJECT, "customer:" + number);
        try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
            insert.setString(1, id);
            insert.setLong(2, subject);
            insert.setBytes(3, cipher.seal("{\"id\": \"" + id + "\"}", "pivotal:" + id));
            insert.executeUpdate();
        }
    }

    private static void deliver(Connection connection) throws SQLException {
        long subject = number(connection, CLAIM);
        for (String settle : new String[] {SETTLE_EVENTS, SETTLE_SUBJECT}) {
            try (PreparedStatement update = connection.prepareStatement(settle)) {
                update.setLong(1, subject);
                update.executeUpdate();
            }
        }
    }

    private static long number(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
