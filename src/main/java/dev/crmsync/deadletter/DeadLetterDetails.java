package dev.crmsync.deadletter;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Puts on the message, as headers, what the row of a dead letter holds: {@code errorClass}, {@code errorCode},
 * {@code field}, {@code message}, {@code routeId}, {@code remedy}, {@code failedAt} and {@code fingerprint}.
 * A preview ends there: the row is not written.
 */
public final class DeadLetterDetails implements Processor {

    private static final int MAX_MESSAGE = 2_000;

    private final Clock clock;

    public DeadLetterDetails(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Exception thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        if (thrown != null) {
            DeliveryFailure failure = DeliveryFailure.of(thrown, "mapping");
            String field = failure.errorFields().isEmpty() ? null : String.join(", ", failure.errorFields());
            describe(exchange, failure.errorClass(), failure.errorCode(), field, failure.errorText());
        } else if (event.unreadable() != null) {
            describe(exchange, Event.UNREADABLE, "UNREADABLE", null, event.unreadable());
        } else {
            describe(exchange, "decided", "DECIDED_BY_ROUTE", null, null);
        }
        exchange.setProperty(ExchangeProperties.DEAD_LETTER, true);
        if (exchange.getProperty(ExchangeProperties.PREVIEW, false, boolean.class)) {
            exchange.setRouteStop(true);
        }
    }

    private void describe(Exchange exchange, String errorClass, String errorCode, String field, String message) {
        String routeId =
                exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class);
        Message details = exchange.getMessage();
        details.setHeader("errorClass", errorClass);
        details.setHeader("errorCode", errorCode);
        details.setHeader("field", field);
        details.setHeader("message", storable(message));
        details.setHeader("routeId", routeId);
        details.setHeader("remedy", Remedies.of(errorClass, errorCode, field));
        details.setHeader("failedAt", clock.millis());
        details.setHeader("fingerprint", errorCode + "|" + (field == null ? "" : field) + "|" + routeId);
    }

    /** PostgreSQL refuses NUL in texts. */
    private static String storable(String message) {
        if (message == null) {
            return null;
        }
        String text = message.replace('\u0000', '\uFFFD');
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }
}
