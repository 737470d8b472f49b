package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.RowFaults;
import dev.crmsync.sandbox.rest.RestApi;
import dev.crmsync.sandbox.rest.RestApi.Routed;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;

/** Answers {@code /services}: work happens on worker threads, waiting costs none. */
public final class RestFront {
    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Org org;
    private final RestApi api;

    public RestFront(Vertx vertx, WorkerExecutor workers, Org org, RestApi api) {
        this.vertx = vertx;
        this.workers = workers;
        this.org = org;
        this.api = api;
    }

    /** Handles one request whose body has arrived. */
    public void handle(RoutingContext context) {
        Routed routed = api.route(Requests.of(context));
        workers.executeBlocking(() -> api.handle(routed, RowFaults.NONE), false)
                .onSuccess(answer -> afterwards(delay(routed), () -> Responses.send(context, answer)))
                .onFailure(context::fail);
    }

    private long delay(Routed routed) {
        return org.settings().latencyMillis()
                + (routed.operation().writes() ? org.settings().transactionMillis() : 0);
    }

    private void afterwards(long millis, Runnable work) {
        if (millis <= 0) {
            work.run();
        } else {
            vertx.setTimer(millis, timer -> work.run());
        }
    }
}
