package dev.crmsync.inbox;

import dev.crmsync.event.EventId;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Records what became of claims and frees their subjects. */
final class SettleSubjects {

    // Where an event was tried alone, those that wait behind it will be too, until none is left.
    private static final String RELEASE = """
            update subject
               set claimable_at = case when subject.due_at < v.retry_at and subject.tried_alone is null then subject.due_at
                                       else coalesce(v.retry_at, subject.due_at) end, lease_owner = null, applied = v.applied,
                   kept = v.applied, adopted = v.adopted,
                   delivered_before = subject.delivered_before or v.delivered,
                   unsettled = case when subject.tried_alone is null then 0 else %d end, tried_alone = null
              from {rows} where subject.id = v.id
            """.formatted(Handling.CLAIMS);

    // Asks for pending by finished_at, lest PostgreSQL reads the whole index of pending events instead of these few.
    private static final String FINISH = """
            update event
               set state = v.state, reason = v.reason, attempts = event.attempts + 1, finished_at = v.finished_at,
                   upserts = coalesce(v.upserts, event.upserts)
              from {rows}
             where event.id = v.id and event.subject_id = v.subject_id and event.finished_at is null
            """;

    private static final String KEEP_FAILURES = """
            insert into attempt (event_id, number, started_at, ended_at, error_class, error_code, message)
            select e.id, e.attempts, v.started_at, v.ended_at, v.error_class, v.error_code, v.message
              from {rows} cross join event e where e.id = v.id
            """;

    private final Database database;
    private final PayloadCipher cipher;
    private final Clock clock;
    private final Replays replays;

    SettleSubjects(Database database, PayloadCipher cipher, Clock clock, Replays replays) {
        this.replays = replays;
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** One transaction for all. In the order given. */
    List<SettleResult> settle(List<Settlement> settlements) {
        return database.inTransaction(session -> settle(session, settlements));
    }

    private List<SettleResult> settle(Session session, List<Settlement> settlements) throws SQLException {
        Map<Long, Long> fences = new HashMap<>();
        settlements.forEach(settlement -> fences.merge(settlement.subjectId(), settlement.fence(), Math::max));
        Set<Long> held = Subjects.lockHeld(session, fences);
        List<Settlement> recorded = new ArrayList<>();
        List<SettleResult> results = new ArrayList<>();
        for (Settlement settlement : settlements) {
            boolean isCurrent = fences.get(settlement.subjectId()) == settlement.fence();
            if (isCurrent && held.remove(settlement.subjectId())) {
                recorded.add(settlement);
                results.add(SettleResult.RECORDED);
            } else {
                results.add(SettleResult.LOST);
            }
        }
        if (!recorded.isEmpty()) {
            finish(session, recorded);
            release(session, recorded);
            recall(session, recorded);
        }
        return results;
    }

    private void finish(Session session, List<Settlement> settlements) throws SQLException {
        Rows events = Rows.of(
                Rows.bigint("id"),
                Rows.bigint("subject_id"),
                Rows.text("state"),
                Rows.text("reason"),
                Rows.bigint("finished_at"),
                Rows.bytes("upserts"));
        Rows failures = Rows.of(
                Rows.bigint("id"),
                Rows.bigint("started_at"),
                Rows.bigint("ended_at"),
                Rows.text("error_class"),
                Rows.text("error_code"),
                Rows.text("message"));
        long now = clock.millis();
        for (Settlement settlement : settlements) {
            for (Outcome outcome : settlement.outcomes()) {
                events.add(
                        outcome.eventId(),
                        settlement.subjectId(),
                        outcome.state().label(),
                        outcome.reason(),
                        outcome.state().isEnd() ? now : null,
                        outcome.upserts() == null ? null : cipher.seal(outcome.upserts(), context(outcome.eventId())));
                if (outcome.failure() != null) {
                    add(failures, outcome.eventId(), outcome.failure());
                }
            }
        }
        if (!events.isEmpty()) {
            session.update(FINISH, events);
        }
        if (!failures.isEmpty()) {
            session.update(KEEP_FAILURES, failures);
        }
    }

    private static void add(Rows failures, long eventId, FailedAttempt failure) {
        failures.add(
                eventId,
                failure.startedAt().toEpochMilli(),
                failure.endedAt().toEpochMilli(),
                failure.errorClass(),
                failure.errorCode(),
                failure.message());
    }

    private void recall(Session session, List<Settlement> settlements) throws SQLException {
        Set<Long> recalled = new TreeSet<>();
        settlements.forEach(settlement -> recalled.addAll(settlement.recalled()));
        if (!recalled.isEmpty()) {
            replays.recall(session, recalled);
        }
    }

    private static void release(Session session, List<Settlement> settlements) throws SQLException {
        Rows subjects = Rows.of(
                Rows.bigint("id"),
                Rows.bigint("retry_at"),
                Rows.text("applied"),
                Rows.text("adopted"),
                Rows.flag("delivered"));
        for (Settlement settlement : settlements) {
            subjects.add(
                    settlement.subjectId(),
                    settlement.retryAt() == null ? null : settlement.retryAt().toEpochMilli(),
                    settlement.applied().toJson(),
                    settlement.adopted().equals(AppliedKeys.NONE)
                            ? null
                            : settlement.adopted().toJson(),
                    settlement.outcomes().stream().anyMatch(Outcome::known));
        }
        session.update(RELEASE, subjects);
    }

    /** What a sealed list of upserts is bound to; {@link EventId} binds the payload. */
    static String context(long eventId) {
        return "upserts:" + eventId;
    }
}
