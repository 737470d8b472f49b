package dev.crmsync.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.deadletter.Cursor;
import dev.crmsync.deadletter.DeadLetter;
import dev.crmsync.deadletter.EventCount;
import dev.crmsync.deadletter.EventDetails;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.EventJson;
import dev.crmsync.deadletter.EventLine;
import dev.crmsync.deadletter.EventPage;
import dev.crmsync.deadletter.History;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Pause;
import dev.crmsync.inbox.Pauses;
import dev.crmsync.inbox.StoredEvent;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of events, and one event with all that is known of it. */
final class EventPages {

    private static final int PAGE_SIZE = 50;

    private final ConsoleData data;
    private final Renderer renderer;
    private final ConsoleSettings settings;

    EventPages(ConsoleData data, Renderer renderer, ConsoleSettings settings) {
        this.data = data;
        this.renderer = renderer;
        this.settings = settings;
    }

    void deadLetters(RoutingContext request) {
        list(request, "/dead-letters", Forms.filter(request.queryParams()).withState(EventState.DEAD));
    }

    void events(RoutingContext request) {
        list(request, "/events", Forms.filter(request.queryParams()));
    }

    private void list(RoutingContext request, String path, EventFilter filter) {
        History history = data.deadLetters().history();
        Cursor before = before(request);
        EventPage found = history.page(filter, before, PAGE_SIZE);
        EventCount count = before == null ? history.count(filter, found) : history.count(filter);
        boolean isDead = path.equals("/dead-letters");
        Map<String, Object> model = new HashMap<>();
        model.put("path", path);
        model.put("filter", filter);
        model.put("query", filter.toQuery());
        model.put("found", found);
        model.put("count", count);
        model.put("sources", history.sources());
        model.put(
                "states",
                Arrays.stream(EventState.values()).map(EventState::label).toList());
        model.put("alike", alike(found));
        renderer.render(
                request, "events", isDead ? "Dead letters" : "Events", isDead ? "dead-letters" : "events", model);
    }

    private static Cursor before(RoutingContext request) {
        String before = request.queryParams().get("before");
        return before == null || before.isBlank() ? null : Cursor.of(before);
    }

    /** Dead letters by fingerprint, of those that the page shows. */
    private Map<String, Long> alike(EventPage found) {
        return data.deadLetters()
                .groups()
                .dead(found.events().stream()
                        .map(EventLine::deadLetter)
                        .filter(letter -> letter != null && letter.fingerprint() != null)
                        .map(DeadLetter::fingerprint)
                        .collect(Collectors.toSet()));
    }

    void event(RoutingContext request) {
        EventDetails details = find(request);
        StoredEvent stored = details.stored();
        boolean revealed = Access.current(request).isRevealed(stored.id());
        EventFilter ofSubject = EventFilter.ANY.withSubject(stored.event().subject());
        Map<String, Object> model = new HashMap<>();
        model.put("details", details);
        model.put("revealed", revealed);
        model.put("payload", Masking.pretty(stored.hasPayload() ? stored.event().payload() : null, revealed));
        model.put("original", Masking.pretty(details.originalPayload(), revealed));
        model.put("sent", RecordView.of(stored.upserts(), revealed));
        model.put("links", links(stored));
        model.put(
                "others",
                data.deadLetters().history().page(ofSubject, null, 20).events().stream()
                        .filter(line -> line.id() != stored.id())
                        .toList());
        model.put("alike", alike(details));
        model.put("subjectQuery", ofSubject.toQuery());
        model.put("pause", pause(stored));
        renderer.render(request, "event", stored.event().type(), "events", model);
    }

    /** What holds back the delivery of a pending event, or null. */
    private Pause pause(StoredEvent stored) {
        Set<String> scopes =
                Set.of(Pause.ALL, Pauses.scopeOfSource(stored.event().id().source()));
        return data.inbox().pauses().list().stream()
                .filter(pause -> scopes.contains(pause.scope()))
                .findFirst()
                .orElse(null);
    }

    EventDetails find(RoutingContext request) {
        return data.deadLetters()
                .find(Forms.number(request.pathParam("id")))
                .orElseThrow(() -> new ConsoleException(404, "There is no such event; retention may have removed it."));
    }

    private long alike(EventDetails details) {
        if (details.deadLetter() == null
                || details.deadLetter().fingerprint() == null
                || details.stored().state() != EventState.DEAD) {
            return 0;
        }
        String fingerprint = details.deadLetter().fingerprint();
        return data.deadLetters().groups().dead(List.of(fingerprint)).getOrDefault(fingerprint, 0L);
    }

    /** The records in Salesforce, by name and address. */
    private Map<String, String> links(StoredEvent stored) {
        Map<String, String> links = new HashMap<>();
        if (settings.salesforceUrl() != null) {
            for (JsonNode record : EventJson.tree(stored.upserts())) {
                String id = record.path("id").asText("");
                if (id.matches("[A-Za-z0-9]{15}|[A-Za-z0-9]{18}")) {
                    links.put(record.path("object").asText() + " " + id, settings.salesforceUrl() + "/" + id);
                }
            }
        }
        return links;
    }
}
