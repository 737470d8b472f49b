package dev.crmsync.console;

import dev.crmsync.deadletter.Cursor;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.EventJson;
import dev.crmsync.deadletter.ReplayJob;
import dev.crmsync.deadletter.ReplayRequest;
import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same as the pages, for programs; described by {@code /api/openapi.json}. */
final class Api {

    private static final int PAGE_SIZE = 50;

    private final ConsoleData data;

    private Api(ConsoleData data) {
        this.data = data;
    }

    static void mount(Router router, Access access, ConsoleData data) {
        Api api = new Api(data);
        String description = StaticFiles.read("/console/openapi.json");
        router.route("/api/*").blockingHandler(access::requireApiUser, false);
        router.get("/api/openapi.json").handler(request -> json(request, 200, description));
        get(router, "/api/events", api::events);
        get(router, "/api/events/:id", api::event);
        get(router, "/api/failures", api::failures);
        get(router, "/api/replays", api::replays);
        get(router, "/api/replays/:id", api::replay);
        get(router, "/api/audit", api::audit);
        post(router, "/api/events/:id/replay", api::replayEvent);
        post(router, "/api/events/:id/discard", api::discardEvent);
        post(router, "/api/replays", api::createReplay);
        post(router, "/api/replays/:id/pause", request -> api.change(request, "pause"));
        post(router, "/api/replays/:id/resume", request -> api.change(request, "resume"));
        post(router, "/api/replays/:id/cancel", request -> api.change(request, "cancel"));
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.get(path).blockingHandler(handler, false);
    }

    private static void post(Router router, String path, Handler<RoutingContext> handler) {
        router.post(path).blockingHandler(handler, false);
    }

    private void events(RoutingContext request) {
        String before = request.queryParams().get("before");
        String size = request.queryParams().get("size");
        json(
                request,
                200,
                EventJson.page(data.deadLetters()
                        .history()
                        .page(
                                Forms.filter(request.queryParams()),
                                before == null ? null : Cursor.of(before),
                                size == null ? PAGE_SIZE : (int) Forms.number(size))));
    }

    private void event(RoutingContext request) {
        var details = data.deadLetters()
                .find(Forms.number(request.pathParam("id")))
                .orElseThrow(() -> new ConsoleException(404, "There is no such event."));
        json(request, 200, Masking.pretty(EventJson.details(details), Masking.BODIES));
    }

    private void failures(RoutingContext request) {
        JsonArray groups = new JsonArray();
        data.deadLetters()
                .groups()
                .list()
                .forEach(group -> groups.add(new JsonObject()
                        .put("fingerprint", group.fingerprint())
                        .put("class", group.errorClass())
                        .put("code", group.errorCode())
                        .put("field", group.field())
                        .put("route", group.routeId())
                        .put("remedy", group.remedy())
                        .put("dead", group.dead())
                        .put("total", group.total())
                        .put("firstSeen", group.firstSeen().toString())
                        .put("lastSeen", group.lastSeen().toString())
                        .put("state", group.state().label())
                        .put("reopened", group.reopened())
                        .put("owner", group.owner())
                        .put("note", group.note())));
        json(request, 200, new JsonObject().put("groups", groups).encodePrettily());
    }

    private void replays(RoutingContext request) {
        JsonArray jobs = new JsonArray();
        data.deadLetters().jobs().newest(100).forEach(job -> jobs.add(job(job)));
        json(request, 200, new JsonObject().put("replays", jobs).encodePrettily());
    }

    private void replay(RoutingContext request) {
        json(request, 200, job(find(request)).encodePrettily());
    }

    private ReplayJob find(RoutingContext request) {
        return data.deadLetters()
                .jobs()
                .find(Forms.number(request.pathParam("id")))
                .orElseThrow(() -> new ConsoleException(404, "There is no such replay."));
    }

    private static JsonObject job(ReplayJob job) {
        JsonObject filter = new JsonObject();
        job.filter().toMap().forEach(filter::put);
        return new JsonObject()
                .put("id", job.id())
                .put("name", job.name())
                .put("reason", job.reason())
                .put("createdBy", job.createdBy())
                .put("createdAt", job.createdAt().toString())
                .put("filter", filter)
                .put("rate", job.rate())
                .put("state", job.state().label())
                .put("matched", job.matched())
                .put("requeued", job.requeued())
                .put("skipped", job.skipped())
                .put("remaining", job.remaining())
                .put("waitsForLiveTraffic", job.yields());
    }

    private void audit(RoutingContext request) {
        JsonArray entries = new JsonArray();
        data.deadLetters()
                .audit()
                .newest(200)
                .forEach(entry -> entries.add(new JsonObject()
                        .put("at", entry.at().toString())
                        .put("who", entry.who())
                        .put("act", entry.act())
                        .put("reason", entry.reason())
                        .put("detail", entry.detail())
                        .put("events", entry.events())));
        json(request, 200, new JsonObject().put("entries", entries).encodePrettily());
    }

    private void replayEvent(RoutingContext request) {
        boolean done = data.deadLetters()
                .decisions()
                .replay(Forms.number(request.pathParam("id")), who(request), text(body(request), "reason"));
        json(request, done ? 200 : 409, new JsonObject().put("replayed", done).encode());
    }

    private void discardEvent(RoutingContext request) {
        boolean done = !data.deadLetters()
                .decisions()
                .discard(List.of(Forms.number(request.pathParam("id"))), who(request), text(body(request), "reason"))
                .isEmpty();
        json(request, done ? 200 : 409, new JsonObject().put("discarded", done).encode());
    }

    private void createReplay(RoutingContext request) {
        JsonObject body = body(request);
        Map<String, String> filter = new HashMap<>();
        body.getJsonObject("filter", new JsonObject())
                .forEach(part -> filter.put(part.getKey(), String.valueOf(part.getValue())));
        List<Long> chosen = body.getJsonArray("ids", new JsonArray()).stream()
                .map(id -> Forms.number(String.valueOf(id)))
                .toList();
        ReplayJob job = data.deadLetters()
                .jobs()
                .create(new ReplayRequest(
                        text(body, "name"),
                        text(body, "reason"),
                        who(request),
                        EventFilter.of(filter),
                        chosen,
                        body.getInteger("rate", ReplayRequest.DEFAULT_RATE)));
        json(request, 201, job(job).encodePrettily());
    }

    private void change(RoutingContext request, String act) {
        long id = find(request).id();
        boolean done =
                switch (act) {
                    case "pause" -> data.deadLetters().jobs().pause(id, who(request));
                    case "resume" -> data.deadLetters().jobs().resume(id, who(request));
                    default -> data.deadLetters().jobs().cancel(id, who(request));
                };
        json(request, done ? 200 : 409, job(find(request)).encodePrettily());
    }

    private static JsonObject body(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            throw new ConsoleException(415, "The body must be JSON.");
        }
        try {
            JsonObject body = request.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException malformed) {
            throw new ConsoleException(400, "The body is no JSON object.");
        }
    }

    private static String text(JsonObject body, String name) {
        if (body.getValue(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new ConsoleException(400, "Say the " + name + ".");
    }

    private static String who(RoutingContext request) {
        return Access.current(request).user().name();
    }

    private static void json(RoutingContext request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(json);
    }
}
