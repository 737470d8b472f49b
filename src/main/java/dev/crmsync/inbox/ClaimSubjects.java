package dev.crmsync.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leases due subjects, those that wait longest first. */
final class ClaimSubjects {

    private static final String DUE = """
            select s.id, s.fence, s.tenant, s.subject, s.applied, s.delivered_before
              from subject s
             where s.source = ? and s.claimable_at <= ?
               and not exists (select 1 from pause p
                                where p.scope in ('all', ?) and (p.until_at is null or p.until_at > ?))
             order by s.claimable_at limit ? {skip-locked}
            """;

    // Of each subject the first events, as many as always, so that a claim after a crash carries what the claim before
    // it
    // carried; and each subject whole or not at all. The window without "rows" counts all events of a subject at once.
    private static final String WAITING = """
            with due as (select v.id, v.place from {rows}),
            waiting as (
              select e.id, e.subject_id, due.place, e.bytes,
                     row_number() over of_subject as number,
                     sum(e.bytes) over of_subject as bytes_of_subject,
                     count(*) over (partition by e.subject_id) as of_subject
                from due {pending-of-each-due}
              window of_subject as (partition by e.subject_id order by e.id)),
            carried as (
              select w.id, w.subject_id, w.place, w.of_subject,
                     count(*) over (order by w.place) as events,
                     sum(w.bytes) over (order by w.place) as bytes,
                     min(w.place) over () as first_place,
                     count(*) over () as of_all
                from waiting w where w.number = 1 or w.bytes_of_subject <= ?)
            select carried.of_subject, carried.of_all, carried.subject_id, %s
              from carried cross join event e
             where e.id = carried.id
               and (carried.place = carried.first_place or (carried.events <= ? and carried.bytes <= ?))
             order by carried.place, carried.id
            """.formatted(EventColumns.LIST);

    private static final String LEASE = """
            update subject set fence = v.fence, lease_owner = ?, claimable_at = ?, due_at = v.due_at
              from {rows} where subject.id = v.id
            """;

    private static final String NOTHING_WAITS = """
            update subject set claimable_at = null, due_at = null, lease_owner = null
              from {rows} where subject.id = v.id
            """;

    private record Due(long id, long fence, String tenant, String subject, AppliedKeys applied, boolean delivered) {}

    private record Waiting(long ofSubject, long ofAll, List<ClaimedEvent> events) {}

    private final Database database;
    private final EventColumns columns;
    private final Clock clock;

    ClaimSubjects(Database database, PayloadCipher cipher, Clock clock) {
        this.database = database;
        this.columns = new EventColumns(cipher);
        this.clock = clock;
    }

    List<SubjectClaim> claim(ClaimRequest request) {
        return database.inTransaction(session -> claim(session, request));
    }

    private List<SubjectClaim> claim(Session session, ClaimRequest request) throws SQLException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<Due> due = due(session, request, now.toEpochMilli());
        if (due.isEmpty()) {
            return List.of();
        }
        Map<Long, Waiting> waiting = waiting(session, request, due);
        Instant leaseUntil = now.plus(request.lease());
        Rows leased = Rows.of(Rows.bigint("id"), Rows.bigint("fence"), Rows.bigint("due_at"));
        List<SubjectClaim> claims = new ArrayList<>();
        for (Due subject : due) {
            Waiting ofSubject = waiting.get(subject.id());
            if (ofSubject != null) {
                leased.add(subject.id(), subject.fence() + 1, isAll(ofSubject) ? null : now.toEpochMilli());
                claims.add(claim(request, subject, leaseUntil, ofSubject.events()));
            }
        }
        if (!leased.isEmpty()) {
            session.update(LEASE, request.owner(), leaseUntil.toEpochMilli(), leased);
        }
        clearIdle(session, due, waiting);
        return claims;
    }

    private static List<Due> due(Session session, ClaimRequest request, long now) throws SQLException {
        return session.query(
                DUE,
                row -> new Due(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        AppliedKeys.ofJson(row.getString(5)),
                        row.getBoolean(6)),
                request.source(),
                now,
                Pauses.scopeOfSource(request.source()),
                now,
                request.maxSubjects());
    }

    private Map<Long, Waiting> waiting(Session session, ClaimRequest request, List<Due> due) throws SQLException {
        Rows rows = Rows.of(Rows.bigint("id"), Rows.bigint("place"));
        Map<Long, String> subjects = new LinkedHashMap<>();
        for (Due subject : due) {
            rows.add(subject.id(), (long) rows.values().size());
            subjects.put(subject.id(), subject.subject());
        }
        Map<Long, Waiting> waiting = new LinkedHashMap<>();
        session.query(
                WAITING,
                row -> {
                    long id = row.getLong("subject_id");
                    long ofSubject = row.getLong("of_subject");
                    long ofAll = row.getLong("of_all");
                    return waiting.computeIfAbsent(id, any -> new Waiting(ofSubject, ofAll, new ArrayList<>()))
                            .events()
                            .add(claimed(row, subjects.get(id)));
                },
                rows,
                ClaimRequest.MAX_EVENTS_PER_SUBJECT,
                ClaimRequest.MAX_BYTES_PER_SUBJECT,
                request.maxEvents(),
                request.maxBytes());
        return waiting;
    }

    private ClaimedEvent claimed(ResultSet row, String subject) throws SQLException {
        EventColumns.Opened opened = columns.read(row, subject);
        return new ClaimedEvent(
                row.getLong("id"),
                opened.event(),
                opened.sealed(),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                Instant.ofEpochMilli(row.getLong("pending_since")),
                row.getString("trace_context"));
    }

    private static boolean isAll(Waiting waiting) {
        return waiting.events().size() == waiting.ofSubject()
                && waiting.ofSubject() < ClaimRequest.MAX_EVENTS_PER_SUBJECT;
    }

    private static SubjectClaim claim(ClaimRequest request, Due due, Instant leaseUntil, List<ClaimedEvent> events) {
        return new SubjectClaim(
                due.id(),
                due.fence() + 1,
                request.source(),
                due.tenant(),
                due.subject(),
                leaseUntil,
                due.applied(),
                due.delivered(),
                PendingOrder.of(events));
    }

    /** Subjects for which nothing waits any more; where the limits cut the list short, that is not known. */
    private static void clearIdle(Session session, List<Due> due, Map<Long, Waiting> waiting) throws SQLException {
        long read = waiting.values().stream()
                .mapToLong(ofSubject -> ofSubject.events().size())
                .sum();
        boolean isCut = waiting.values().stream().anyMatch(ofSubject -> ofSubject.ofAll() > read);
        Rows idle = Rows.ofIds(
                due.stream().map(Due::id).filter(id -> !waiting.containsKey(id)).toList());
        if (!isCut && !idle.isEmpty()) {
            session.update(NOTHING_WAITS, idle);
        }
    }
}
