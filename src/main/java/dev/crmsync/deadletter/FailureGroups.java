package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dead letters by what they have in common. */
public final class FailureGroups {

    /** Reads indexes only, but for one dead letter of each group, which tells what is the same in all. */
    private static final String LIST = """
            select one.fingerprint, one.error_class, one.error_code, one.field, one.route_id, one.remedy, ever.dead,
                   ever.total, ever.first_seen, ever.last_seen, g.state, g.owner, g.note, g.changed_at
              from (select d.fingerprint, count(e.id) as dead, count(*) as total, min(d.failed_at) as first_seen,
                           max(d.failed_at) as last_seen, max(d.event_id) as one
                      from dead_letter d left join event e on e.id = d.event_id and e.state = 'dead'
                     group by d.fingerprint having count(e.id) > 0) as ever
              join dead_letter one on one.event_id = ever.one
              left join failure_group g on g.fingerprint = ever.fingerprint
             order by ever.dead desc, ever.last_seen desc limit 200
            """;

    private static final String ALIKE = """
            select d.fingerprint, count(*) from dead_letter d join event e on e.id = d.event_id
             where d.fingerprint in (%s) and e.state = 'dead' group by d.fingerprint
            """;

    private static final String SAVE = """
            insert into failure_group (fingerprint, state, owner, note, changed_by, changed_at) values (?, ?, ?, ?, ?, ?)
            on conflict (fingerprint) do update set state = excluded.state, owner = excluded.owner,
               note = excluded.note, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """;

    private static final int MAX_NOTE = 2_000;
    private static final int MAX_OWNER = 200;

    private final Database database;
    private final Clock clock;

    public FailureGroups(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The groups that have dead letters now, largest first, at most 200. */
    public List<FailureGroup> list() {
        return database.reading(session -> session.query(LIST, FailureGroups::group));
    }

    /** How many dead letters there are now of these fingerprints; those without any are left out. */
    public Map<String, Long> dead(Collection<String> fingerprints) {
        Map<String, Long> counts = new HashMap<>();
        if (!fingerprints.isEmpty()) {
            String marks = String.join(", ", Collections.nCopies(fingerprints.size(), "?"));
            database.reading(session -> session.query(
                    ALIKE.formatted(marks),
                    row -> counts.put(row.getString(1), row.getLong(2)),
                    fingerprints.toArray()));
        }
        return counts;
    }

    /** Notes what people say about a group. */
    public void change(String fingerprint, FailureGroup.State state, String owner, String note, String who) {
        database.inTransaction(session -> {
            session.update(
                    SAVE,
                    fingerprint,
                    state.label(),
                    Texts.storable(owner, MAX_OWNER),
                    Texts.storable(note, MAX_NOTE),
                    who,
                    clock.millis());
            Audit.write(session, clock, new AuditEntry(null, who, "group " + state.label(), note, fingerprint, 0));
            return null;
        });
    }

    private static FailureGroup group(ResultSet row) throws SQLException {
        String said = row.getString("state");
        FailureGroup.State state = said == null ? FailureGroup.State.OPEN : FailureGroup.State.of(said);
        long lastSeen = row.getLong("last_seen");
        boolean reopened = state == FailureGroup.State.RESOLVED && lastSeen > row.getLong("changed_at");
        return new FailureGroup(
                row.getString("fingerprint"),
                row.getString("error_class"),
                row.getString("error_code"),
                row.getString("field"),
                row.getString("route_id"),
                row.getString("remedy"),
                row.getLong("dead"),
                row.getLong("total"),
                Instant.ofEpochMilli(row.getLong("first_seen")),
                Instant.ofEpochMilli(lastSeen),
                reopened ? FailureGroup.State.OPEN : state,
                row.getString("owner"),
                row.getString("note"),
                reopened);
    }
}
