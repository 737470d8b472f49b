package dev.crmsync.console;

import dev.crmsync.inbox.InboxUnavailableException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what went wrong, in a page or, to programs, in JSON. */
final class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private final Renderer renderer;
    private final SignInPages signIn;

    ErrorPages(Renderer renderer, SignInPages signIn) {
        this.renderer = renderer;
        this.signIn = signIn;
    }

    void fail(RoutingContext request) {
        Throwable failure = request.failure();
        if (failure instanceof HttpClosedException || request.response().closed()) {
            return;
        }
        if (failure instanceof ConsoleException refused) {
            if (!refused.retryAfter().isZero()) {
                request.response()
                        .putHeader(
                                "Retry-After",
                                String.valueOf(refused.retryAfter().toSeconds()));
            }
            show(request, refused.status(), refused.getMessage());
        } else if (failure instanceof IllegalArgumentException malformed) {
            show(request, 400, malformed.getMessage());
        } else if (failure instanceof DecoderException) {
            show(request, 400, "The form is malformed.");
        } else if (failure instanceof InboxUnavailableException) {
            show(request, 503, "The database cannot be reached. Load the page again in a moment.");
        } else if (failure == null) {
            String message =
                    request.statusCode() == 413 ? "The body is too large." : "The console does not take this request.";
            show(request, request.statusCode(), message);
        } else {
            LOG.error("The console failed at {}", request.request().path(), failure);
            show(request, 500, "The console failed; its log says why.");
        }
    }

    void notFound(RoutingContext request) {
        show(request, 404, "There is no such page.");
    }

    private void show(RoutingContext request, int status, String message) {
        if (request.response().headWritten()) {
            request.response().reset();
            return;
        }
        request.response().setStatusCode(status);
        String path = request.request().path();
        if (path.startsWith("/api/")) {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("error", message).encode());
        } else if (path.startsWith("/login")) {
            signIn.show(request, message);
        } else {
            renderer.render(request, "error", "Sorry", "", Map.of("status", status, "message", message));
        }
    }
}
