package dev.crmsync.inbox;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What several transactions do to subjects. */
final class Subjects {

    private static final String TOUCH = """
            insert into subject (source, tenant, subject, due_at, claimable_at)
            select v.source, v.tenant, v.subject, ?, ? from {rows} where true
            on conflict (source, tenant, subject) do update
               set due_at = coalesce(subject.due_at, excluded.due_at),
                   claimable_at = case when subject.lease_owner is null
                                        and coalesce(subject.claimable_at, excluded.claimable_at) >= excluded.claimable_at
                                       then excluded.claimable_at else subject.claimable_at end
            returning id, source, tenant, subject
            """;

    private static final String LOCK_HELD = """
            select s.id from {rows} cross join subject s
             where s.id = v.id and s.fence = v.fence and s.lease_owner is not null
             order by s.source, s.tenant, s.subject {lock:s}
            """;

    private Subjects() {}

    /** Makes subjects due, creating those that are new, and leaves them locked. A lease holds on; a back-off ends, since
     * what just happened at the source should not wait for an older failure. */
    static Map<SubjectKey, Long> touch(Session session, Collection<SubjectKey> keys, long now) throws SQLException {
        Rows rows = Rows.of(Rows.text("source"), Rows.text("tenant"), Rows.text("subject"));
        new TreeSet<>(keys).forEach(key -> rows.add(key.source(), key.tenant(), key.subject()));
        Map<SubjectKey, Long> ids = new HashMap<>();
        session.query(
                TOUCH,
                row -> ids.put(new SubjectKey(row.getString(2), row.getString(3), row.getString(4)), row.getLong(1)),
                now,
                now,
                rows);
        return ids;
    }

    /** Locks the subjects whose fence is still the given one and that are still leased. */
    static Set<Long> lockHeld(Session session, Map<Long, Long> fences) throws SQLException {
        Rows rows = Rows.of(Rows.bigint("id"), Rows.bigint("fence"));
        fences.forEach(rows::add);
        return new HashSet<>(session.query(LOCK_HELD, row -> row.getLong(1), rows));
    }
}
