package dev.crmsync.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
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

    @Override
    public void process(Exchange exchange) {
        String route = exchange.getFromRouteId();
        String result = result(exchange);
        LOG.debug("Webhook on {}: {}", route, result);
        Counter.builder("crm.webhooks")
                .description("Webhooks by what they were answered with")
                .tag("route", route)
                .tag("result", result)
                .register(registry)
                .increment();
    }

    private static String result(Exchange exchange) {
        Exception thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (thrown instanceof NotAuthenticException refusal) {
            return refusal.getReason().label();
        }
        if (thrown != null) {
            return "failed";
        }
        if (exchange.getProperty(EnvelopeReader.EVENT) == null || "415".equals(exchange.getVariable("status"))) {
            return "unsupported";
        }
        boolean duplicate = exchange.getProperty(ExchangePropertyKey.DUPLICATE_MESSAGE, false, Boolean.class);
        return duplicate ? "duplicate" : "accepted";
    }
}
