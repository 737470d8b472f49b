package dev.crmsync.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Fills the tables with what months of operation leave: events of three sources over 30 days and a busy last half hour,
 * of which every twentieth is a dead letter, with the failed attempts, jobs and audit that belong to it.
 */
final class LargeHistory {

    private static final String SUBJECTS = """
            insert into subject (source, tenant, subject, applied, delivered_before)
            select (array['pivotal', 'emporix', 'plain'])[1 + i %% 3], 'acme', 'customer:cus_' || i,
                   case when i %% 4 = 0 then '{}' else
                     '{"keys":{"state":"t2026-0' || 1 + i %% 9 || '-15T10:00:00.000000000Z"},"tombstone":false}' end, true
              from generate_series(0, %d) i
            """;

    private static final String EVENTS = """
            with made as (
              select i, s.id as subject_id, s.source, i %% 20 = 7 as dead, random() as luck,
                     (extract(epoch from now()) * 1000)::bigint - case when i > %1$d - 20000
                       then (random() * 1800000)::bigint else 1800000 + ((%1$d - i) * 2592000000.0 / %1$d)::bigint end as at
                from generate_series(1, %1$d) i
                join subject s on s.id = 1 + (i * 7919::bigint) %% (select count(*) from subject))
            insert into event (source, event_id, type, tenant, subject_id, aspect, order_key, occurred_at, live, payload,
                               state, reason, attempts, received_at, finished_at, upserts)
            select source, 'evt_' || i, (array['customer.updated', 'customer.created', 'customer.at_risk', 'contact.created',
                     'customer.deleted', 'task.completed'])[1 + (luck * 6)::int %% 6], 'acme', subject_id, 'state',
                   't2026-0' || 1 + i %% 9 || '-20T10:00:00.000000000Z', at, i %% 50 > 0,
                   '\\000'::bytea || convert_to('{"id":"evt_' || i || '","type":"customer.updated","org_id":"acme","livemode":true,"data":{"object":'
                     || '{"id":"cus_' || subject_id || '","name":"Customer number ' || i || '","owner_email":"owner@example.com",'
                     || '"notes":"' || repeat(md5(i::text), 8) || '"}}}', 'UTF8'),
                   case when dead then 'dead' when i %% 200 = 3 then 'pending' when luck < 0.08 then 'superseded'
                     when luck < 0.15 then 'ignored' else 'delivered' end,
                   case when not dead and luck < 0.15 then 'no route' end, 1, at,
                   case when i %% 200 = 3 then null else at + 150 + (luck * 400)::int end,
                   case when not dead and luck >= 0.15 then '\\000'::bytea || convert_to('[{"object":"Account","id":"001000000000000AAA"}]', 'UTF8') end
              from made
            """;

    /** Of those that are dead, and of as many again that were. */
    private static final String DEAD_LETTERS = """
            insert into dead_letter (event_id, error_class, error_code, field, message, route_id, remedy, failed_at, fingerprint)
            select e.id, 'permanent', code, field, 'Account Name: data value too large: ' || md5(e.id::text),
                   source || '-customer', 'Shorten the value at its source, or cut it in the mapping; then replay.',
                   e.received_at + 200, code || '|' || field || '|' || source || '-customer'
              from (select *, (array['STRING_TOO_LONG', 'INVALID_EMAIL_ADDRESS', 'DUPLICATES_DETECTED',
                                     'REQUIRED_FIELD_MISSING'])[1 + (random() * random() * 4)::int %% 4] as code,
                           (array['Name', 'Email', 'Phone', 'Title'])[1 + (random() * 4)::int %% 4] as field
                      from event where state = 'dead' or id %% 20 = 9) e
            """;

    private static final String ATTEMPTS = """
            insert into attempt (event_id, number, started_at, ended_at, error_class, error_code, message)
            select d.event_id, n, d.failed_at - 50, d.failed_at, d.error_class, d.error_code, d.message
              from dead_letter d cross join generate_series(1, 2) n
            """;

    private static final List<String> REST = List.of(
            """
            insert into audit (at, who, act, reason, detail, events)
            select 1790000000000 + i, 'ann', 'discard', 'a test customer', 'event ' || i, 1 from generate_series(1, 100000) i
            """,
            """
            insert into replay_job (name, reason, created_by, created_at, filter, rate, state, matched, requeued, next_at)
            select 'incident ' || i, 'repaired', 'ann', i, '{"state":"dead"}', 50, 'done', 100, 100, 0
              from generate_series(1, 300) i
            """,
            """
            update subject set due_at = 1, claimable_at = 1
             where id in (select subject_id from event where state = 'pending')
            """,
            "vacuum analyze");

    private LargeHistory() {}

    /** @param events how many; there are five to a subject */
    static void fill(Connection connection, int events) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SUBJECTS.formatted(events / 5 - 1));
            statement.execute("analyze subject");
            statement.execute(EVENTS.formatted(events));
            statement.execute(DEAD_LETTERS.formatted());
            statement.execute(ATTEMPTS);
            for (String sql : REST) {
                statement.execute(sql);
            }
        }
    }
}
