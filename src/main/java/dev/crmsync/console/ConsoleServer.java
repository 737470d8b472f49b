package dev.crmsync.console;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Serves the console and its API on a port of their own. */
public final class ConsoleServer implements AutoCloseable {

    private static final int MAX_BODY = 2 << 20;
    private static final long PATIENCE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private ConsoleServer(ConsoleData data, Users users, ConsoleSettings settings) {
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
        Access access = new Access(
                new PasswordSignIn(users, new SignInFailures(data.database(), data.clock())),
                provider == null ? null : new BearerTokens(oidc, provider, data.clock()),
                sessions,
                data.deadLetters().audit());
        SignInPages signIn = new SignInPages(access, renderer, !users.isEmpty(), provider);
        ErrorPages errors = new ErrorPages(renderer, signIn);
        router.route().handler(new SecurityHeaders(settings.behindTls())).handler(new Cookies(settings.behindTls()));
        router.get("/static/:name").handler(new StaticFiles()::serve);
        router.post().handler(ConsoleServer::refuseOtherSites);
        router.post().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY).setHandleFileUploads(false));
        Api.mount(router, access, data);
        signIn.mount(router);
        if (provider != null) {
            new OidcPages(oidc, provider, access, renderer, data.clock()).mount(router);
        }
        pages(router, access, renderer, data, settings, signIn);
        router.route().failureHandler(errors::fail);
        router.route().handler(errors::notFound);
        server = listen(vertx, router, settings);
    }

    private static HttpServer listen(Vertx vertx, Router router, ConsoleSettings settings) {
        try {
            return await(vertx.createHttpServer(new HttpServerOptions()
                            .setHttp2ClearTextEnabled(false)
                            .setMaxFormAttributeSize(MAX_BODY))
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
    public static ConsoleServer start(ConsoleData data, Users users, ConsoleSettings settings) {
        return new ConsoleServer(data, users, settings);
    }

    public int port() {
        return server.actualPort();
    }

    private static void pages(
            Router router,
            Access access,
            Renderer renderer,
            ConsoleData data,
            ConsoleSettings settings,
            SignInPages signIn) {
        router.route().blockingHandler(access::requireSession, false);
        router.post().handler(access::requireForm);
        post(router, "/logout", signIn::signOut);
        router.post().handler(Access::requireOperator);
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
