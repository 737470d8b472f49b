package dev.crmsync.webhook;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * The HTTP server behind the {@code platform-http} routes. It refuses what is too large or too much before a route sees
 * it, and never answers with a body: senders store and show what they get back.
 */
public final class WebhookServer extends VertxPlatformHttpServer {

    /** Largest accepted body in bytes; counted while reading, so a chunked body cannot pass it. */
    public static final long MAX_BODY_BYTES = 1 << 20;

    private static final int INTERNAL_ERROR = 500;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;

    private final VertxPlatformHttpServerConfiguration configuration;
    private final int maxConcurrentRequests;
    private final AtomicInteger requests = new AtomicInteger();

    private WebhookServer(VertxPlatformHttpServerConfiguration configuration, int maxConcurrentRequests) {
        super(configuration);
        this.configuration = configuration;
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    /**
     * A server that is not started yet.
     *
     * @param port 0 for any free one
     * @param maxConcurrentRequests requests in progress above which senders are told to come back, at least 1
     */
    public static WebhookServer on(String host, int port, int maxConcurrentRequests) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        configuration.setMaxBodySize(MAX_BODY_BYTES);
        configuration.getBodyHandler().setHandleFileUploads(false);
        return new WebhookServer(configuration, maxConcurrentRequests);
    }

    @Override
    protected void initializeServer() {
        super.initializeServer();
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getBindPort()));
        router.route().order(Integer.MIN_VALUE).handler(this::admit).failureHandler(WebhookServer::refuse);
        router.route().last().handler(context -> end(context, NOT_FOUND));
    }

    private void admit(RoutingContext context) {
        if (requests.incrementAndGet() > maxConcurrentRequests) {
            requests.decrementAndGet();
            context.response().putHeader("Retry-After", "1");
            end(context, TOO_MANY_REQUESTS);
            return;
        }
        context.addEndHandler(done -> requests.decrementAndGet());
        context.next();
    }

    private static void refuse(RoutingContext context) {
        end(context, context.statusCode() < 400 ? INTERNAL_ERROR : context.statusCode());
    }

    private static void end(RoutingContext context, int status) {
        HttpServerResponse response = context.response();
        if (!response.ended()) {
            response.setStatusCode(status).end();
        }
    }
}
