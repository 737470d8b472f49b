package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.control.ControlApi;
import dev.crmsync.sandbox.rest.ApiRequest;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;

/** Answers {@code /sandbox}. */
public final class ControlFront {
    private final WorkerExecutor workers;
    private final ControlApi control;

    public ControlFront(WorkerExecutor workers, ControlApi control) {
        this.workers = workers;
        this.control = control;
    }

    /** Handles one request whose body has arrived. */
    public void handle(RoutingContext context) {
        ApiRequest request = Requests.of(context);
        workers.executeBlocking(() -> control.handle(request), false)
                .onSuccess(answer -> Responses.send(context, answer))
                .onFailure(context::fail);
    }
}
