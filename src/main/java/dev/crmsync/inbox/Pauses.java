package dev.crmsync.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What is paused now, for all replicas. */
public final class Pauses {

    private static final String PAUSE = """
            insert into pause (scope, reason, paused_by, since_at, until_at) values (?, ?, ?, ?, ?)
            on conflict (scope) do update set reason = excluded.reason, paused_by = excluded.paused_by,
               since_at = excluded.since_at, until_at = excluded.until_at
            """;

    private static final String PAUSE_UNLESS_HELD = PAUSE.stripTrailing() + " where pause.paused_by = '" + Pause.CIRCUIT
            + "' or pause.until_at <= excluded.since_at";

    private static final String LIST = """
            select scope, reason, paused_by, since_at, until_at from pause
             where until_at is null or until_at > ? order by scope
            """;

    private static final int MAX_TEXT = 2_000;

    private final Database database;
    private final Clock clock;
    private final Arrivals arrivals;

    Pauses(Database database, Clock clock, Arrivals arrivals) {
        this.database = database;
        this.clock = clock;
        this.arrivals = arrivals;
    }

    public static String scopeOfSource(String source) {
        return "source:" + source;
    }

    /** Pauses a scope; a pause it already has is replaced. */
    public void pause(Pause pause) {
        write(PAUSE, pause);
    }

    /** Pauses a scope, unless an operator holds it. */
    public void pauseUnlessHeld(Pause pause) {
        write(PAUSE_UNLESS_HELD, pause);
    }

    private void write(String sql, Pause pause) {
        database.inTransaction(session -> session.update(
                sql,
                pause.scope(),
                Texts.storable(pause.reason(), MAX_TEXT),
                Texts.storable(pause.by(), MAX_TEXT),
                pause.since().toEpochMilli(),
                pause.until() == null ? null : pause.until().toEpochMilli()));
    }

    /** Ends a pause; false when there was none. */
    public boolean resume(String scope) {
        boolean wasPaused =
                database.inTransaction(session -> session.update("delete from pause where scope = ?", scope) > 0);
        arrivals.signalAll();
        return wasPaused;
    }

    /** The pauses that hold now, by scope. */
    public List<Pause> list() {
        return database.reading(session -> session.query(
                LIST,
                row -> {
                    long until = row.getLong(5);
                    boolean isEndless = row.wasNull();
                    return new Pause(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            Instant.ofEpochMilli(row.getLong(4)),
                            isEndless ? null : Instant.ofEpochMilli(until));
                },
                clock.millis()));
    }
}
