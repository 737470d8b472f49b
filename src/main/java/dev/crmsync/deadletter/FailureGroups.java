package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Dead letters by what they have in common. */
public final class FailureGroups {

    private static final String LIST = """
            select d.fingerprint, max(d.error_class) as error_class, max(d.error_code) as error_code,
                   max(d.field) as field, max(d.route_id) as route_id, max(d.remedy) as remedy,
                   sum(case when e.state = 'dead' then 1 else 0 end) as dead, count(*) as total,
                   min(d.failed_at) as first_seen, max(d.failed_at) as last_seen,
                   max(g.state) as state, max(g.owner) as owner, max(g.note) as note, max(g.changed_at) as changed_at
              from dead_letter d
              join event e on e.id = d.event_id
              left join failure_group g on g.fingerprint = d.fingerprint
             where d.fingerprint in (select dead.fingerprint from dead_letter dead
                                      join event ended on ended.id = dead.event_id where ended.state = 'dead')
             group by d.fingerprint
             order by dead desc, last_seen desc limit 200
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
