package dev.crmsync.console;

import dev.crmsync.inbox.InboxUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the console and its API on a port of their own. */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int MAX_BODY = 2 << 20;
    private static final long PATIENCE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private ConsoleServer(ConsoleData data, Users users, ConsoleSettings settings) {
        Router router = Router.router(vertx);
        Renderer renderer = new Renderer();
        Access access = new Access(users, data.clock(), settings.behindTls());
        router.route().handler(new SecurityHeaders(settings.behindTls()));
        router.get("/static/:name").handler(new StaticFiles()::serve);
        router.post().handler(ConsoleServer::refuseOtherSites);
        router.post().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY).setHandleFileUploads(false));
        Api.mount(router, access, data);
        pages(router, access, renderer, data, settings);
        router.route().failureHandler(request -> fail(request, renderer));
        router.route().handler(request -> error(request, renderer, 404, "There is no such page."));
        server = await(vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(MAX_BODY))
                .requestHandler(router)
                .listen(settings.port(), settings.host()));
    }

    /** Starts to serve; what it shows must be open until it is closed. */
    public static ConsoleServer start(ConsoleData data, Users users, ConsoleSettings settings) {
        return new ConsoleServer(data, users, settings);
    }

    public int port() {
        return server.actualPort();
    }

    private static void pages(
            Router router, Access access, Renderer renderer, ConsoleData data, ConsoleSettings settings) {
        SignInPages signIn = new SignInPages(access, renderer);
        router.get("/login").handler(signIn::show);
        router.post("/login").blockingHandler(signIn::signIn, false);
        router.route().handler(access::requireSession);
        router.post("/logout").handler(signIn::signOut);
        router.post().handler(access::requireOperator);
        router.get("/send").handler(Access::requireOperatorRole);
        router.get("/events/:id/edit").handler(Access::requireOperatorRole);

        OverviewPages overview = new OverviewPages(data, renderer);
        get(router, "/", overview::show);
        get(router, "/audit", overview::audit);
        post(router, "/pauses", overview::pause);
        post(router, "/pauses/end", overview::resume);
        post(router, "/groups", overview::changeGroup);

        EventPages events = new EventPages(data, renderer, settings);
        EventActs acts = new EventActs(data, renderer, events);
        get(router, "/dead-letters", events::deadLetters);
        get(router, "/events", events::events);
        get(router, "/events.csv", events::export);
        post(router, "/events/discard", acts::discardChosen);
        get(router, "/events/:id", events::event);
        post(router, "/events/:id/replay", acts::replay);
        post(router, "/events/:id/discard", acts::discard);
        post(router, "/events/:id/reveal", acts::reveal);
        get(router, "/events/:id/edit", acts::edit);
        post(router, "/events/:id/edit", acts::edit);
        post(router, "/events/:id/replay-edited", acts::replayEdited);

        ReplayPages replays = new ReplayPages(data, renderer);
        get(router, "/replays", replays::list);
        get(router, "/replays/new", replays::previewOfFilter);
        post(router, "/replays/preview", replays::previewOfChosen);
        post(router, "/replays", replays::create);
        get(router, "/replays/:id", replays::show);
        post(router, "/replays/:id/pause", replays::pause);
        post(router, "/replays/:id/resume", replays::resume);
        post(router, "/replays/:id/cancel", replays::cancel);

        SamplePages samples = new SamplePages(data, renderer);
        get(router, "/send", samples::show);
        post(router, "/send", samples::send);
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.get(path).blockingHandler(handler, false);
    }

    private static void post(Router router, String path, Handler<RoutingContext> handler) {
        router.post(path).blockingHandler(handler, false);
    }

    /** Browsers say where a request comes from; forms of other sites are not for us, signing in included. */
    private static void refuseOtherSites(RoutingContext request) {
        String site = request.request().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ConsoleException(403, "This request came from another site.");
        }
        request.next();
    }

    private static void fail(RoutingContext request, Renderer renderer) {
        Throwable failure = request.failure();
        if (failure instanceof ConsoleException refused) {
            error(request, renderer, refused.status(), refused.getMessage());
        } else if (failure instanceof IllegalArgumentException malformed) {
            error(request, renderer, 400, malformed.getMessage());
        } else if (failure instanceof InboxUnavailableException) {
            error(request, renderer, 503, "The database cannot be reached. Load the page again in a moment.");
        } else if (failure == null) {
            error(request, renderer, request.statusCode(), "The console does not take this request.");
        } else {
            LOG.error("The console failed at {}", request.request().path(), failure);
            error(request, renderer, 500, "The console failed; its log says why.");
        }
    }

    private static void error(RoutingContext request, Renderer renderer, int status, String message) {
        if (request.response().headWritten()) {
            return;
        }
        request.response().setStatusCode(status);
        if (request.request().path().startsWith("/api/")) {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("error", message).encode());
        } else {
            renderer.render(request, "error", "Sorry", "", Map.of("status", status, "message", message));
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the console started or stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "The console cannot start or stop: set crm.console.port to a free port. " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
