package dev.crmsync.inbox;

import dev.crmsync.event.EventId;
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
            update event set state = 'pending', reason = null, attempts = 0, finished_at = null, pending_since = ?
              from {rows}
             where event.id = v.id and event.payload is not null
               and event.state in (%s)
            returning event.id, event.subject_id
            """;

    private static final String ANY_END = REQUEUE.formatted("'dead', 'delivered', 'superseded', 'ignored'");

    private static final String ALIVE = REQUEUE.formatted("'delivered', 'superseded'");

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

    private static final String EDIT = """
            update event set original_payload = coalesce(original_payload, payload), payload = ?
             where id = ? and payload is not null and state in ('dead', 'delivered', 'superseded', 'ignored')
            """;

    private static final int MAX_REASON = 2_000;

    private record Requeued(long id, long subjectId) {}

    private final Database database;
    private final PayloadCipher cipher;
    private final Clock clock;
    private final Arrivals arrivals;

    Replays(Database database, PayloadCipher cipher, Clock clock, Arrivals arrivals) {
        this.database = database;
        this.cipher = cipher;
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
        Set<Long> requeued = database.inTransaction(session -> requeue(session, eventIds));
        arrivals.signalAll();
        return requeued;
    }

    /**
     * As {@link #requeue(Collection)}, as a part of the caller's transaction. After the commit the caller should {@link
     * #announce()} it.
     */
    public Set<Long> requeue(Session session, Collection<Long> eventIds) throws SQLException {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
        return requeue(session, Rows.ofIds(eventIds));
    }

    /** Wakes the deliveries of this process, which otherwise find what is due at their next poll. */
    public void announce() {
        arrivals.signalAll();
    }

    /**
     * Replaces the payload of an ended event and makes it pending again, as a part of the caller's transaction. The
     * payload as it was received is kept.
     *
     * @param payload JSON text
     * @return false when the event is pending or discarded, or has lost its payload to retention
     */
    public boolean requeue(Session session, EventId event, long id, String payload) throws SQLException {
        session.query(LOCK_SUBJECTS, row -> row.getLong(1), Rows.ofIds(List.of(id)));
        int edited = session.update(EDIT, cipher.seal(payload, event.toString()), id);
        return edited == 1 && !requeue(session, List.of(id)).isEmpty();
    }

    /** Makes events pending again that lost against what proved wrong since; a dead letter stays one. */
    void recall(Session session, Collection<Long> eventIds) throws SQLException {
        makePending(session, ALIVE, Rows.ofIds(eventIds));
    }

    private Set<Long> requeue(Session session, Rows ids) throws SQLException {
        return makePending(session, ANY_END, ids);
    }

    private Set<Long> makePending(Session session, String requeue, Rows ids) throws SQLException {
        session.query(LOCK_SUBJECTS, row -> row.getLong(1), ids);
        List<Requeued> requeued =
                session.query(requeue, row -> new Requeued(row.getLong(1), row.getLong(2)), clock.millis(), ids);
        if (!requeued.isEmpty()) {
            List<Long> subjects =
                    requeued.stream().map(Requeued::subjectId).distinct().toList();
            session.update(MAKE_DUE, clock.millis(), clock.millis(), Rows.ofIds(subjects));
        }
        return new HashSet<>(requeued.stream().map(Requeued::id).toList());
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
        return database.inTransaction(session -> discard(session, eventIds, reason));
    }

    /** As {@link #discard(Collection, String)}, as a part of the caller's transaction. */
    public Set<Long> discard(Session session, Collection<Long> eventIds, String reason) throws SQLException {
        return new HashSet<>(session.query(
                DISCARD,
                row -> row.getLong(1),
                Texts.storable(reason, MAX_REASON),
                clock.millis(),
                Rows.ofIds(eventIds)));
    }
}
