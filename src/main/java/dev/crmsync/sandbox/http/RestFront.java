package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.fault.Fault;
import dev.crmsync.sandbox.fault.Fault.Kind;
import dev.crmsync.sandbox.fault.Faults;
import dev.crmsync.sandbox.fault.FaultyAnswer;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.rest.ApiResponse;
import dev.crmsync.sandbox.rest.RestApi;
import dev.crmsync.sandbox.rest.RestApi.Routed;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Answers {@code /services}: work happens on worker threads, waiting costs none. Faults strike here. */
public final class RestFront {
    private static final int FIRST_FAILURE = 300;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Org org;
    private final RestApi api;
    private final Faults faults;

    public RestFront(Vertx vertx, WorkerExecutor workers, Org org, RestApi api, Faults faults) {
        this.vertx = vertx;
        this.workers = workers;
        this.org = org;
        this.api = api;
        this.faults = faults;
    }

    /** Handles one request whose body has arrived. */
    public void handle(RoutingContext context) {
        Routed routed = api.route(Requests.of(context));
        Optional<Fault> fault = faults.next(routed);
        if (fault.isPresent() && fault.get().kind() == Kind.DROP_BEFORE) {
            context.request().connection().close();
            return;
        }
        Optional<ApiResponse> instead = fault.flatMap(struck -> FaultyAnswer.instead(struck, routed));
        if (instead.isPresent()) {
            afterwards(delay(fault), () -> Responses.send(context, instead.get()));
            return;
        }
        workers.executeBlocking(() -> api.handle(routed, faults.rows(routed)), false)
                .onSuccess(answer ->
                        afterwards(delay(fault) + transaction(routed, answer), () -> answer(context, answer, fault)))
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, ApiResponse answer, Optional<Fault> fault) {
        if (fault.isPresent() && fault.get().kind() == Kind.DROP_AFTER) {
            context.request().connection().close();
        } else {
            Responses.send(
                    context,
                    fault.map(struck -> FaultyAnswer.spoiled(struck, answer)).orElse(answer));
        }
    }

    private long delay(Optional<Fault> fault) {
        return org.settings().latencyMillis() + fault.map(Fault::delayMillis).orElse(0L);
    }

    /** How long the transaction lasts that this answer ends. */
    private long transaction(Routed routed, ApiResponse answer) {
        boolean wrote = routed.operation().writes() && answer.status() < FIRST_FAILURE;
        return wrote ? org.settings().transactionMillis() : 0;
    }

    private void afterwards(long millis, Runnable work) {
        if (millis <= 0) {
            work.run();
        } else {
            vertx.setTimer(millis, timer -> work.run());
        }
    }
}
