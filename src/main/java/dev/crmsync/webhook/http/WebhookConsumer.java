package dev.crmsync.webhook.http;

import static org.apache.camel.util.CollectionHelper.appendEntry;

import dev.crmsync.event.ExchangeProperties;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.Method;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.http.HttpUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a {@code platform-http} route for each complete request. The route runs on the event loop, where nothing may block:
 * what takes time, such as the commit, must wait without a thread. Large bodies are worked on by other threads, since their
 * parsing alone would hold up everybody.
 *
 * <p>The answer is the status in {@code CamelHttpResponseCode} and nothing more: senders store and show what they get back.
 */
final class WebhookConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookConsumer.class);

    /** A body of this many bytes is read, verified and parsed in a millisecond or two. */
    private static final int QUICK = 64 << 10;

    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL_ERROR = 500;
    private static final Pattern PARAMETER = Pattern.compile("\\{([^/}]+)}");

    private final Router router;
    private final IncomingRequests requests;
    private final Answers answers;
    private final Set<Method> methods;
    private Route route;

    WebhookConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            Router router,
            IncomingRequests requests,
            Answers answers) {
        super(endpoint, processor);
        this.router = router;
        this.requests = requests;
        this.answers = answers;
        this.methods = Method.parseList(endpoint.getHttpMethodRestrict());
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String path = PARAMETER.matcher(getEndpoint().getPath()).replaceAll(":$1");
        route = router.route(getEndpoint().isMatchOnUriPrefix() ? path + "*" : path)
                .handler(this::receive);
    }

    @Override
    protected void doStop() throws Exception {
        route.remove();
        super.doStop();
    }

    private void receive(RoutingContext context) {
        if (methods.stream()
                .noneMatch(method ->
                        method.name().equals(context.request().method().name()))) {
            WebhookServer.otherMethodsAt(context, methods);
            context.next();
        } else if (isSuspended()) {
            context.response().setStatusCode(UNAVAILABLE).end();
        } else {
            Map<String, String> parameters = context.pathParams();
            requests.receive(context.request(), (request, body) -> begin(context, request, parameters, body));
        }
    }

    private void begin(RoutingContext context, IncomingRequest request, Map<String, String> parameters, byte[] body) {
        if (body.length <= QUICK) {
            process(request, parameters, body);
        } else {
            context.vertx()
                    .executeBlocking(
                            () -> {
                                process(request, parameters, body);
                                return null;
                            },
                            false);
        }
    }

    private void process(IncomingRequest request, Map<String, String> parameters, byte[] body) {
        Exchange exchange = createExchange(false);
        try {
            exchange.setPattern(ExchangePattern.InOut);
            exchange.setProperty(ExchangeProperties.EXECUTOR, request.executor());
            fill(exchange, request.http(), parameters);
            exchange.getMessage().setBody(body);
            createUoW(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            end(exchange, request);
            return;
        }
        getAsyncProcessor().process(exchange, doneSync -> end(exchange, request));
    }

    private void end(Exchange exchange, IncomingRequest request) {
        int status = INTERNAL_ERROR;
        try {
            if (exchange.getException() != null) {
                LOG.error(
                        "{} in route {} was not handled there: answered with {}",
                        exchange.getException().getClass().getSimpleName(),
                        getRouteId(),
                        INTERNAL_ERROR);
            }
            answers.count(exchange);
            status = HttpUtil.determineResponseCode(exchange, null);
        } finally {
            request.done(status);
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    /** Headers as {@code platform-http} sets them, as far as a verifier may want to see them; the request line comes last. */
    private void fill(Exchange exchange, HttpServerRequest request, Map<String, String> parameters) {
        Message message = exchange.getMessage();
        add(request.headers(), exchange);
        if (request.query() != null) {
            add(request.params(), exchange);
        }
        parameters.forEach((name, value) -> appendEntry(message.getHeaders(), name, value));
        message.setHeader(Exchange.HTTP_METHOD, request.method().name());
        message.setHeader(Exchange.HTTP_URI, request.uri());
        message.setHeader(Exchange.HTTP_QUERY, request.query());
    }

    private void add(MultiMap values, Exchange exchange) {
        HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
        for (Map.Entry<String, String> value : values) {
            if (!filter.applyFilterToExternalHeaders(value.getKey(), value.getValue(), exchange)) {
                appendEntry(exchange.getMessage().getHeaders(), value.getKey(), value.getValue());
            }
        }
    }
}
