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

    /** Nobody has this name, so that nobody takes over from it. */
    private static final String STOPPED = "stopped with its call in flight";

    /** A claim that ends on purpose is none that was not settled. */
    private static final String COUNTS_FOR_NOTHING =
            "tried_alone = null, unsettled = case when unsettled > 0 then unsettled - 1 else 0 end";

    private static final String GIVE_BACK = "update subject set claimable_at = ?, lease_owner = null, "
            + COUNTS_FOR_NOTHING + " where claimable_at is not null and lease_owner ";

    private static final String KEEP_UNTIL_ITS_END = "update subject set lease_owner = ?, " + COUNTS_FOR_NOTHING + """
             from {rows} where subject.id = v.id and subject.fence = v.fence and subject.lease_owner is not null
            """;

    /** While its name is registered, the records that it has leased stay leased too. */
    private static final String KEEP_OWNER = "update owner set until_at = ? where name = ?";

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
        return database.inTransaction(session -> session.update(GIVE_BACK + "= ?", clock.millis(), owner));
    }

    void keepUntilTheirEnd(String owner, Map<Long, Long> fences, Instant until) {
        Rows rows = Rows.of(Rows.bigint("id"), Rows.bigint("fence"));
        fences.forEach(rows::add);
        if (!rows.isEmpty()) {
            database.inTransaction(session -> {
                session.update(KEEP_OWNER, until.toEpochMilli(), owner);
                return session.update(KEEP_UNTIL_ITS_END, STOPPED, rows);
            });
        }
    }

    boolean release(SubjectClaim claim) {
        return database.inTransaction(session -> session.update(
                        GIVE_BACK + "is not null and id = ? and fence = ?",
                        clock.millis(),
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
