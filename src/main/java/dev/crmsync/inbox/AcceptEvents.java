package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Stores received events, each once, and makes their subjects due. */
final class AcceptEvents {

    private static final int MAX_NAME = 256;
    private static final int MAX_KEY = 512;

    /** What must be stored exactly as it is. */
    private record Name(String name, Function<Event, String> of, int longest) {}

    private static final List<Name> NAMES = List.of(
            new Name("source", event -> event.id().source(), MAX_NAME),
            new Name("event id", event -> event.id().value(), EventId.MAX_LENGTH),
            new Name("type", Event::type, MAX_NAME),
            new Name("tenant", Event::tenant, MAX_NAME),
            new Name("subject", Event::subject, MAX_KEY),
            new Name("aspect", Event::aspect, MAX_NAME),
            new Name("order key", event -> event.orderKey().value(), MAX_KEY));

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
        Map<EventId, Acceptance> refused = new HashMap<>();
        for (Received received : batch) {
            EventId id = received.event().id();
            String problem = problem(received.event());
            if (problem == null) {
                storable.putIfAbsent(id, received);
            } else {
                refused.put(id, Acceptance.refused(id, problem));
            }
        }
        Map<EventId, Acceptance> stored = storeIsolated(storable.values());
        List<Acceptance> results = new ArrayList<>();
        for (Received received : batch) {
            EventId id = received.event().id();
            boolean first = storable.get(id) == received;
            results.add(storable.containsKey(id) ? first ? stored.get(id) : Acceptance.DUPLICATE : refused.get(id));
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
        Set<EventId> stored = session.storeNewEvents(EventRows.of(batch, cipher, clock.millis()));
        Map<EventId, Acceptance> results = new LinkedHashMap<>();
        for (Received received : batch) {
            EventId id = received.event().id();
            results.put(id, stored.contains(id) ? Acceptance.NEW : Acceptance.DUPLICATE);
        }
        return results;
    }

    /** Why the event cannot be stored under its own names, or null. */
    private static String problem(Event event) {
        String problem = null;
        for (Name name : NAMES) {
            if (problem == null) {
                problem = Texts.problem(name.name(), name.of().apply(event), name.longest());
            }
        }
        return problem;
    }
}
