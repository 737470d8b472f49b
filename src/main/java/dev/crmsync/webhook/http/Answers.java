package dev.crmsync.webhook.http;

import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.webhook.NotAuthenticException;
import dev.crmsync.webhook.NotJsonException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;

/**
 * Counts what webhooks are answered with, by the route that received them: {@code crm.webhooks} with the tags
 * {@code route} and {@code result}, which is {@code accepted}, {@code duplicate}, {@code unsupported}, {@code missing},
 * {@code malformed}, {@code stale}, {@code wrong}, {@code unknown-path} or {@code failed}. Refusals are logged too.
 */
public final class Answers {

    private record Key(String route, String result) {}

    private final MeterRegistry registry;
    private final RefusalLog refusals;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    public Answers(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.refusals = new RefusalLog(clock);
    }

    /** Shows every webhook route with a count of 0, so that one that stays silent can be told from one that is absent. */
    public void announceRoutesOf(CamelContext context) {
        context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof PlatformHttpEndpoint)
                .forEach(route -> counter(new Key(route.getRouteId(), "accepted")));
    }

    void count(Exchange exchange) {
        String route = exchange.getFromRouteId();
        Exception thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (thrown instanceof NotAuthenticException refusal) {
            refusals.add(route, refusal);
        }
        counter(new Key(route, result(exchange, thrown))).increment();
    }

    /** Logs the refusals that wait for their minute to be over. */
    void logRefusals() {
        refusals.flush();
    }

    private Counter counter(Key key) {
        return counters.computeIfAbsent(
                key,
                any -> Counter.builder("crm.webhooks")
                        .description("Webhooks by what they were answered with")
                        .tag("route", key.route())
                        .tag("result", key.result())
                        .register(registry));
    }

    private static String result(Exchange exchange, Exception thrown) {
        if (thrown instanceof NotAuthenticException refusal) {
            return refusal.getReason().label();
        }
        if (thrown instanceof NotJsonException) {
            return "unsupported";
        }
        if (thrown != null || exchange.isFailed()) {
            return "failed";
        }
        if (exchange.getProperty(ExchangeProperties.EVENT) == null) {
            return "unsupported";
        }
        boolean duplicate = exchange.getProperty(ExchangePropertyKey.DUPLICATE_MESSAGE, false, Boolean.class);
        return duplicate ? "duplicate" : "accepted";
    }
}
