package dev.crmsync.console;

import dev.crmsync.deadletter.AuditPage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What people did. */
final class AuditApi {

    private static final int PAGE_SIZE = 200;

    private final ConsoleData data;

    AuditApi(ConsoleData data) {
        this.data = data;
    }

    void mount(Api api) {
        api.get("/api/audit", this::list);
    }

    private void list(RoutingContext request) {
        String before = request.queryParams().get("before");
        AuditPage page =
                data.deadLetters().audit().page(before == null ? Long.MAX_VALUE : Forms.number(before), PAGE_SIZE);
        JsonArray entries = new JsonArray();
        page.entries()
                .forEach(entry -> entries.add(new JsonObject()
                        .put("at", entry.at().toString())
                        .put("who", entry.who())
                        .put("act", entry.act())
                        .put("reason", entry.reason())
                        .put("detail", entry.detail())
                        .put("events", entry.events())));
        Api.json(request, 200, new JsonObject().put("entries", entries).put("next", page.next()));
    }
}
