package dev.crmsync.webhook.http;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.Method;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server behind the {@code platform-http} routes, and the engine that makes their consumers. It refuses what is too
 * large, too slow or too much before a route sees it, and never answers with a body: senders store and show what they get
 * back.
 */
public final class WebhookServer extends VertxPlatformHttpServer implements PlatformHttpEngine {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);
    private static final long START_STOP_SECONDS = 10;
    private static final long LONGEST_SWEEP_MILLIS = 500;
    private static final long SHORTEST_SWEEP_MILLIS = 20;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int INTERNAL_ERROR = 500;
    private static final String METHODS = "methods";

    private final VertxPlatformHttpServerConfiguration configuration;
    private final RequestLimits limits;
    private final IncomingRequests requests;
    private final Connections connections;
    private final Answers answers;
    private VertxPlatformHttpRouter router;
    private HttpServer server;

    private WebhookServer(
            VertxPlatformHttpServerConfiguration configuration,
            RequestLimits limits,
            MemoryBudget budget,
            Answers answers) {
        super(configuration);
        this.configuration = configuration;
        this.limits = limits;
        this.connections = new Connections(limits.connections());
        this.requests = new IncomingRequests(limits, budget, connections);
        this.answers = answers;
    }

    /**
     * A server that is not started yet.
     *
     * @param port 0 for any free one
     * @param budget shared with the other servers of this process
     */
    public static WebhookServer on(String host, int port, RequestLimits limits, MemoryBudget budget, Answers answers) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        return new WebhookServer(configuration, limits, budget, answers);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new WebhookConsumer(endpoint, processor, router, requests, answers);
    }

    @Override
    public int getServerPort() {
        return getPort();
    }

    @Override
    protected void initializeServer() {
        super.initializeServer();
        router = VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getBindPort()));
        router.route().last().handler(this::endUnmatched);
        IntStream.of(BAD_REQUEST, NOT_FOUND, INTERNAL_ERROR)
                .forEach(status -> router.errorHandler(status, context -> end(context, status)));
        long sweep = limits.slowestRequest().toMillis() / 4;
        getVertx().setPeriodic(Math.max(SHORTEST_SWEEP_MILLIS, Math.min(LONGEST_SWEEP_MILLIS, sweep)), timer -> {
            requests.sweep();
            answers.logRefusals();
        });
    }

    /** As in the superclass, but for the handler: its router, which is private, answers bad paths with a text. */
    @Override
    protected void startServer() throws Exception {
        try {
            server = await(connections
                    .watch(getVertx().createHttpServer(options()))
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

    /**
     * Without HTTP/2 in clear text: a proxy that lets an upgrade to it pass no longer sees which paths are asked for. Without
     * what only web sockets need, since each request would pass through it.
     */
    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(RequestLimits.IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
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
        if (!connections.used(request.connection())) {
            request.pause();
        } else if (isReadable(request)) {
            router.handle(request);
        } else {
            connections.end(request, BAD_REQUEST);
        }
    }

    /** Whether path and parameters can be decoded. */
    private static boolean isReadable(HttpServerRequest request) {
        try {
            return request.path() != null
                    && HttpUtils.normalizePath(request.path()) != null
                    && (request.query() == null || request.params() != null);
        } catch (IllegalArgumentException badEscape) {
            return false;
        }
    }

    /** Notes what may be asked of a path, in case nobody takes the request's method. */
    static void otherMethodsAt(RoutingContext context, Set<Method> methods) {
        Set<Method> known = context.get(METHODS);
        Set<Method> all = EnumSet.copyOf(methods);
        if (known != null) {
            all.addAll(known);
        }
        context.put(METHODS, all);
    }

    private void endUnmatched(RoutingContext context) {
        Set<Method> methods = context.get(METHODS);
        if (methods == null) {
            end(context, NOT_FOUND);
        } else {
            context.response()
                    .putHeader(
                            HttpHeaders.ALLOW,
                            methods.stream().map(Method::name).collect(Collectors.joining(", ")));
            end(context, METHOD_NOT_ALLOWED);
        }
    }

    private void end(RoutingContext context, int status) {
        if (!context.response().ended()) {
            connections.end(context.request(), status);
        }
    }
}
