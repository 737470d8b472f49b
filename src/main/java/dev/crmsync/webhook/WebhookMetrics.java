package dev.crmsync.webhook;

import dev.crmsync.event.ExchangeProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what webhooks are answered with, by the route that received them: {@code crm.webhooks} with the tags
 * {@code route} and {@code result}, which is {@code accepted}, {@code duplicate}, {@code unsupported}, {@code missing},
 * {@code malformed}, {@code stale}, {@code wrong}, {@code unknown-path} or {@code failed}.
 */
public final class WebhookMetrics implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookMetrics.class);

    private final MeterRegistry registry;

    public WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows every webhook route with a count of 0, so that one that stays silent can be told from one that is absent. */
    public void announceRoutesOf(CamelContext context) {
        context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof PlatformHttpEndpoint)
                .forEach(route -> counter(route.getRouteId(), "accepted"));
    }

    @Override
    public void process(Exchange exchange) {
        String route = exchange.getFromRouteId();
        String result = result(exchange);
        LOG.debug("Webhook on {}: {}", route, result);
        counter(route, result).increment();
    }

    private Counter counter(String route, String result) {
        return Counter.builder("crm.webhooks")
                .description("Webhooks by what they were answered with")
                .tag("route", route)
                .tag("result", result)
                .register(registry);
    }

    private static String result(Exchange exchange) {
        Exception thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (thrown instanceof NotAuthenticException refusal) {
            return refusal.getReason().label();
        }
        if (thrown != null) {
            return "failed";
        }
        if (exchange.getProperty(ExchangeProperties.EVENT) == null || "415".equals(exchange.getVariable("status"))) {
            return "unsupported";
        }
        boolean duplicate = exchange.getProperty(ExchangePropertyKey.DUPLICATE_MESSAGE, false, Boolean.class);
        return duplicate ? "duplicate" : "accepted";
    }
}
