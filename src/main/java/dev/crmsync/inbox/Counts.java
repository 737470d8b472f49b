package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts stored events. */
public final class Counts {

    private static final String BACKLOG = """
            select source, sum(pending), min(oldest), sum(dead) from (
              select source, count(*) as pending, min(received_at) as oldest, 0 as dead
                from event where state = 'pending' group by source
              union all
              select source, 0, null, count(*) from event where state = 'dead' group by source) as by_state
             group by source order by source
            """;

    private final Database database;

    Counts(Database database) {
        this.database = database;
    }

    /** What needs doing, by source; sources with nothing to do are left out. Costs nothing for finished events. */
    public List<Backlog> backlog() {
        return database.reading(session -> session.query(BACKLOG, row -> {
            long pending = row.getLong(2);
            long oldest = row.getLong(3);
            Instant oldestPending = row.wasNull() ? null : Instant.ofEpochMilli(oldest);
            return new Backlog(row.getString(1), pending, oldestPending, row.getLong(4));
        }));
    }

    /** All stored events by source and state. Reads the whole history: for a person's question, not for a gauge. */
    public Map<String, Map<EventState, Long>> bySourceAndState() {
        Map<String, Map<EventState, Long>> counts = new TreeMap<>();
        database.reading(session -> session.query(
                "select source, state, count(*) from event group by source, state",
                row -> counts.computeIfAbsent(row.getString(1), any -> new EnumMap<>(EventState.class))
                        .put(EventState.of(row.getString(2)), row.getLong(3))));
        return counts;
    }
}
