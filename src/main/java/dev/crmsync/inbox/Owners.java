package dev.crmsync.inbox;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owners of leases that are registered, and what becomes of their leases when they have ended. An owner that is not
 * registered, as those of an earlier release, is left to the end of its leases.
 */
final class Owners {

    private static final Logger LOG = LoggerFactory.getLogger(Owners.class);

    private static final String REGISTER = "insert into owner (name, since_at) values (?, ?) returning id";

    private static final String REMOVE = "delete from owner where name in (select v.name from {rows})";

    private static final String LEASED = """
            select s.id from subject s
             where s.claimable_at is not null and s.lease_owner in (select v.name from {rows})
             order by s.source, s.tenant, s.subject {lock:s}
            """;

    /** What was tried may be what has ended the process, so that it counts as not settled. */
    private static final String FREE = """
            update subject set claimable_at = ?, lease_owner = null, fence = subject.fence + 1
              from {rows} where subject.id = v.id
            """;

    private static final String KEPT = "select name from owner where until_at > ?";

    private final Database database;
    private final Clock clock;
    private final Arrivals arrivals;
    private volatile Instant tookOverAt = Instant.MIN;

    Owners(Database database, Clock clock, Arrivals arrivals) {
        this.database = database;
        this.clock = clock;
        this.arrivals = arrivals;
    }

    /** Finds owners, as a part of a transaction. */
    interface Query {
        List<String> owners(Session session) throws SQLException;
    }

    /** Registers an owner. */
    void register(String owner) {
        database.inTransaction(session -> register(session, owner));
    }

    /** As {@link #register(String)}, as a part of the caller's transaction. @return the number of its row */
    int register(Session session, String owner) throws SQLException {
        return session.query(REGISTER, row -> row.getInt(1), owner, clock.millis())
                .get(0);
    }

    /** When this process last took over claims, whose calls may have been in flight; {@link Instant#MIN} before. */
    Instant tookOverAt() {
        return tookOverAt;
    }

    /** Wakes those that wait for something to claim. */
    void announce() {
        arrivals.signalAll();
    }

    /**
     * Frees what is leased to owners that have ended and forgets them, in one transaction; but for those whose calls may still
     * be in flight, until their leases end.
     *
     * @param dead finds them
     * @return how many there were
     */
    int takeOver(Query dead) {
        List<String> owners = database.inTransaction(session -> {
            List<String> ended = new ArrayList<>(dead.owners(session));
            ended.removeAll(session.query(KEPT, row -> row.getString(1), clock.millis()));
            if (!ended.isEmpty()) {
                freeLeases(session, ended);
                session.update(REMOVE, names(ended));
            }
            return ended;
        });
        if (!owners.isEmpty()) {
            announce();
        }
        return owners.size();
    }

    /** All leases there are, of whatever kind. Nobody can renew or settle them any more. */
    private void freeLeases(Session session, List<String> owners) throws SQLException {
        List<Long> subjects = session.query(LEASED, row -> row.getLong(1), names(owners));
        if (!subjects.isEmpty()) {
            session.update(FREE, clock.millis(), Rows.ofIds(subjects));
            LOG.info("{} claims of {} are taken over", subjects.size(), String.join(", ", owners));
            tookOverAt = clock.instant();
        }
    }

    private static Rows names(List<String> owners) {
        Rows names = Rows.of(Rows.text("name"));
        owners.forEach(names::add);
        return names;
    }
}
