package dev.crmsync.console;

import dev.crmsync.deadletter.AuditEntry;
import dev.crmsync.deadletter.Cursor;
import dev.crmsync.deadletter.EventDetails;
import dev.crmsync.deadletter.EventJson;
import dev.crmsync.deadletter.PendingEvents;
import dev.crmsync.inbox.Interventions;
import dev.crmsync.inbox.StoredEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Events, and what is done with single ones. */
final class EventsApi {

    private static final int PAGE_SIZE = 50;
    private static final int MOST_IDS = 1_000;

    private final ConsoleData data;

    EventsApi(ConsoleData data) {
        this.data = data;
    }

    void mount(Api api) {
        api.get("/api/events", this::list);
        api.get("/api/events.csv", new EventExport(data)::export);
        api.post("/api/events/discard", this::discardMany);
        api.get("/api/events/:id", this::event);
        api.post("/api/events/:id/preview", this::preview);
        api.post("/api/events/:id/replay", this::replay);
        api.post("/api/events/:id/discard", this::discard);
        api.post("/api/events/:id/end", this::end);
        api.post("/api/events/:id/reset-order", this::resetOrder);
        api.post("/api/events/:id/reveal", this::reveal);
    }

    private void list(RoutingContext request) {
        String before = request.queryParams().get("before");
        String size = request.queryParams().get("size");
        Api.json(
                request,
                200,
                EventJson.page(data.deadLetters()
                                .history()
                                .page(
                                        Forms.filter(request.queryParams()),
                                        before == null ? null : Cursor.of(before),
                                        size == null ? PAGE_SIZE : (int) Forms.number(size)))
                        .toPrettyString());
    }

    private void event(RoutingContext request) {
        Api.json(request, 200, Masking.bodies(EventJson.details(find(request))).toPrettyString());
    }

    private EventDetails find(RoutingContext request) {
        return data.deadLetters()
                .find(Forms.number(request.pathParam("id")))
                .orElseThrow(() -> new ConsoleException(404, "There is no such event."));
    }

    /** Of its own payload what would be sent is masked; who brings another one knows it. */
    private void preview(RoutingContext request) {
        StoredEvent event = find(request).stored();
        String edited = JsonBody.of(request).object("payload");
        var preview = data.preview().of(event, edited == null ? event.event().payload() : edited);
        Api.json(
                request,
                200,
                new JsonObject()
                        .put("outcome", preview.outcome())
                        .put("reason", preview.reason())
                        .put(
                                "records",
                                preview.records() == null
                                        ? null
                                        : new JsonArray(Masking.records(preview.records(), edited != null)
                                                .toString())));
    }

    private void replay(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        String reason = body.required("reason");
        String edited = body.object("payload");
        StoredEvent event = find(request).stored();
        var decisions = data.deadLetters().decisions();
        boolean done = edited == null
                ? decisions.replay(event.id(), Access.who(request), reason)
                : decisions.replayEdited(event, edited, Access.who(request), reason);
        Api.json(request, done ? 200 : 409, new JsonObject().put("replayed", done));
    }

    private void discard(RoutingContext request) {
        String reason = JsonBody.of(request).required("reason");
        boolean done = !data.deadLetters()
                .decisions()
                .discard(List.of(find(request).stored().id()), Access.who(request), reason)
                .isEmpty();
        Api.json(request, done ? 200 : 409, new JsonObject().put("discarded", done));
    }

    private void end(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        String reason = body.required("reason");
        String as = body.required("as");
        long id = find(request).stored().id();
        PendingEvents pending = data.deadLetters().pending();
        Interventions.Result result =
                switch (as) {
                    case "dead" -> pending.bury(id, Access.who(request), reason);
                    case "discarded" -> pending.discard(id, Access.who(request), reason);
                    default ->
                        throw new ConsoleException(400, "An event is ended as dead or discarded, not as '" + as + "'.");
                };
        answer(request, result, "ended", new JsonObject());
    }

    private void resetOrder(RoutingContext request) {
        String reason = JsonBody.of(request).required("reason");
        long id = find(request).stored().id();
        Interventions.Reset reset = data.deadLetters().pending().resetOrder(id, Access.who(request), reason);
        JsonObject json = new JsonObject();
        if (reset.result() == Interventions.Result.DONE) {
            JsonArray records = new JsonArray();
            reset.records()
                    .forEach(record -> records.add(new JsonObject()
                            .put("object", record.object())
                            .put("keyField", record.keyField())
                            .put("key", record.key())));
            json.put("records", records).put("forgotten", PendingEvents.forgotten(reset));
        }
        answer(request, reset.result(), "reset", json);
    }

    private static void answer(RoutingContext request, Interventions.Result result, String what, JsonObject json) {
        boolean done = result == Interventions.Result.DONE;
        json.put(what, done);
        if (!done) {
            json.put("inFlight", result == Interventions.Result.IN_FLIGHT).put("error", PendingEvents.whyNot(result));
        }
        Api.json(request, done ? 200 : 409, json);
    }

    private void discardMany(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        List<Long> ids = body.ids();
        if (ids.isEmpty() || ids.size() > MOST_IDS) {
            throw new ConsoleException(400, "Give 1 to " + MOST_IDS + " ids, were: " + ids.size() + ".");
        }
        Set<Long> discarded = data.deadLetters().decisions().discard(ids, Access.who(request), body.required("reason"));
        Api.json(
                request,
                200,
                new JsonObject()
                        .put(
                                "discarded",
                                new JsonArray(discarded.stream().sorted().toList()))
                        .put("leftAlone", ids.stream().distinct().count() - discarded.size()));
    }

    /** Asking for it is the act: it is in the audit before the answer. */
    private void reveal(RoutingContext request) {
        String reason = JsonBody.of(request).required("reason");
        EventDetails details = find(request);
        data.deadLetters()
                .audit()
                .record(new AuditEntry(
                        null,
                        Access.who(request),
                        "reveal payload",
                        reason,
                        "event " + details.stored().id(),
                        1));
        Api.json(request, 200, EventJson.details(details).toPrettyString());
    }
}
