package dev.crmsync.deadletter;

import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Session;
import dev.crmsync.inbox.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds events, those received last first. */
public final class History {

    static final int WINDOW = 20_000;

    /** So many windows are searched for one page, or for a count that need not be exact. */
    static final int MOST_WINDOWS = 5;

    /** Comparing texts takes longer, and longer still where events lie as far apart as dead letters do. */
    private static final int WINDOW_OF_TEXT = 10_000;

    private static final int WINDOW_OF_TEXT_IN_DEAD = 5_000;
    private static final int MOST_WINDOWS_OF_TEXT = 2;

    private static final String LINE = """
            e.id, e.source, e.event_id, e.type, e.tenant, s.subject, e.live, e.state, e.reason, e.attempts, e.received_at,
            e.finished_at, %s, d.error_class, d.error_code, d.field, d.message, d.route_id, d.remedy, d.failed_at, d.fingerprint\
            """.formatted(Waiting.COLUMNS);

    private static final String SOURCES = """
            with recursive known(source) as (
              select min(source) from subject
              union all
              select (select min(s.source) from subject s where s.source > known.source)
                from known where known.source is not null)
            select source from known where source is not null
            """;

    private final Database database;
    private final Clock clock;

    public History(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One page of what matches. A text that is an event's whole id finds just that.
     *
     * @param before where the page begins, or null for the newest
     * @param size lines of a page, 1 to 500
     */
    public EventPage page(EventFilter filter, Cursor before, int size) {
        if (size < 1 || size > 500) {
            throw new IllegalArgumentException("A page has 1 to 500 lines, was: " + size);
        }
        return database.reading(session -> {
            List<Long> named = named(session, filter);
            HistoryScan scan = new HistoryScan(session, filter, HistoryScan.Order.NEWEST_FIRST, window(filter));
            return page(
                    named.isEmpty() ? scan : scan.among(named),
                    before == null ? Cursor.END : before,
                    size,
                    mostWindows(filter));
        });
    }

    private static int window(EventFilter filter) {
        if (filter.text() == null) {
            return WINDOW;
        }
        return filter.state() == EventState.DEAD ? WINDOW_OF_TEXT_IN_DEAD : WINDOW_OF_TEXT;
    }

    private static int mostWindows(EventFilter filter) {
        return filter.text() == null ? MOST_WINDOWS : MOST_WINDOWS_OF_TEXT;
    }

    private EventPage page(HistoryScan scan, Cursor before, int size, int mostWindows) throws SQLException {
        List<EventLine> lines = new ArrayList<>();
        Cursor from = before;
        for (int windows = 0; windows < mostWindows; windows++) {
            lines.addAll(scan.matches(LINE, this::line, from, size + 1 - lines.size()));
            if (lines.size() > size) {
                EventLine last = lines.get(size - 1);
                return new EventPage(
                        List.copyOf(lines.subList(0, size)),
                        new Cursor(last.receivedAt().toEpochMilli(), last.id()),
                        null);
            }
            from = scan.endOfWindow(from);
            if (from == null) {
                return new EventPage(List.copyOf(lines), null, null);
            }
        }
        return new EventPage(List.copyOf(lines), from, from.time());
    }

    /** How many match, given the first page of them: what that has searched is not searched again. */
    public EventCount count(EventFilter filter, EventPage first) {
        return first.next() == null || first.searchedBackTo() != null
                ? new EventCount(first.events().size(), first.next() == null)
                : count(filter);
    }

    /** How many match, counted among the newest 100 000 events that an index gives; with a text, fewer. */
    public EventCount count(EventFilter filter) {
        return database.reading(session -> {
            List<Long> named = named(session, filter);
            HistoryScan scan = new HistoryScan(session, filter, HistoryScan.Order.NEWEST_FIRST, window(filter));
            return count(named.isEmpty() ? scan : scan.among(named), Cursor.END, mostWindows(filter));
        });
    }

    static EventCount count(HistoryScan scan, Cursor start, int mostWindows) throws SQLException {
        long events = 0;
        Cursor from = start;
        for (int windows = 0; windows < mostWindows; windows++) {
            events += scan.count(from);
            from = scan.endOfWindow(from);
            if (from == null) {
                return new EventCount(events, true);
            }
        }
        return new EventCount(events, false);
    }

    /** The sources of which events were ever received. */
    public List<String> sources() {
        return database.reading(session -> session.query(SOURCES, row -> row.getString(1)));
    }

    private static List<Long> named(Session session, EventFilter filter) throws SQLException {
        return filter.text() == null
                ? List.of()
                : session.query(
                        "select id from event where source in (" + SOURCES + ") and event_id = ?",
                        row -> row.getLong(1),
                        filter.text());
    }

    private EventLine line(ResultSet row) throws SQLException {
        EventState state = EventState.of(row.getString("state"));
        long finishedAt = row.getLong("finished_at");
        boolean isPending = row.wasNull();
        return new EventLine(
                row.getLong("id"),
                new EventId(row.getString("source"), row.getString("event_id")),
                row.getString("type"),
                row.getString("tenant"),
                row.getString("subject"),
                row.getBoolean("live"),
                state,
                row.getString("reason"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                isPending ? null : Instant.ofEpochMilli(finishedAt),
                state == EventState.PENDING ? Waiting.read(row, clock.instant()) : null,
                state == EventState.DEAD && row.getString("error_class") != null ? deadLetter(row) : null);
    }

    static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("error_class"),
                row.getString("error_code"),
                row.getString("field"),
                row.getString("message"),
                row.getString("route_id"),
                row.getString("remedy"),
                Instant.ofEpochMilli(row.getLong("failed_at")),
                row.getString("fingerprint"));
    }
}
