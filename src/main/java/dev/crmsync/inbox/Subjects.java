package dev.crmsync.inbox;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What several transactions do to subjects. */
final class Subjects {

    private static final String LOCK_HELD = """
            select s.id from {rows} cross join subject s
             where s.id = v.id and s.fence = v.fence and s.lease_owner is not null
             order by s.source, s.tenant, s.subject {lock:s}
            """;

    private Subjects() {}

    /** Locks the subjects whose fence is still the given one and that are still leased. */
    static Set<Long> lockHeld(Session session, Map<Long, Long> fences) throws SQLException {
        Rows rows = Rows.of(Rows.bigint("id"), Rows.bigint("fence"));
        fences.forEach(rows::add);
        return new HashSet<>(session.query(LOCK_HELD, row -> row.getLong(1), rows));
    }
}
