package dev.crmsync.deadletter;

import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Interventions;
import dev.crmsync.inbox.Interventions.Reset;
import dev.crmsync.inbox.Interventions.Result;
import dev.crmsync.inbox.Session;
import dev.crmsync.record.RecordKey;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** What a person decides about events that wait, and about the order of a subject: each with its audit entry. */
public final class PendingEvents {

    /** The error code of dead letters that a person made. */
    public static final String ENDED_BY_OPERATOR = "ENDED_BY_OPERATOR";

    private static final String WRITE_DEAD_LETTER = """
            insert into dead_letter (event_id, error_class, error_code, message, remedy, failed_at, fingerprint)
            values (?, 'decided', ?, ?, ?, ?, ?)
            on conflict (event_id) do update
               set error_class = excluded.error_class, error_code = excluded.error_code, field = null,
                   message = excluded.message, route_id = null, remedy = excluded.remedy, failed_at = excluded.failed_at,
                   fingerprint = excluded.fingerprint
            """;

    private interface Act {
        Result on(Session session) throws SQLException;
    }

    private final Database database;
    private final Interventions interventions;
    private final Clock clock;

    PendingEvents(Database database, Interventions interventions, Clock clock) {
        this.database = database;
        this.interventions = interventions;
        this.clock = clock;
    }

    /** Ends a pending event for good: it is not delivered. */
    public Result discard(long id, String who, String reason) {
        return audited(
                "end as discarded",
                id,
                who,
                reason,
                session -> interventions.end(session, id, EventState.DISCARDED, reason));
    }

    /** Takes a pending event out of delivery: a dead letter, which can be replayed as any other. */
    public Result bury(long id, String who, String reason) {
        return audited("end as dead letter", id, who, reason, session -> {
            Result result = interventions.end(session, id, EventState.DEAD, ENDED_BY_OPERATOR);
            if (result == Result.DONE) {
                session.update(
                        WRITE_DEAD_LETTER,
                        id,
                        ENDED_BY_OPERATOR,
                        reason + " (" + who + ")",
                        Remedies.of("decided", ENDED_BY_OPERATOR, null),
                        clock.millis(),
                        ENDED_BY_OPERATOR + "||");
            }
            return result;
        });
    }

    /** Forgets the order of the event's subject and records: see {@link Interventions#resetOrder}. */
    public Reset resetOrder(long id, String who, String reason) {
        requireReason(reason);
        Reset reset = database.inTransaction(session -> {
            Reset done = interventions.resetOrder(session, id);
            if (done.result() == Result.DONE) {
                String records = done.records().isEmpty() ? "" : ": subject, " + names(done.records());
                audit(session, who, "reset order", reason, "event " + id + records);
            }
            return done;
        });
        interventions.announce();
        return reset;
    }

    /** What a reset has forgotten, for whoever asked for it. */
    public static String forgotten(Reset reset) {
        return reset.records().isEmpty()
                ? "Forgotten: the order of the event's subject only. No record of the event is known: it was never mapped, or"
                        + " what it sent has been removed."
                : "Forgotten: the order of the event's subject, and of its records " + names(reset.records())
                        + ". What is delivered next about them is written, however old; the stale-write rules in Salesforce"
                        + " still apply.";
    }

    private static String names(List<RecordKey> records) {
        return records.stream()
                .map(record -> record.object() + " " + record.key())
                .collect(Collectors.joining(", "));
    }

    /** Why nothing was done, for whoever asked for it. */
    public static String whyNot(Result result) {
        return switch (result) {
            case DONE -> throw new IllegalArgumentException("It was done");
            case IN_FLIGHT ->
                "Nothing was done: the subject or a record of it is being delivered at this moment, and that decides. Try again in a moment.";
            case CHANGED -> "Nothing was done: the event is not pending.";
        };
    }

    private Result audited(String act, long id, String who, String reason, Act work) {
        requireReason(reason);
        Result result = database.inTransaction(session -> {
            Result done = work.on(session);
            if (done == Result.DONE) {
                audit(session, who, act, reason, "event " + id);
            }
            return done;
        });
        interventions.announce();
        return result;
    }

    private void audit(Session session, String who, String act, String reason, String detail) throws SQLException {
        Audit.write(session, clock, new AuditEntry(null, who, act, reason, detail, 1));
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("Say the reason: it is kept in the audit");
        }
    }
}
