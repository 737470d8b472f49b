package dev.crmsync.inbox;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Renews leases and gives them up. */
final class HoldSubjects {

    private static final String RENEW = "update subject set claimable_at = ? from {rows} where subject.id = v.id";

    /** A claim that is given back on purpose is none that was not settled. */
    private static final String GIVE_BACK = """
            update subject set claimable_at = ?, lease_owner = null, tried_alone = null,
                   unsettled = case when unsettled > 0 then unsettled - 1 else 0 end
             where claimable_at is not null and lease_owner = ?
            """;

    private static final String TRY_ALONE = """
            update subject set tried_alone = ? where id = ? and fence = ? and lease_owner is not null
            """;

    private final Database database;
    private final Clock clock;

    HoldSubjects(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Set<Long> renew(Map<Long, Long> fences, Duration lease) {
        Instant until = clock.instant().plus(lease);
        return database.inTransaction(session -> renew(session, fences, until));
    }

    private static Set<Long> renew(Session session, Map<Long, Long> fences, Instant until) throws SQLException {
        Set<Long> held = Subjects.lockHeld(session, fences);
        if (!held.isEmpty()) {
            session.update(RENEW, until.toEpochMilli(), Rows.ofIds(held));
        }
        return held;
    }

    int releaseAll(String owner) {
        return database.inTransaction(session -> session.update(GIVE_BACK, clock.millis(), owner));
    }

    boolean release(SubjectClaim claim, String owner) {
        return database.inTransaction(session -> session.update(
                        GIVE_BACK + " and id = ? and fence = ?",
                        clock.millis(),
                        owner,
                        claim.subjectId(),
                        claim.fence())
                == 1);
    }

    boolean tryAlone(SubjectClaim claim) {
        long event = claim.events().get(0).id();
        return database.inTransaction(
                session -> session.update(TRY_ALONE, event, claim.subjectId(), claim.fence()) == 1);
    }
}
