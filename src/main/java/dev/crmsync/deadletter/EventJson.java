package dev.crmsync.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.inbox.Waiting;

/** Events as JSON, for scripts. */
public final class EventJson {

    private static final JsonMapper JSON = new JsonMapper();

    private EventJson() {}

    /** A page, with {@code next} to go on. */
    public static ObjectNode page(EventPage page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var events = json.putArray("events");
        page.events().forEach(event -> events.add(line(event)));
        json.put("next", text(page.next()));
        json.put("searchedBackTo", text(page.searchedBackTo()));
        return json;
    }

    private static ObjectNode line(EventLine event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", event.id())
                .put("source", event.eventId().source())
                .put("eventId", event.eventId().value())
                .put("type", event.type())
                .put("tenant", event.tenant())
                .put("subject", event.subject())
                .put("live", event.live())
                .put("state", event.state().label())
                .put("reason", event.reason())
                .put("attempts", event.attempts())
                .put("receivedAt", text(event.receivedAt()))
                .put("finishedAt", text(event.finishedAt()));
        waiting(json, event.waiting());
        if (event.deadLetter() != null) {
            json.set("deadLetter", deadLetter(event.deadLetter()));
        }
        return json;
    }

    /** All that is known of an event. */
    public static ObjectNode details(EventDetails details) {
        StoredEvent stored = details.stored();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", stored.id())
                .put("source", stored.event().id().source())
                .put("eventId", stored.event().id().value())
                .put("type", stored.event().type())
                .put("tenant", stored.event().tenant())
                .put("subject", stored.event().subject())
                .put("state", stored.state().label())
                .put("reason", stored.reason())
                .put("receivedAt", text(stored.receivedAt()))
                .put("finishedAt", text(stored.finishedAt()));
        waiting(json, details.waiting());
        if (details.deadLetter() != null) {
            json.set("deadLetter", deadLetter(details.deadLetter()));
        }
        var attempts = json.putArray("failedAttempts");
        details.failures()
                .forEach(failure -> attempts.addObject()
                        .put("startedAt", text(failure.startedAt()))
                        .put("endedAt", text(failure.endedAt()))
                        .put("class", failure.errorClass())
                        .put("code", failure.errorCode())
                        .put("message", failure.message()));
        json.set("payload", tree(stored.hasPayload() ? stored.event().payload() : null));
        json.set("originalPayload", tree(details.originalPayload()));
        json.set("sent", tree(stored.upserts()));
        return json;
    }

    private static void waiting(ObjectNode json, Waiting waiting) {
        if (waiting != null) {
            json.put("nextTryAt", text(waiting.nextTryAt())).put("inFlight", waiting.inFlight());
        }
    }

    private static ObjectNode deadLetter(DeadLetter letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("class", letter.errorClass())
                .put("code", letter.errorCode())
                .put("field", letter.field())
                .put("message", letter.message())
                .put("route", letter.routeId())
                .put("remedy", letter.remedy())
                .put("failedAt", text(letter.failedAt()))
                .put("fingerprint", letter.fingerprint());
    }

    /** JSON text as JSON, null as null. */
    public static JsonNode tree(String text) {
        try {
            return text == null ? JsonNodeFactory.instance.nullNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
