package dev.crmsync.console;

import dev.crmsync.deadletter.FailureGroup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Dead letters by what they have in common, and what people say about that. */
final class FailuresApi {

    private final ConsoleData data;

    FailuresApi(ConsoleData data) {
        this.data = data;
    }

    void mount(Api api) {
        api.get("/api/failures", this::list);
        api.post("/api/failures", this::change);
    }

    private void list(RoutingContext request) {
        JsonArray groups = new JsonArray();
        data.deadLetters().groups().list().forEach(group -> groups.add(group(group)));
        Api.json(request, 200, new JsonObject().put("groups", groups));
    }

    private static JsonObject group(FailureGroup group) {
        return new JsonObject()
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
                .put("note", group.note());
    }

    private void change(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        String fingerprint = body.required("fingerprint");
        FailureGroup.State state = Forms.groupState(body.required("state"));
        data.deadLetters()
                .groups()
                .change(fingerprint, state, body.optional("owner"), body.optional("note"), Access.who(request));
        Api.json(request, 200, new JsonObject().put("fingerprint", fingerprint).put("state", state.label()));
    }
}
