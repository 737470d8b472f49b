package dev.crmsync.inbox;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Removes what is not needed any more, in small transactions: first what may hold personal data, much later the event
 * itself. Pending events and dead letters stay as they are; subjects and their applied keys stay for ever.
 */
public final class Retention {

    /** Longer than any sender retries or a dashboard replays. */
    public static final Duration LEAST_IDS = Duration.ofDays(90);

    private static final int BATCH = 500;

    private static final String TO_EMPTY = """
            select id from event
             where payload is not null and state in ('delivered', 'superseded', 'ignored', 'discarded')
               and finished_at <= ? order by finished_at limit ?
            """;

    private static final String EMPTY = """
            update event set payload = null, original_payload = null, upserts = null from {rows}
             where event.id = v.id and event.state in ('delivered', 'superseded', 'ignored', 'discarded')
            """;

    private static final String FORGET = """
            delete from event where id in (
              select id from event where payload is null and finished_at <= ? order by finished_at limit ?)
            """;

    /**
     * What one sweep removed.
     *
     * @param emptied events that lost payload, upserts, failed attempts and dead letter
     * @param forgotten events that are gone: the same id would count as new
     */
    public record Swept(int emptied, int forgotten) {}

    private final Database database;
    private final Clock clock;
    private final Duration payloads;
    private final Duration ids;

    /**
     * @param payloads how long after its end an event keeps its payload
     * @param ids how long after its end an event's id is remembered, {@link #LEAST_IDS} or more
     */
    public Retention(Database database, Clock clock, Duration payloads, Duration ids) {
        if (payloads.isNegative()) {
            throw new IllegalArgumentException("Payloads cannot be kept for a negative time, was: " + payloads);
        }
        if (ids.compareTo(LEAST_IDS) < 0 || ids.compareTo(payloads) < 0) {
            throw new IllegalArgumentException("Event ids must be kept for at least " + LEAST_IDS.toDays()
                    + " days and as long as payloads, was: " + ids.toDays() + " days");
        }
        this.database = database;
        this.clock = clock;
        this.payloads = payloads;
        this.ids = ids;
    }

    /** Removes all that is due; ends early when interrupted. */
    public Swept sweep() {
        return new Swept(repeat(this::empty), repeat(this::forget));
    }

    private int repeat(Database.Work<Integer> batch) {
        int removed = 0;
        int last;
        do {
            last = database.inTransaction(batch);
            removed += last;
        } while (last == BATCH && !Thread.currentThread().isInterrupted());
        return removed;
    }

    private int empty(Session session) throws SQLException {
        List<Long> due = session.query(TO_EMPTY, row -> row.getLong(1), before(payloads), BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        Rows events = Rows.ofIds(due);
        session.update("delete from attempt where event_id in (select v.id from {rows})", events);
        session.update("delete from dead_letter where event_id in (select v.id from {rows})", events);
        session.update(EMPTY, events);
        return due.size();
    }

    private int forget(Session session) throws SQLException {
        return session.update(FORGET, before(ids), BATCH);
    }

    private long before(Duration kept) {
        return clock.instant().minus(kept).toEpochMilli();
    }
}
