package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.NoAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles what the error handling of a route has let through, or thrown itself: the event is tried again with growing
 * pauses and is dead after a day; at once when another try would end alike.
 */
final class LastResort extends DelegateAsyncProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);
    private static final Duration MAXIMUM_AGE = Duration.ofHours(24);

    /** Failure classes that no other try can change. */
    private static final Set<String> FINAL = Set.of("permanent", "mapping", "delivery");

    private final Clock clock;

    LastResort(Processor route, Clock clock) {
        super(route);
        this.clock = clock;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(exchange, doneSync -> {
            Exception thrown = exchange.getException();
            if (thrown != null && Verdict.on(exchange) == null && !(thrown instanceof NoAttempt)) {
                handle(exchange, thrown);
            }
            callback.done(doneSync);
        });
    }

    private void handle(Exchange exchange, Exception thrown) {
        boolean dead = isFinal(thrown) || !isYoung(exchange);
        FailedAttempt failure = failure(exchange, thrown);
        log(exchange, failure, dead ? "is a dead letter" : "is tried again");
        exchange.setException(null);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, thrown);
        new Verdict(dead ? EventState.DEAD : EventState.PENDING, dead ? failure.errorCode() : null, false, failure)
                .pronounceOn(exchange);
    }

    private boolean isYoung(Exchange exchange) {
        Instant pendingSince = DeliveryStep.of(exchange).pendingSince();
        return clock.instant().isBefore(pendingSince.plus(MAXIMUM_AGE));
    }

    private static boolean isFinal(Exception thrown) {
        if (Breakdown.isOutOfMemory(thrown)) {
            return false;
        }
        return known(thrown)
                        .map(DeliveryFailure::errorClass)
                        .filter(FINAL::contains)
                        .isPresent()
                || causes(thrown)
                        .anyMatch(cause -> cause instanceof JsonQueryException
                                || cause instanceof ExpressionEvaluationException
                                || cause instanceof TypeConversionException
                                || cause instanceof InvalidPayloadException
                                || cause instanceof IllegalArgumentException);
    }

    private static Optional<DeliveryFailure> known(Exception thrown) {
        return DeliveryFailure.in(thrown).or(() -> Breakdown.lasting(thrown));
    }

    private static Stream<Throwable> causes(Exception thrown) {
        return Stream.iterate((Throwable) thrown, cause -> cause != null, Throwable::getCause);
    }

    private FailedAttempt failure(Exchange exchange, Exception thrown) {
        DeliveryFailure failure =
                known(thrown).orElseGet(() -> DeliveryFailure.of(thrown, isFinal(thrown) ? "mapping" : "unhandled"));
        return FailedAttempt.of(DeliveryStep.of(exchange).startedAt(), clock.instant(), failure);
    }

    /** Without the exception's message, which can quote the payload. */
    private static void log(Exchange exchange, FailedAttempt failure, String consequence) {
        LOG.warn(
                "{} in route {} was not handled there: event {} {}",
                failure.errorCode(),
                exchange.getProperty(Exchange.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class),
                exchange.getProperty(ExchangeProperties.EVENT, Event.class).id(),
                consequence);
    }
}
