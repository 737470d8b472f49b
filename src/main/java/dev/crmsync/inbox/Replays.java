package dev.crmsync.inbox;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a person decides about events that have ended. Each change holds only if the event is still in that state. */
public final class Replays {

    private static final String LOCK_SUBJECTS = """
            select s.id from subject s
             where s.id in (select e.subject_id from {rows} cross join event e where e.id = v.id)
             order by s.source, s.tenant, s.subject {lock:s}
            """;

    private static final String REQUEUE = """
            update event set state = 'pending', reason = null, attempts = 0, finished_at = null
              from {rows}
             where event.id = v.id and event.payload is not null
               and event.state in ('dead', 'delivered', 'superseded', 'ignored')
            returning event.id, event.subject_id, event.source
            """;

    private static final String MAKE_DUE = """
            update subject
               set due_at = coalesce(subject.due_at, ?),
                   claimable_at = case when subject.lease_owner is null then ? else subject.claimable_at end
              from {rows} where subject.id = v.id
            """;

    private static final String DISCARD = """
            update event set state = 'discarded', reason = ?, finished_at = ?
              from {rows} where event.id = v.id and event.state = 'dead'
            returning event.id
            """;

    private static final int MAX_REASON = 2_000;

    private record Requeued(long id, long subjectId, String source) {}

    private final Database database;
    private final Clock clock;
    private final Arrivals arrivals;

    Replays(Database database, Clock clock, Arrivals arrivals) {
        this.database = database;
        this.clock = clock;
        this.arrivals = arrivals;
    }

    /**
     * Makes ended events pending again, due at once, with all their attempts before them.
     *
     * @param eventIds the inbox's own numbers
     * @return those that were; not those that are pending or discarded, or whose payload retention has removed
     */
    public Set<Long> requeue(Collection<Long> eventIds) {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
        List<Requeued> requeued = database.inTransaction(session -> requeue(session, Rows.ofIds(eventIds)));
        requeued.stream().map(Requeued::source).distinct().forEach(arrivals::signal);
        return new HashSet<>(requeued.stream().map(Requeued::id).toList());
    }

    private List<Requeued> requeue(Session session, Rows ids) throws SQLException {
        session.query(LOCK_SUBJECTS, row -> row.getLong(1), ids);
        List<Requeued> requeued =
                session.query(REQUEUE, row -> new Requeued(row.getLong(1), row.getLong(2), row.getString(3)), ids);
        if (!requeued.isEmpty()) {
            List<Long> subjects =
                    requeued.stream().map(Requeued::subjectId).distinct().toList();
            session.update(MAKE_DUE, clock.millis(), clock.millis(), Rows.ofIds(subjects));
        }
        return requeued;
    }

    /**
     * Ends dead letters for good, as somebody decided that they shall not be delivered.
     *
     * @param reason why, for whoever looks later
     * @return those that were dead letters until now
     */
    public Set<Long> discard(Collection<Long> eventIds, String reason) {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.inTransaction(session -> session.query(
                DISCARD,
                row -> row.getLong(1),
                Texts.storable(reason, MAX_REASON),
                clock.millis(),
                Rows.ofIds(eventIds))));
    }
}
