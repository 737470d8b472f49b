package dev.crmsync.sandbox;

import dev.crmsync.sandbox.control.ControlApi;
import dev.crmsync.sandbox.control.StatePage;
import dev.crmsync.sandbox.fault.Faults;
import dev.crmsync.sandbox.http.ControlFront;
import dev.crmsync.sandbox.http.OwnNames;
import dev.crmsync.sandbox.http.RestFront;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.OrgStore;
import dev.crmsync.sandbox.rest.RestApi;
import dev.crmsync.sandbox.schema.Schema;
import dev.crmsync.sandbox.store.JournalFile;
import dev.crmsync.sandbox.store.JournalState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running sandbox: Salesforce's REST API under {@code /services}, its control API under {@code /sandbox}, and a page
 * to look at under {@code /}.
 */
public final class Sandbox implements AutoCloseable {
    private static final int WORKERS = 32;
    private static final int LARGEST_UPLOAD = 150 * 1024 * 1024;

    /** Salesforce answers 414 to a longer URI, and 431 to longer headers. */
    private static final int LARGEST_URI = 16 * 1024;

    /** The method, the version and what is between. */
    private static final int REST_OF_REQUEST_LINE = 32;

    private static final long START_STOP_SECONDS = 30;

    private final Vertx vertx;
    private final HttpServer server;
    private final Org org;

    private Sandbox(Vertx vertx, HttpServer server, Org org) {
        this.vertx = vertx;
        this.server = server;
        this.org = org;
    }

    /**
     * Starts a sandbox and returns when it answers.
     *
     * @throws IllegalStateException when the port is taken or the data directory is in use
     */
    public static Sandbox start(SandboxOptions options) {
        Org org = org(options);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            HttpServer server = await(vertx.createHttpServer(new HttpServerOptions()
                            .setHost(options.host())
                            .setPort(options.port())
                            .setMaxInitialLineLength(LARGEST_URI + REST_OF_REQUEST_LINE)
                            .setMaxHeaderSize(LARGEST_URI)
                            .setHttp2ClearTextEnabled(false)
                            .setDecompressionSupported(true))
                    .requestHandler(router(vertx, org, options))
                    .invalidRequestHandler(request -> {
                        request.response().putHeader("Connection", "close");
                        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
                    })
                    .listen());
            return new Sandbox(vertx, server, org);
        } catch (IllegalStateException e) {
            vertx.close();
            org.close();
            throw new IllegalStateException(
                    "The sandbox cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        }
    }

    private static Org org(SandboxOptions options) {
        Schema schema = Schema.deployed(options.furtherPackages());
        JournalState state = new JournalState(schema, options.journalCapacity());
        OrgStore store = options.dataDirectory()
                .<OrgStore>map(directory -> JournalFile.open(directory, state))
                .orElse(OrgStore.NONE);
        Org org = new Org(schema, options.clock(), options.settings(), store, options.journalCapacity());
        state.restoreInto(org);
        return org;
    }

    private static Router router(Vertx vertx, Org org, SandboxOptions options) {
        RestApi api = new RestApi(org, options.client());
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("sandbox", WORKERS, 10, TimeUnit.MINUTES);
        Faults faults = new Faults();
        RestFront rest = new RestFront(vertx, workers, org, api, faults);
        ControlFront control = new ControlFront(workers, new ControlApi(org, api, faults, options.settings())::handle);
        ControlFront pages = new ControlFront(workers, new StatePage(org, api)::handle);
        Router router = Router.router(vertx);
        router.route().handler(new OwnNames(options.host())::check);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_UPLOAD));
        router.route("/services/*").handler(rest::handle);
        router.route("/id/*").handler(rest::handle);
        router.route("/sandbox*").handler(control::handle);
        router.get("/").handler(pages::handle);
        router.get("/records/*").handler(pages::handle);
        return router;
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Base URL, usable as login URL: {@code http://localhost:<port>}. */
    public String url() {
        return "http://localhost:" + port();
    }

    /** Stops answering and lets go of port and data directory; what was answered is kept. */
    @Override
    public void close() {
        try {
            await(vertx.close());
        } finally {
            org.close();
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + START_STOP_SECONDS + " s", e);
        }
    }
}
