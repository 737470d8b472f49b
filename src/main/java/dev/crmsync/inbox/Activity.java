package dev.crmsync.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened in each minute. Reads only the events of the time asked for. */
public final class Activity {

    /** The name of what was accepted, beside the names of the ends. */
    public static final String RECEIVED = "received";

    private static final long MINUTE = 60_000;

    private static final String RECEIPTS = """
            select source, received_at / 60000 as minute, count(*) from event
             where received_at >= ? group by source, received_at / 60000
            """;

    /** As two queries, for there is an index for each. */
    private static final String ENDS = """
            select source, finished_at / 60000 as minute, state, count(*) from event
             where payload is not null and state in ('delivered', 'superseded', 'ignored', 'discarded')
               and finished_at >= ?
             group by source, finished_at / 60000, state
            """;

    private static final String DEATHS = """
            select source, finished_at / 60000 as minute, state, count(*) from event
             where state = 'dead' and finished_at >= ?
             group by source, finished_at / 60000, state
            """;

    /**
     * Events of one source that met the same fate in the same minute.
     *
     * @param what {@value #RECEIVED}, or the label of an end
     */
    public record Minute(String source, Instant minute, String what, long events) {}

    private final Database database;

    public Activity(Database database) {
        this.database = database;
    }

    /** From that minute on; minutes without events are left out. */
    public List<Minute> since(Instant from) {
        long millis = from.toEpochMilli() / MINUTE * MINUTE;
        List<Minute> minutes = new ArrayList<>();
        database.reading(session -> {
            minutes.addAll(session.query(
                    RECEIPTS,
                    row -> new Minute(row.getString(1), minute(row.getLong(2)), RECEIVED, row.getLong(3)),
                    millis));
            for (String sql : List.of(ENDS, DEATHS)) {
                minutes.addAll(session.query(
                        sql,
                        row -> new Minute(row.getString(1), minute(row.getLong(2)), row.getString(3), row.getLong(4)),
                        millis));
            }
            return null;
        });
        return minutes;
    }

    private static Instant minute(long number) {
        return Instant.ofEpochMilli(number * MINUTE);
    }
}
