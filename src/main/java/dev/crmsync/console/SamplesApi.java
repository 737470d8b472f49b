package dev.crmsync.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Sample webhooks, sent through the real front door. */
final class SamplesApi {

    private final SentSamples samples;

    SamplesApi(ConsoleData data) {
        this.samples = new SentSamples(data);
    }

    void mount(Api api) {
        api.get(
                "/api/samples",
                request -> Api.json(request, 200, new JsonObject().put("names", new JsonArray(samples.names()))));
        api.get(
                "/api/samples/body",
                request -> Api.json(
                        request, 200, samples.body(request.queryParams().get("name"))));
        api.post("/api/samples", this::send);
    }

    private void send(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        String name = body.required("name");
        String sample = body.object("body");
        int status = samples.send(name, sample == null ? samples.body(name) : sample, Access.who(request));
        Api.json(request, status == 202 ? 200 : 502, new JsonObject().put("status", status));
    }
}
