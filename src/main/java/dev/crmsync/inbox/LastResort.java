package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.NoAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles what the error handling of a route has let through, or made itself: the event is tried again with growing pauses
 * and becomes a dead letter after a day; at once when another try would end alike.
 */
final class LastResort extends DelegateAsyncProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);
    private static final Duration MAXIMUM_AGE = Duration.ofHours(24);
    private static final String DEAD_LETTERS = "direct:dead-letter";

    /** Failure classes that no other try can change. */
    private static final Set<String> FINAL = Set.of("permanent", "mapping");

    private final InboxEndpoint endpoint;

    LastResort(InboxEndpoint endpoint, Processor route) {
        super(route);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(exchange, doneSync -> {
            Exception thrown = exchange.getException();
            if (thrown == null || Verdict.on(exchange) != null || thrown instanceof NoAttempt) {
                callback.done(doneSync);
            } else if (!isFinal(thrown) && isYoung(exchange)) {
                log(exchange, thrown, "is tried again");
                new Verdict(EventState.PENDING, null, false, failure(exchange, thrown)).pronounceOn(exchange);
                callback.done(doneSync);
            } else {
                log(exchange, thrown, "is a dead letter");
                bury(exchange, thrown, callback);
            }
        });
    }

    private boolean isYoung(Exchange exchange) {
        Instant pendingSince = DeliveryStep.of(exchange).pendingSince();
        return clock().instant().isBefore(pendingSince.plus(MAXIMUM_AGE));
    }

    private static boolean isFinal(Exception thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause instanceof DeliveryFailure failure && FINAL.contains(failure.errorClass())
                        || cause instanceof JsonQueryException
                        || cause instanceof ExpressionEvaluationException
                        || cause instanceof TypeConversionException
                        || cause instanceof InvalidPayloadException
                        || cause instanceof IllegalArgumentException);
    }

    private static Throwable rootOf(Exception thrown) {
        return causes(thrown).reduce(thrown, (outer, inner) -> inner);
    }

    private static Stream<Throwable> causes(Exception thrown) {
        return Stream.iterate((Throwable) thrown, cause -> cause != null, Throwable::getCause);
    }

    /** Through the route that keeps dead letters; when that fails too, without what it would have kept. */
    private void bury(Exchange exchange, Exception thrown, AsyncCallback callback) {
        exchange.setException(null);
        exchange.setRouteStop(false);
        exchange.setRollbackOnly(false);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, thrown);
        deadLetters(exchange).process(exchange, doneSync -> {
            if (Verdict.on(exchange) == null) {
                exchange.setException(null);
                FailedAttempt failure = failure(exchange, thrown);
                new Verdict(EventState.DEAD, failure.errorCode(), false, failure).pronounceOn(exchange);
            }
            callback.done(false);
        });
    }

    private AsyncProcessor deadLetters(Exchange exchange) {
        Endpoint route = exchange.getContext().getEndpoint(DEAD_LETTERS);
        try {
            return route.createAsyncProducer();
        } catch (Exception e) {
            throw new IllegalStateException("Nothing can be sent to " + DEAD_LETTERS, e);
        }
    }

    private FailedAttempt failure(Exchange exchange, Exception thrown) {
        Instant started = DeliveryStep.of(exchange).startedAt();
        Instant ended = clock().instant();
        return thrown instanceof DeliveryFailure known
                ? new FailedAttempt(started, ended, known.errorClass(), known.errorCode(), known.errorText())
                : new FailedAttempt(
                        started,
                        ended,
                        isFinal(thrown) ? "mapping" : "unhandled",
                        rootOf(thrown).getClass().getSimpleName(),
                        rootOf(thrown).getMessage());
    }

    /** Without the exception's message, which can quote the payload. */
    private void log(Exchange exchange, Exception thrown, String consequence) {
        Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        String what = thrown instanceof DeliveryFailure known
                ? known.errorCode()
                : rootOf(thrown).getClass().getSimpleName();
        LOG.warn(
                "{} in route {} was not handled there: event {} {}",
                what,
                exchange.getProperty(Exchange.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class),
                event.id(),
                consequence);
    }

    private Clock clock() {
        return endpoint.getComponent().clock();
    }
}
