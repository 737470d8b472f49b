package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Replays;
import dev.crmsync.inbox.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Does the next part of a job in one transaction: events become pending together with the job's progress, or neither
 * does. So a crash repeats nothing and loses nothing, and whichever replica comes first does the part: moving {@code
 * next_at} locks the job's row, and who waited for the lock finds that it has moved.
 */
final class ReplayStep {

    /** A part takes this long at the job's rate. */
    private static final long PART_MILLIS = 500;

    /** While more events than that wait, a replay adds none to them. */
    private static final int MOST_WAITING = 1_000;

    private static final String TAKE = """
            update replay_job set next_at = ? where id = ? and state = 'running' and next_at <= ?
            returning created_at, filter, event_ids, rate, cursor_at, cursor_id
            """;

    private static final String RECORD = """
            update replay_job set requeued = requeued + ?, skipped = skipped + ?, cursor_at = ?, cursor_id = ?,
                   yields = ? where id = ?
            """;

    /** What changed before its turn came was not found any more: it counts as skipped too. */
    private static final String FINISH = """
            update replay_job set state = 'done', finished_at = ?, yields = ?,
                   skipped = case when matched > requeued then matched - requeued else 0 end
             where id = ?
            """;

    private static final String WAITING = """
            select count(*) from (select 1 as one from event where state = 'pending' limit ?) as waiting
            """;

    private record Taken(Instant createdAt, EventFilter filter, List<Long> chosen, int rate, Cursor cursor) {}

    private record Found(long id, Cursor place) {}

    private final Database database;
    private final Replays replays;
    private final Clock clock;
    private final BooleanSupplier mayReplay;

    ReplayStep(Database database, Replays replays, Clock clock, BooleanSupplier mayReplay) {
        this.database = database;
        this.replays = replays;
        this.clock = clock;
        this.mayReplay = mayReplay;
    }

    /** The jobs whose next part is due. */
    List<Long> due() {
        return database.reading(session -> session.query(
                "select id from replay_job where state = 'running' and next_at <= ? order by id",
                row -> row.getLong(1),
                clock.millis()));
    }

    /** @return false when there was nothing to do: another has done it, or it is paused or over */
    boolean run(long job) {
        boolean done = database.inTransaction(session -> run(session, job));
        if (done) {
            replays.announce();
        }
        return done;
    }

    private boolean run(Session session, long job) throws SQLException {
        Optional<Taken> taken = take(session, job);
        if (taken.isEmpty()) {
            return false;
        }
        if (!mayReplay.getAsBoolean() || waiting(session) >= MOST_WAITING) {
            session.update("update replay_job set yields = ? where id = ?", true, job);
            return true;
        }
        Taken part = taken.get();
        HistoryScan scan = scan(session, part);
        int size = Math.max(1, (int) (part.rate() * PART_MILLIS / 1_000));
        List<Found> found = scan.matches(
                "e.id, e.received_at",
                row -> new Found(row.getLong(1), new Cursor(row.getLong(2), row.getLong(1))),
                part.cursor(),
                size);
        Set<Long> requeued = found.isEmpty()
                ? new HashSet<>()
                : replays.requeue(session, found.stream().map(Found::id).toList());
        Cursor next = found.size() == size ? found.get(size - 1).place() : scan.endOfWindow(part.cursor());
        Cursor cursor = next == null ? Cursor.END : next;
        session.update(RECORD, requeued.size(), found.size() - requeued.size(), cursor.at(), cursor.id(), false, job);
        if (next == null) {
            session.update(FINISH, clock.millis(), false, job);
        }
        return true;
    }

    private Optional<Taken> take(Session session, long job) throws SQLException {
        long now = clock.millis();
        return session
                .query(
                        TAKE,
                        row -> new Taken(
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                StoredFilter.filter(row.getString("filter")),
                                StoredFilter.ids(row.getString("event_ids")),
                                row.getInt("rate"),
                                new Cursor(row.getLong("cursor_at"), row.getLong("cursor_id"))),
                        now + PART_MILLIS,
                        job,
                        now)
                .stream()
                .findFirst();
    }

    private static long waiting(Session session) throws SQLException {
        return session.query(WAITING, row -> row.getLong(1), MOST_WAITING).get(0);
    }

    private static HistoryScan scan(Session session, Taken part) {
        HistoryScan scan = new HistoryScan(session, part.filter(), HistoryScan.Order.OLDEST_FIRST, History.WINDOW)
                .endedBy(part.createdAt());
        return part.chosen().isEmpty() ? scan : scan.among(part.chosen());
    }
}
