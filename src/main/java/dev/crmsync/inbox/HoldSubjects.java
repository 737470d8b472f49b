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

    private static final String RELEASE_ALL = """
            update subject set claimable_at = ?, lease_owner = null
             where claimable_at is not null and lease_owner = ?
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
        return database.inTransaction(session -> session.update(RELEASE_ALL, clock.millis(), owner));
    }
}
