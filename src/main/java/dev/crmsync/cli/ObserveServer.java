package dev.crmsync.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics for the platform, on a port of their own under the paths that Camel's conventions give. */
final class ObserveServer extends ServiceSupport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObserveServer.class);

    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;

    /** The exposure level that lists what is well too. */
    private static final String EVERY_CHECK = "full";

    private static final long START_SECONDS = 10;

    private final CamelContext context;
    private final PrometheusMeterRegistry metrics;
    private final Ports ports;
    private Vertx vertx;
    private HttpServer server;

    ObserveServer(CamelContext context, PrometheusMeterRegistry metrics, Ports ports) {
        this.context = context;
        this.metrics = metrics;
        this.ports = ports;
    }

    int port() {
        return server.actualPort();
    }

    @Override
    protected void doStart() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.get("/observe/health").handler(health(() -> HealthCheckHelper.invoke(context, EVERY_CHECK)));
        router.get("/observe/health/live")
                .handler(health(() -> HealthCheckHelper.invokeLiveness(context, EVERY_CHECK)));
        router.get("/observe/health/ready")
                .handler(health(() -> HealthCheckHelper.invokeReadiness(context, EVERY_CHECK)));
        router.get("/observe/metrics").blockingHandler(this::scrape, false);
        try {
            server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .requestHandler(router)
                    .listen(ports.management(), ports.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Health and metrics cannot be served on " + ports.host() + ":" + ports.management() + ": "
                            + e.getCause().getMessage() + ". Set crm.management.port to a free port",
                    e.getCause());
        }
        LOG.info("Health and metrics are on {}:{}", ports.host(), server.actualPort());
    }

    private io.vertx.core.Handler<RoutingContext> health(Supplier<Collection<HealthCheck.Result>> checks) {
        return request -> request.vertx()
                .executeBlocking(checks::get, false)
                .onSuccess(results -> answer(request, results))
                .onFailure(request::fail);
    }

    private static void answer(RoutingContext request, Collection<HealthCheck.Result> results) {
        boolean up = results.stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
        JsonArray checks = new JsonArray();
        for (HealthCheck.Result result : results) {
            JsonObject check = new JsonObject()
                    .put("name", result.getCheck().getId())
                    .put("status", result.getState().name());
            result.getMessage().ifPresent(message -> check.put("message", message));
            checks.add(check);
        }
        request.response().setStatusCode(up ? OK : UNAVAILABLE);
        request.json(new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", checks));
    }

    private void scrape(RoutingContext request) {
        request.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape());
    }

    @Override
    protected void doStop() throws Exception {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
            vertx = null;
        }
    }
}
