package dev.crmsync.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** PostgreSQL: row locks, and arrays as table parameters. */
final class PostgresDialect implements Dialect {

    /**
     * Planning a statement of that size takes as long as running it. The plan that is kept looks rows up by their indexes, so
     * that it is right for tables of any size.
     */
    private static final String PLAN_ONCE = """
            select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)
            """;

    /**
     * A subject that is due already is locked, but not written again: then only its own row tells its id.
     * Of one round trip, since those are most of the time that an event takes.
     */
    private static final String STORE = """
            with v as (select * from {rows}),
            fresh as (
                select v.* from v
                 where not exists (select 1 from event e where e.source = v.source and e.event_id = v.event_id)),
            touched as (
                insert into subject (source, tenant, subject, due_at, claimable_at)
                select distinct f.source, f.tenant, f.subject, f.received_at, f.received_at from fresh f order by 1, 2, 3
                on conflict (source, tenant, subject) do update
                   set due_at = coalesce(subject.due_at, excluded.due_at),
                       claimable_at = case when subject.lease_owner is null
                                            and coalesce(subject.claimable_at, excluded.claimable_at) >= excluded.claimable_at
                                           then excluded.claimable_at else subject.claimable_at end
                 where subject.due_at is null
                    or subject.claimable_at is null
                    or subject.lease_owner is null and subject.claimable_at > excluded.claimable_at
                returning id, source, tenant, subject)
            insert into event (source, event_id, type, tenant, subject_id, aspect, order_key, occurred_at, live, payload,
                               unreadable, received_at, trace_context)
            select f.source, f.event_id, f.type, f.tenant, coalesce(t.id, s.id), f.aspect, f.order_key, f.occurred_at,
                   f.live, f.payload, f.unreadable, f.received_at, f.trace_context
              from fresh f
              left join touched t on t.source = f.source and t.tenant = f.tenant and t.subject = f.subject
              left join subject s on s.source = f.source and s.tenant = f.tenant and s.subject = f.subject
             order by f.place
            on conflict (source, event_id) do nothing
            returning source, event_id
            """;

    @Override
    public String table(Rows rows) {
        String arrays = rows.columns().stream()
                .map(column -> "?::" + sqlType(column.type()) + "[]")
                .collect(Collectors.joining(", "));
        String names = rows.columns().stream().map(Rows.Column::name).collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") as v(" + names + ")";
    }

    @Override
    public int bind(PreparedStatement statement, int index, Rows rows) throws SQLException {
        int next = index;
        for (int column = 0; column < rows.columns().size(); column++) {
            Rows.Type type = rows.columns().get(column).type();
            Object[] values =
                    column(rows.values(), column, emptyArray(type, rows.values().size()));
            statement.setArray(next++, statement.getConnection().createArrayOf(sqlType(type), values));
        }
        return next;
    }

    private static Object[] column(List<Object[]> rows, int column, Object[] into) {
        for (int row = 0; row < into.length; row++) {
            into[row] = rows.get(row)[column];
        }
        return into;
    }

    private static Object[] emptyArray(Rows.Type type, int size) {
        return switch (type) {
            case BIGINT -> new Long[size];
            case TEXT -> new String[size];
            case FLAG -> new Boolean[size];
            case BYTES -> new byte[size][];
        };
    }

    private static String sqlType(Rows.Type type) {
        return switch (type) {
            case BIGINT -> "bigint";
            case TEXT -> "text";
            case FLAG -> "boolean";
            case BYTES -> "bytea";
        };
    }

    @Override
    public String lock(String table) {
        return "for update of " + table;
    }

    @Override
    public String skipLocked() {
        return "for update skip locked";
    }

    @Override
    public String pendingOfEachDue() {
        return """
            cross join lateral (
                select p.id, p.subject_id, length(p.payload) as bytes from event p
                 where p.subject_id = due.id and p.state = 'pending' order by p.id limit ?) e\
            """;
    }

    @Override
    public String relaxed() {
        return "cross join (select set_config('synchronous_commit', 'off', true) as mode offset 0) relaxed";
    }

    @Override
    public List<String> beforeStoring() {
        return List.of(PLAN_ONCE);
    }

    @Override
    public List<String> storeNewEvents() {
        return List.of(STORE);
    }

    /** Classes 22 (data), 23 (constraint) and 54 (limit) of <a href="https://www.postgresql.org/docs/17/errcodes-appendix.html">Appendix A</a>. */
    @Override
    public boolean refusesData(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    @Override
    public boolean isCollision(SQLException e) {
        return "40P01".equals(e.getSQLState()) || "40001".equals(e.getSQLState());
    }

    @Override
    public Optional<String> currentMillis() {
        return Optional.of("select (extract(epoch from clock_timestamp()) * 1000)::bigint");
    }

    @Override
    public boolean hasSingleWriter() {
        return false;
    }
}
