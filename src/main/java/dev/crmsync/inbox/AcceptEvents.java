package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Stores received events, each once, and makes their subjects due. */
final class AcceptEvents {

    private static final String KNOWN = """
            select e.source, e.event_id from {rows} cross join event e
             where e.source = v.source and e.event_id = v.event_id
            """;

    private static final String STORE = """
            insert into event (source, event_id, type, tenant, subject_id, aspect, order_key, occurred_at, live, payload,
                               unreadable, received_at, trace_context)
            select v.source, v.event_id, v.type, v.tenant, v.subject_id, v.aspect, v.order_key, v.occurred_at, v.live,
                   v.payload, v.unreadable, ?, v.trace_context
              from {rows} where true
            on conflict (source, event_id) do nothing
            returning source, event_id
            """;

    private static final int MAX_NAME = 256;
    private static final int MAX_KEY = 512;
    private static final int MAX_REASON = 2_000;

    private final Database database;
    private final PayloadCipher cipher;
    private final Clock clock;

    AcceptEvents(Database database, PayloadCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** One transaction for all, unless the database refuses one of them: then one for each. In the order given. */
    List<Acceptance> accept(List<Received> batch) {
        Map<EventId, Received> storable = new LinkedHashMap<>();
        for (Received received : batch) {
            if (problem(received.event()) == null) {
                storable.putIfAbsent(received.event().id(), received);
            }
        }
        Map<EventId, Acceptance> stored = storeIsolated(storable.values());
        List<Acceptance> results = new ArrayList<>();
        for (Received received : batch) {
            EventId id = received.event().id();
            String problem = problem(received.event());
            Acceptance first = stored.get(id);
            results.add(problem == null ? first : Acceptance.refused(id, problem));
            if (problem == null && first.kind() == Acceptance.Kind.NEW) {
                stored.put(id, Acceptance.DUPLICATE);
            }
        }
        return results;
    }

    private Map<EventId, Acceptance> storeIsolated(Collection<Received> batch) {
        try {
            return batch.isEmpty() ? Map.of() : database.inTransaction(session -> store(session, batch));
        } catch (RefusedDataException e) {
            Map<EventId, Acceptance> results = new LinkedHashMap<>();
            for (Received received : batch) {
                EventId id = received.event().id();
                try {
                    results.putAll(database.inTransaction(session -> store(session, List.of(received))));
                } catch (RefusedDataException refused) {
                    results.put(id, Acceptance.refused(id, refused.getMessage()));
                }
            }
            return results;
        }
    }

    private Map<EventId, Acceptance> store(Session session, Collection<Received> batch) throws SQLException {
        Set<EventId> known = known(session, batch);
        List<Received> fresh = batch.stream()
                .filter(received -> !known.contains(received.event().id()))
                .toList();
        Set<EventId> stored = fresh.isEmpty() ? Set.of() : insert(session, fresh);
        Map<EventId, Acceptance> results = new LinkedHashMap<>();
        for (Received received : batch) {
            EventId id = received.event().id();
            results.put(id, stored.contains(id) ? Acceptance.NEW : Acceptance.DUPLICATE);
        }
        return results;
    }

    private static Set<EventId> known(Session session, Collection<Received> batch) throws SQLException {
        Rows ids = Rows.of(Rows.text("source"), Rows.text("event_id"));
        batch.forEach(received ->
                ids.add(received.event().id().source(), received.event().id().value()));
        return new HashSet<>(session.query(KNOWN, row -> new EventId(row.getString(1), row.getString(2)), ids));
    }

    private Set<EventId> insert(Session session, List<Received> fresh) throws SQLException {
        long now = clock.millis();
        Map<SubjectKey, Long> subjects = Subjects.touch(
                session,
                fresh.stream().map(received -> SubjectKey.of(received.event())).toList(),
                now);
        Rows rows = columns();
        for (Received received : fresh) {
            Event event = received.event();
            rows.add(
                    event.id().source(),
                    event.id().value(),
                    event.type(),
                    event.tenant(),
                    subjects.get(SubjectKey.of(event)),
                    event.aspect(),
                    event.orderKey().value(),
                    event.occurredAt().toEpochMilli(),
                    event.live(),
                    cipher.seal(event.payload(), event.id().toString()),
                    Texts.storable(event.unreadable(), MAX_REASON),
                    received.traceContext());
        }
        return new HashSet<>(session.query(STORE, row -> new EventId(row.getString(1), row.getString(2)), now, rows));
    }

    private static Rows columns() {
        return Rows.of(
                Rows.text("source"),
                Rows.text("event_id"),
                Rows.text("type"),
                Rows.text("tenant"),
                Rows.bigint("subject_id"),
                Rows.text("aspect"),
                Rows.text("order_key"),
                Rows.bigint("occurred_at"),
                Rows.flag("live"),
                Rows.bytes("payload"),
                Rows.text("unreadable"),
                Rows.text("trace_context"));
    }

    /** Why the event cannot be stored under its own names, or null. */
    private static String problem(Event event) {
        return Stream.of(
                        Texts.problem("source", event.id().source(), MAX_NAME),
                        Texts.problem("event id", event.id().value(), EventId.MAX_LENGTH),
                        Texts.problem("type", event.type(), MAX_NAME),
                        Texts.problem("tenant", event.tenant(), MAX_NAME),
                        Texts.problem("subject", event.subject(), MAX_KEY),
                        Texts.problem("aspect", event.aspect(), MAX_NAME),
                        Texts.problem("order key", event.orderKey().value(), MAX_KEY))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
