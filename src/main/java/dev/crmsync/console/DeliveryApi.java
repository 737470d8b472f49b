package dev.crmsync.console;

import dev.crmsync.inbox.Pause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** How delivery stands; holding it back and letting it go. */
final class DeliveryApi {

    private final ConsoleData data;
    private final DeliveryPauses pauses;
    private final SourceCards cards;

    DeliveryApi(ConsoleData data) {
        this.data = data;
        this.pauses = new DeliveryPauses(data);
        this.cards = new SourceCards(data);
    }

    void mount(Api api) {
        api.get("/api/overview", this::overview);
        api.get("/api/pauses", request -> Api.json(request, 200, new JsonObject().put("pauses", pauses())));
        api.post("/api/pauses", this::pause);
        api.post("/api/pauses/end", this::resume);
    }

    private void overview(RoutingContext request) {
        JsonArray sources = new JsonArray();
        cards.of(pauses.list()).forEach(card -> sources.add(source(card)));
        SalesforceStatus.Figures salesforce = data.salesforce().now();
        Api.json(
                request,
                200,
                new JsonObject()
                        .put("minutes", Chart.MINUTES)
                        .put("sources", sources)
                        .put("pauses", pauses())
                        .put(
                                "salesforce",
                                new JsonObject()
                                        .put("login", salesforce.login())
                                        .put("callsUsed", salesforce.callsUsed())
                                        .put(
                                                "callsAllowed",
                                                salesforce.callsAllowed() == 0 ? null : salesforce.callsAllowed())
                                        .put("callsSinceStart", salesforce.calls())
                                        .put("rowsPerCall", salesforce.rowsPerCall())));
    }

    private static JsonObject source(SourceCard card) {
        JsonObject source = new JsonObject()
                .put("source", card.source())
                .put("pending", card.pending())
                .put(
                        "oldestPending",
                        card.oldestPending() == null
                                ? null
                                : card.oldestPending().toString())
                .put("dead", card.dead())
                .put("paused", card.pause() != null);
        card.chart().totals().forEach(source::put);
        return source.put("dead", card.dead()).put("died", card.chart().totals().get("dead"));
    }

    private JsonArray pauses() {
        JsonArray all = new JsonArray();
        pauses.list().forEach(pause -> all.add(pause(pause)));
        return all;
    }

    private static JsonObject pause(Pause pause) {
        return new JsonObject()
                .put("scope", pause.scope())
                .put("reason", pause.reason())
                .put("by", pause.by())
                .put("since", pause.since().toString())
                .put("until", pause.until() == null ? null : pause.until().toString());
    }

    private void pause(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        pauses.pause(body.required("scope"), body.required("reason"), Access.who(request));
        Api.json(request, 201, new JsonObject().put("pauses", pauses()));
    }

    private void resume(RoutingContext request) {
        boolean wasPaused = pauses.resume(JsonBody.of(request).required("scope"), Access.who(request));
        Api.json(request, wasPaused ? 200 : 409, new JsonObject().put("pauses", pauses()));
    }
}
