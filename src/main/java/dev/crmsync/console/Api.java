package dev.crmsync.console;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The same as the pages, for programs; described by {@code /api/openapi.json}. */
final class Api {

    private final Router router;
    private final Bodies bodies;

    private Api(Router router, Bodies bodies) {
        this.router = router;
        this.bodies = bodies;
    }

    static void mount(Router router, Access access, Bodies bodies, ConsoleData data) {
        Api api = new Api(router, bodies);
        String description = StaticFiles.read("/console/openapi.json");
        router.route("/api/*").handler(access::requireApiUser);
        router.get("/api/openapi.json").handler(request -> json(request, 200, description));
        new EventsApi(data).mount(api);
        new FailuresApi(data).mount(api);
        new ReplaysApi(data).mount(api);
        new DeliveryApi(data).mount(api);
        new SamplesApi(data).mount(api);
        new AuditApi(data).mount(api);
    }

    void get(String path, Handler<RoutingContext> handler) {
        router.get(path).blockingHandler(handler, false);
    }

    void post(String path, Handler<RoutingContext> handler) {
        router.post(path).handler(bodies.upTo(Bodies.LARGEST)).blockingHandler(handler, false);
    }

    static void json(RoutingContext request, int status, JsonObject json) {
        json(request, status, json.encodePrettily());
    }

    static void json(RoutingContext request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(json);
    }
}
