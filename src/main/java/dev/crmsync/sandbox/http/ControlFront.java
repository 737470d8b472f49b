package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.rest.ApiRequest;
import dev.crmsync.sandbox.rest.ApiResponse;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;

/** Answers what concerns the sandbox itself: its control API and its pages. */
public final class ControlFront {
    private final WorkerExecutor workers;
    private final Function<ApiRequest, ApiResponse> answers;

    public ControlFront(WorkerExecutor workers, Function<ApiRequest, ApiResponse> answers) {
        this.workers = workers;
        this.answers = answers;
    }

    /** Handles one request whose body has arrived. */
    public void handle(RoutingContext context) {
        Optional<ApiResponse> refused = ForeignPages.refuse(context.request());
        if (refused.isPresent()) {
            Responses.send(context, refused.get());
            return;
        }
        ApiRequest request = Requests.of(context);
        workers.executeBlocking(() -> answers.apply(request), false)
                .onSuccess(answer -> Responses.send(context, answer))
                .onFailure(context::fail);
    }
}
