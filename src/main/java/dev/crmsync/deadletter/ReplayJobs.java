package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.OrderForecast;
import dev.crmsync.inbox.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes replay jobs and says what shall become of them; {@link ReplayRunner} does the work. */
public final class ReplayJobs {

    private static final String SELECT = """
            select id, name, reason, created_by, created_at, filter, event_ids, rate, state, matched, requeued, skipped,
                   yields, finished_at
              from replay_job
            """;

    private static final String INSERT = """
            insert into replay_job (name, reason, created_by, created_at, filter, event_ids, rate, matched, next_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            returning id
            """;

    /** Takes a second or two. */
    private static final int MOST_FORECAST = 10 * History.WINDOW;

    private final Database database;
    private final Clock clock;

    public ReplayJobs(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How many events a job of this request would find, however long the counting takes. */
    public long matching(ReplayRequest request) {
        return database.reading(session -> matching(session, request, clock.instant()));
    }

    private static long matching(Session session, ReplayRequest request, Instant now) throws SQLException {
        return History.count(
                        scan(session, request, now, HistoryScan.Order.OLDEST_FIRST), Cursor.START, Integer.MAX_VALUE)
                .events();
    }

    private static HistoryScan scan(Session session, ReplayRequest request, Instant now, HistoryScan.Order order) {
        HistoryScan scan = new HistoryScan(session, request.filter(), order, History.WINDOW).endedBy(now);
        return request.chosen().isEmpty() ? scan : scan.among(request.chosen());
    }

    /** How many events a job of this request would find, counted among the newest 100 000 that an index gives. */
    public EventCount count(ReplayRequest request) {
        return database.reading(session -> History.count(
                scan(session, request, clock.instant(), HistoryScan.Order.NEWEST_FIRST),
                Cursor.END,
                History.MOST_WINDOWS));
    }

    /** What a job of this request would meet, found out among the newest 200 000 events that an index gives. */
    public ReplayForecast forecast(ReplayRequest request) {
        return database.reading(session -> {
            HistoryScan scan = scan(session, request, clock.instant(), HistoryScan.Order.NEWEST_FIRST);
            long[] counts = new long[3];
            Cursor from = Cursor.END;
            for (int seen = 0; seen < MOST_FORECAST && from != null; seen += History.WINDOW) {
                scan.matches(
                        OrderForecast.COLUMNS + ", e.payload is not null as kept",
                        row -> {
                            counts[!row.getBoolean("kept") ? 2 : OrderForecast.isOvertaken(row) ? 1 : 0]++;
                            return null;
                        },
                        from,
                        History.WINDOW);
                from = scan.endOfWindow(from);
            }
            return new ReplayForecast(counts[0] + counts[1] + counts[2], from == null, counts[1], counts[2]);
        });
    }

    /** The inbox's own numbers of the newest events that a job of this request would find. */
    public List<Long> newestOf(ReplayRequest request, int limit) {
        return database.reading(session -> {
            HistoryScan scan = scan(session, request, clock.instant(), HistoryScan.Order.NEWEST_FIRST);
            List<Long> ids = new ArrayList<>();
            Cursor from = Cursor.END;
            for (int windows = 0; windows < History.MOST_WINDOWS && from != null && ids.size() < limit; windows++) {
                ids.addAll(scan.matches("e.id", row -> row.getLong(1), from, limit - ids.size()));
                from = scan.endOfWindow(from);
            }
            return ids;
        });
    }

    /** Makes a job, which begins at once. What happens to match later is not part of it. */
    public ReplayJob create(ReplayRequest request) {
        Instant now = clock.instant();
        long matched = database.reading(session -> matching(session, request, now));
        long id = database.inTransaction(session -> {
            Audit.write(session, clock, audit(request, matched));
            return session.query(
                            INSERT,
                            row -> row.getLong(1),
                            request.name(),
                            request.reason(),
                            request.who(),
                            now.toEpochMilli(),
                            StoredFilter.toJson(request.filter()),
                            request.chosen().isEmpty() ? null : StoredFilter.toJson(request.chosen()),
                            request.rate(),
                            matched,
                            now.toEpochMilli())
                    .get(0);
        });
        return find(id).orElseThrow();
    }

    private static AuditEntry audit(ReplayRequest request, long matched) {
        String what = request.chosen().isEmpty()
                ? request.filter().toString()
                : request.chosen().size() + " chosen";
        return new AuditEntry(
                null, request.who(), "replay job", request.reason(), request.name() + ": " + what, matched);
    }

    public Optional<ReplayJob> find(long id) {
        return database.reading(session -> session.query(SELECT + "where id = ?", ReplayJobs::job, id)).stream()
                .findFirst();
    }

    /** The newest jobs first, at most {@code limit}. */
    public List<ReplayJob> newest(int limit) {
        return database.reading(session -> session.query(SELECT + "order by id desc limit ?", ReplayJobs::job, limit));
    }

    /** Holds a running job; false when it was not running. */
    public boolean pause(long id, String who) {
        return change(id, who, "pause", "state = 'paused'", "state = 'running'");
    }

    /** Lets a paused job go on; false when it was not paused. */
    public boolean resume(long id, String who) {
        return change(id, who, "resume", "state = 'running'", "state = 'paused'");
    }

    /**
     * Ends a job. Each event it was made for is either pending, as any other, or what it was before.
     *
     * @return false when it was over already
     */
    public boolean cancel(long id, String who) {
        String ended = "state = 'cancelled', finished_at = " + clock.millis();
        return change(id, who, "cancel", ended, "state in ('running', 'paused')");
    }

    private boolean change(long id, String who, String act, String to, String from) {
        return database.inTransaction(session -> {
            // Waits for the part that is being done, if any: afterwards nothing more happens.
            boolean changed = session.update("update replay_job set " + to + " where id = ? and " + from, id) == 1;
            if (changed) {
                Audit.write(session, clock, new AuditEntry(null, who, act + " replay job", null, "job " + id, 0));
            }
            return changed;
        });
    }

    private static ReplayJob job(ResultSet row) throws SQLException {
        String chosen = row.getString("event_ids");
        long finishedAt = row.getLong("finished_at");
        boolean isOpen = row.wasNull();
        return new ReplayJob(
                row.getLong("id"),
                row.getString("name"),
                row.getString("reason"),
                row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                StoredFilter.filter(row.getString("filter")),
                chosen == null ? 0 : StoredFilter.ids(chosen).size(),
                row.getInt("rate"),
                ReplayJob.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("matched"),
                row.getLong("requeued"),
                row.getLong("skipped"),
                row.getBoolean("yields"),
                isOpen ? null : Instant.ofEpochMilli(finishedAt));
    }
}
