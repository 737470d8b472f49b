package dev.crmsync.inbox;

import dev.crmsync.event.EventState;
import dev.crmsync.record.RecordKey;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a person does to events that have not ended, and to the order of their subjects. Nothing is done while a process
 * holds the subject's lease: what it is writing at that moment decides how the event ends, and nobody can call it back. A
 * lease that has ended holds nothing; should its holder settle after all, an event that was ended here stays so.
 */
public final class Interventions {

    /** What became of an act. */
    public enum Result {
        DONE,
        /** Nothing: the subject is being delivered, or a record is being written. That is over soon. */
        IN_FLIGHT,
        /** Nothing: the event is not, or no longer, what the act is for. */
        CHANGED
    }

    /**
     * What a reset of the order has done.
     *
     * @param records whose order is forgotten too: those that the event has sent, or was about to; empty where none is known,
     *     as the event was never mapped, or retention has removed it
     */
    public record Reset(Result result, List<RecordKey> records) {

        public Reset {
            records = List.copyOf(records);
        }

        static Reset not(Result why) {
            return new Reset(why, List.of());
        }
    }

    private static final String LOCK = """
            select s.id, s.lease_owner, s.claimable_at from event e join subject s on s.id = e.subject_id
             where e.id = ? {lock:s}
            """;

    private static final String END = """
            update event set state = ?, reason = ?, finished_at = ? where id = ? and state = 'pending'
            """;

    /** What waited behind it need not wait for its next try. */
    private static final String LET_OTHERS_GO = "update subject set claimable_at = ?, lease_owner = null where id = ?";

    /** The fence: whoever holds an ended lease still would write the old order back. */
    private static final String FORGET_ORDER = """
            update subject set applied = ?, kept = ?, adopted = null, fence = fence + 1, lease_owner = null where id = ?
            """;

    private static final int MAX_REASON = 2_000;

    private record Locked(long id, Waiting waiting) {}

    private final ForgetRecords records;
    private final Clock clock;
    private final Arrivals arrivals;

    Interventions(PayloadCipher cipher, Clock clock, Arrivals arrivals) {
        this.records = new ForgetRecords(cipher);
        this.clock = clock;
        this.arrivals = arrivals;
    }

    /**
     * Ends a pending event, as a part of the caller's transaction. After the commit the caller should {@link #announce()} it.
     *
     * @param eventId the inbox's own number
     * @param state {@link EventState#DEAD} or {@link EventState#DISCARDED}
     * @param reason why, for whoever looks later
     */
    public Result end(Session session, long eventId, EventState state, String reason) throws SQLException {
        if (state != EventState.DEAD && state != EventState.DISCARDED) {
            throw new IllegalArgumentException("A person ends an event as dead or discarded, was: " + state);
        }
        Optional<Locked> subject = lock(session, eventId);
        if (subject.isEmpty()) {
            return Result.CHANGED;
        }
        if (subject.get().waiting().inFlight()) {
            return Result.IN_FLIGHT;
        }
        long now = clock.millis();
        int ended = session.update(END, state.label(), Texts.storable(reason, MAX_REASON), now, eventId);
        if (ended == 1) {
            session.update(LET_OTHERS_GO, now, subject.get().id());
        }
        return ended == 1 ? Result.DONE : Result.CHANGED;
    }

    /**
     * Forgets how far the subject of an event has been applied, and what the ledger knows of the records that the event has
     * sent: which events hold their fields, their deletions and creations. As a part of the caller's transaction. Whichever
     * event about them is delivered next is written, however old it is.
     *
     * @param eventId the inbox's own number
     */
    public Reset resetOrder(Session session, long eventId) throws SQLException {
        Optional<Locked> subject = lock(session, eventId);
        if (subject.isEmpty()) {
            return Reset.not(Result.CHANGED);
        }
        List<RecordKey> sent = records.sentBy(session, eventId);
        if (subject.get().waiting().inFlight() || !records.forget(session, sent, clock.instant())) {
            return Reset.not(Result.IN_FLIGHT);
        }
        String nothing = AppliedKeys.NONE.toJson();
        session.update(FORGET_ORDER, nothing, nothing, subject.get().id());
        return new Reset(Result.DONE, sent);
    }

    private Optional<Locked> lock(Session session, long eventId) throws SQLException {
        List<Locked> found =
                session.query(LOCK, row -> new Locked(row.getLong("id"), Waiting.read(row, clock.instant())), eventId);
        return found.stream().findFirst();
    }

    /** Wakes the deliveries of this process, which otherwise find what is due at their next poll. */
    public void announce() {
        arrivals.signalAll();
    }
}
