package dev.crmsync.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leases due subjects, those that wait longest first. */
final class ClaimSubjects {

    private static final String DUE = """
            select s.id, s.fence, s.tenant, s.subject, s.applied, s.delivered_before, s.unsettled, s.tried_alone, s.kept,
                   s.adopted
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
            update subject set fence = v.fence, lease_owner = ?, claimable_at = ?, due_at = v.due_at,
                   unsettled = subject.unsettled + 1
              from {rows} where subject.id = v.id
            """;

    private static final String NOTHING_WAITS = """
            update subject set claimable_at = null, due_at = null, lease_owner = null, unsettled = 0, tried_alone = null
              from {rows} where subject.id = v.id
            """;

    /** @param triedAlone the event that was tried alone and not settled, or 0 */
    private record Due(
            long id,
            long fence,
            String tenant,
            String subject,
            AppliedKeys applied,
            AppliedKeys adopted,
            boolean delivered,
            Handling handling,
            long triedAlone) {}

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
        return database.inTransaction(session -> {
            Instant now = Instant.ofEpochMilli(clock.millis());
            List<Due> due;
            List<SubjectClaim> claims;
            do {
                due = suspectsFirst(due(session, request, now.toEpochMilli()));
                claims = due.isEmpty() ? List.of() : claim(session, request, due, now);
            } while (claims.isEmpty() && !due.isEmpty());
            return claims;
        });
    }

    /** @return none when nothing waits for any of them: then they are due no longer */
    private List<SubjectClaim> claim(Session session, ClaimRequest request, List<Due> due, Instant now)
            throws SQLException {
        Map<Long, Waiting> waiting = waiting(session, request, due);
        Instant leaseUntil = now.plus(request.lease());
        Rows leased = Rows.of(Rows.bigint("id"), Rows.bigint("fence"), Rows.bigint("due_at"));
        List<SubjectClaim> claims = new ArrayList<>();
        for (Due subject : due) {
            Waiting ofSubject = waiting.get(subject.id());
            if (ofSubject != null) {
                SubjectClaim claim = claim(request, subject, leaseUntil, ofSubject);
                leased.add(subject.id(), subject.fence() + 1, isSuspect(claim) ? now.toEpochMilli() : null);
                claims.add(claim);
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
                        AppliedKeys.adopted(row),
                        row.getBoolean(6),
                        Handling.after(row.getInt(7)),
                        row.getLong(8)),
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
        Instant receivedAt = Instant.ofEpochMilli(row.getLong("received_at"));
        Instant pendingSince = Instant.ofEpochMilli(row.getLong("pending_since"));
        boolean isReplay = pendingSince.isAfter(receivedAt);
        return new ClaimedEvent(
                row.getLong("id"),
                isReplay ? DatedAhead.asReceived(opened.event(), receivedAt) : opened.event(),
                opened.sealed(),
                row.getInt("attempts"),
                receivedAt,
                pendingSince,
                row.getString("trace_context"),
                ParsedSize.of(opened.event().payload()));
    }

    /**
     * What ends the process again and again must be found without taking others along: those to be tried alone come before
     * those to be isolated, and these before all others.
     */
    private static List<Due> suspectsFirst(List<Due> due) {
        Handling handling =
                due.stream().map(Due::handling).max(Comparator.naturalOrder()).orElse(Handling.NORMAL);
        return switch (handling) {
            case NORMAL -> due;
            case ISOLATED -> first(Handling.ISOLATED_TOGETHER, handling, due);
            default -> first(1, handling, due);
        };
    }

    private static List<Due> first(int most, Handling handling, List<Due> due) {
        return due.stream()
                .filter(subject -> subject.handling() == handling)
                .limit(most)
                .toList();
    }

    /** It is looked at once more when nothing waits: then it is none any longer. */
    private static boolean isSuspect(SubjectClaim claim) {
        return claim.handling().compareTo(Handling.ALONE) >= 0;
    }

    private static SubjectClaim claim(ClaimRequest request, Due due, Instant leaseUntil, Waiting waiting) {
        List<ClaimedEvent> ordered =
                PendingOrder.of(within(ClaimRequest.MAX_PARSED_BYTES_PER_SUBJECT, waiting.events()));
        List<ClaimedEvent> events = ordered;
        Handling handling = due.handling();
        if (handling == Handling.ALONE) {
            Optional<ClaimedEvent> triedAlone = ordered.stream()
                    .filter(event -> event.id() == due.triedAlone())
                    .findFirst();
            handling = triedAlone.isPresent() ? Handling.GIVE_UP : handling;
            events = List.of(triedAlone.orElseGet(() -> leastTried(ordered)));
        }
        return new SubjectClaim(
                due.id(),
                due.fence() + 1,
                request.source(),
                due.tenant(),
                due.subject(),
                leaseUntil,
                due.applied(),
                due.adopted(),
                due.delivered(),
                handling,
                ordered.size() == waiting.ofSubject() && ordered.size() < ClaimRequest.MAX_EVENTS_PER_SUBJECT,
                events);
    }

    /** The first of them that take no more than that once parsed, or the first alone. */
    private static List<ClaimedEvent> within(long parsedBytes, List<ClaimedEvent> waiting) {
        long bytes = 0;
        for (int i = 0; i < waiting.size(); i++) {
            bytes += waiting.get(i).parsedBytes();
            if (i > 0 && bytes > parsedBytes) {
                return waiting.subList(0, i);
            }
        }
        return waiting;
    }

    /** One that fails for now must not keep the others from being tried. */
    private static ClaimedEvent leastTried(List<ClaimedEvent> events) {
        return Collections.min(events, Comparator.comparingInt(ClaimedEvent::attempts));
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
