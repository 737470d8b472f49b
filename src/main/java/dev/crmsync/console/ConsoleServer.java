package dev.crmsync.console;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Serves the console and its API on a port of their own. */
public final class ConsoleServer implements AutoCloseable {

    /** Longer than proxies keep idle connections for their next request, which therefore finds an open one. */
    private static final int IDLE_SECONDS = 120;

    private static final int MOST_STRANGERS = 500;
    private static final int MOST_HEADER_BYTES = 8 << 10;
    private static final int MOST_HEADERS = 100;
    private static final long PATIENCE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private ConsoleServer(ConsoleData data, Users users, ConsoleSettings settings, MemoryBudget budget) {
        Router router = Router.router(vertx);
        Renderer renderer = new Renderer();
        OidcSettings oidc = settings.oidc();
        UserSessions sessions = new UserSessions(
                data.database(),
                account -> oidc != null && account.credential().equals(oidc.credential())
                        ? Optional.of(account.user())
                        : users.current(account),
                data.clock());
        OidcProvider provider = oidc == null ? null : new OidcProvider(vertx, oidc, this::redirectUrl, data.clock());
        Connections strangers = new Connections(MOST_STRANGERS);
        Bodies bodies = new Bodies(vertx, budget);
        Access access = new Access(
                new PasswordSignIn(users, new SignInFailures(data.database(), data.clock())),
                provider == null ? null : new BearerTokens(oidc, provider, data.clock()),
                sessions,
                data.deadLetters().audit(),
                strangers);
        SignInPages signIn = new SignInPages(access, renderer, !users.isEmpty(), provider);
        ErrorPages errors = new ErrorPages(renderer, signIn);
        router.route().handler(new SecurityHeaders(settings.behindTls())).handler(new Cookies(settings.behindTls()));
        router.route().handler(bodies::hold).handler(ConsoleServer::refuseManyHeaders);
        router.get("/static/:name").handler(new StaticFiles()::serve);
        router.post().handler(ConsoleServer::refuseOtherSites);
        Api.mount(router, access, bodies, data);
        signIn.mount(router, bodies);
        if (provider != null) {
            new OidcPages(oidc, provider, access, renderer, data.clock()).mount(router);
        }
        pages(router, access, bodies, renderer, data, settings, signIn);
        router.route().failureHandler(errors::fail);
        router.route().handler(errors::notFound);
        server = listen(router, strangers, settings);
    }

    private HttpServer listen(Router router, Connections strangers, ConsoleSettings settings) {
        try {
            return await(vertx.createHttpServer(new HttpServerOptions()
                            .setHttp2ClearTextEnabled(false)
                            .setIdleTimeout(IDLE_SECONDS)
                            .setMaxHeaderSize(MOST_HEADER_BYTES)
                            .setMaxFormAttributeSize(Bodies.LARGEST))
                    .connectionHandler(strangers::opened)
                    .requestHandler(router)
                    .listen(settings.port(), settings.host()));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The console cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage()
                            + ". Set crm.console.port to a free port",
                    e);
        }
    }

    /** Where an identity provider sends browsers back to, unless a setting says where. */
    private String redirectUrl() {
        return "http://localhost:" + port() + OidcSettings.CALLBACK;
    }

    /** Starts to serve; what it shows must be open until it is closed. */
    public static ConsoleServer start(ConsoleData data, Users users, ConsoleSettings settings, MemoryBudget budget) {
        return new ConsoleServer(data, users, settings, budget);
    }

    public int port() {
        return server.actualPort();
    }

    private static void pages(
            Router router,
            Access access,
            Bodies bodies,
            Renderer renderer,
            ConsoleData data,
            ConsoleSettings settings,
            SignInPages signIn) {
        router.route().blockingHandler(access::requireSession, false);
        router.post("/logout")
                .handler(bodies.upTo(Bodies.LARGEST_SIGN_IN))
                .handler(access::requireForm)
                .blockingHandler(signIn::signOut, false);
        router.post()
                .handler(Access::requireOperator)
                .handler(bodies.upTo(Bodies.LARGEST))
                .handler(access::requireForm);
        router.get("/send").handler(Access::requireOperator);
        router.get("/events/:id/edit").handler(Access::requireOperator);

        OverviewPages overview = new OverviewPages(data, renderer);
        get(router, "/", overview::show);
        get(router, "/audit", overview::audit);
        post(router, "/pauses", overview::pause);
        post(router, "/pauses/end", overview::resume);
        post(router, "/groups", overview::changeGroup);

        EventPages events = new EventPages(data, renderer, settings);
        EventActs acts = new EventActs(data, renderer, events, access);
        get(router, "/dead-letters", events::deadLetters);
        get(router, "/events", events::events);
        get(router, "/events.csv", new EventExport(data)::export);
        post(router, "/events/discard", acts::discardChosen);
        get(router, "/events/:id", events::event);
        post(router, "/events/:id/replay", acts::replay);
        post(router, "/events/:id/discard", acts::discard);
        post(router, "/events/:id/end", acts::end);
        post(router, "/events/:id/reset-order", acts::resetOrder);
        post(router, "/events/:id/reveal", acts::reveal);
        get(router, "/events/:id/edit", acts::edit);
        post(router, "/events/:id/edit", acts::edit);
        post(router, "/events/:id/replay-edited", acts::replayEdited);

        ReplayPages replays = new ReplayPages(data, renderer);
        get(router, "/replays", replays::list);
        get(router, "/replays/new", replays::previewOfFilter);
        get(router, "/replays/forecast", replays::forecast);
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

    private static void refuseManyHeaders(RoutingContext request) {
        int headers = request.request().headers().entries().size();
        if (headers > MOST_HEADERS) {
            throw new ConsoleException(
                    431, "The request has " + headers + " headers; at most " + MOST_HEADERS + " are taken.");
        }
        request.next();
    }

    /** Browsers say where a request comes from; forms of other sites are not for us, signing in included. */
    private static void refuseOtherSites(RoutingContext request) {
        String site = request.request().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ConsoleException(403, "This request came from another site.");
        }
        request.next();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the console started or stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(why.getMessage() == null ? why.toString() : why.getMessage(), why);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
