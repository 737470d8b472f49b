package dev.crmsync.webhook;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server behind the {@code platform-http} routes. It refuses what is too large or too much before a route sees
 * it, and never answers with a body: senders store and show what they get back.
 */
public final class WebhookServer extends VertxPlatformHttpServer {

    /** Largest accepted body in bytes; counted while reading, so a chunked body cannot pass it. */
    public static final long MAX_BODY_BYTES = 1 << 20;

    /** Longer than proxies keep idle connections for their next request, which therefore finds an open one. */
    private static final int IDLE_SECONDS = 120;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);
    private static final long START_STOP_SECONDS = 10;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";
    private static final long HANG_UP_MILLIS = 500;
    private static final Pattern FORM =
            Pattern.compile("\\s*(multipart/|application/x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);

    private final VertxPlatformHttpServerConfiguration configuration;
    private final Limits limits;
    private final AtomicInteger requests = new AtomicInteger();
    private VertxPlatformHttpRouter router;
    private HttpServer server;

    private WebhookServer(VertxPlatformHttpServerConfiguration configuration, Limits limits) {
        super(configuration);
        this.configuration = configuration;
        this.limits = limits;
    }

    /**
     * What senders may ask of the server.
     *
     * @param concurrentRequests in progress, above which senders are told to come back: at least 1
     * @param slowestRequest how long a request may take, body included; then its sender is told to come back
     */
    public record Limits(int concurrentRequests, Duration slowestRequest) {}

    /**
     * A server that is not started yet.
     *
     * @param port 0 for any free one
     */
    public static WebhookServer on(String host, int port, Limits limits) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        configuration.setMaxBodySize(MAX_BODY_BYTES);
        configuration.getBodyHandler().setHandleFileUploads(false);
        return new WebhookServer(configuration, limits);
    }

    @Override
    protected void initializeServer() {
        super.initializeServer();
        router = VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getBindPort()));
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(TimeoutHandler.create(limits.slowestRequest().toMillis()))
                .handler(this::admit)
                .failureHandler(WebhookServer::refuse);
        router.route().last().handler(context -> end(context, NOT_FOUND));
        router.errorHandler(INTERNAL_ERROR, WebhookServer::refuse);
    }

    /** As in the superclass, but for the handler: its router, which is private, answers bad paths with a text. */
    @Override
    protected void startServer() throws Exception {
        try {
            server = await(getVertx()
                    .createHttpServer(options())
                    .requestHandler(this::handle)
                    .listen(configuration.getBindPort(), configuration.getBindHost()));
        } catch (ExecutionException e) {
            throw new IOException(
                    "Webhooks cannot be received on " + configuration.getBindHost() + ":" + configuration.getBindPort()
                            + ": " + e.getCause().getMessage() + ". Set crm.webhooks.port to a free port",
                    e.getCause());
        }
        LOG.info("Webhooks are received on {}:{}", configuration.getBindHost(), getPort());
    }

    /** Without HTTP/2 in clear text: a proxy that lets an upgrade to it pass no longer sees which paths are asked for. */
    private static HttpServerOptions options() {
        return new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false);
    }

    @Override
    protected void stopServer() {
        if (server != null) {
            close(server.close());
            server = null;
        }
    }

    @Override
    protected void stopVertx() {
        if (getVertx() != null) {
            close(getVertx().close());
            setVertx(null);
        }
    }

    private static void close(Future<Void> closing) {
        try {
            await(closing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The webhook server did not close cleanly: {}", e.toString());
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(START_STOP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public HttpServer getServer() {
        return server;
    }

    @Override
    public int getPort() {
        return server == null ? configuration.getBindPort() : server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (hasReadablePath(request)) {
            router.handle(request);
        } else {
            request.response().setStatusCode(BAD_REQUEST).end();
        }
    }

    private static boolean hasReadablePath(HttpServerRequest request) {
        try {
            return request.path() != null && HttpUtils.normalizePath(request.path()) != null;
        } catch (IllegalArgumentException badEscape) {
            return false;
        }
    }

    private void admit(RoutingContext context) {
        if (requests.incrementAndGet() > limits.concurrentRequests()) {
            requests.decrementAndGet();
            context.response().putHeader(RETRY_AFTER, "1");
            end(context, TOO_MANY_REQUESTS);
            return;
        }
        context.addEndHandler(done -> requests.decrementAndGet());
        context.addHeadersEndHandler(done -> sayWhenToComeBack(context.response()));
        leaveFormsUnread(context.request().headers());
        context.next();
    }

    /** Vert.x and Camel would take forms apart, but a signature is checked over the bytes as they came. */
    private static void leaveFormsUnread(MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && FORM.matcher(type).lookingAt()) {
            headers.set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        }
    }

    private static void sayWhenToComeBack(HttpServerResponse response) {
        if (response.getStatusCode() == UNAVAILABLE && !response.headers().contains(RETRY_AFTER)) {
            response.putHeader(RETRY_AFTER, "5");
        }
    }

    private static void refuse(RoutingContext context) {
        if (context.response().headWritten()) {
            return;
        }
        if (context.statusCode() == TOO_LARGE || !context.request().isEnded()) {
            hangUp(context);
        }
        end(context, context.statusCode() < 400 ? INTERNAL_ERROR : context.statusCode());
    }

    /** Reads no further, and closes the connection once the sender has had the time to read the answer. */
    private static void hangUp(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.request().pause();
        HttpConnection connection = context.request().connection();
        context.vertx().setTimer(HANG_UP_MILLIS, timer -> connection.close());
    }

    private static void end(RoutingContext context, int status) {
        HttpServerResponse response = context.response();
        if (!response.ended()) {
            response.setStatusCode(status).end();
        }
    }
}
