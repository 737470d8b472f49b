package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Effect;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.Shortfall;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a source's route and gives its event an end: where no step has pronounced one, it follows from what became of the
 * event's records. What ends dead is kept by the route for dead letters, whoever has pronounced it.
 */
final class RouteEnd extends DelegateAsyncProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(RouteEnd.class);

    /** The most telling first. */
    private static final List<EventState> RANKS =
            List.of(EventState.DEAD, EventState.DELIVERED, EventState.SUPERSEDED, EventState.IGNORED);

    private final Supplier<AsyncProducer> deadLetters;
    private final Clock clock;

    RouteEnd(Processor route, Supplier<AsyncProducer> deadLetters, Clock clock) {
        super(route);
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(exchange, doneSync -> {
            if (exchange.getException() == null) {
                conclude(exchange);
            }
            callback.done(doneSync);
        });
    }

    private void conclude(Exchange exchange) {
        Verdict pronounced = Verdict.on(exchange);
        if (pronounced == null) {
            followRecords(exchange);
        } else if (pronounced.state() == EventState.DEAD && !pronounced.kept()) {
            if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) == null) {
                exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new DeadEventException(pronounced.failure()));
            }
            keep(exchange, pronounced);
        }
    }

    private void followRecords(Exchange exchange) {
        DeliveryStep step = DeliveryStep.of(exchange);
        Instant now = clock.instant();
        List<Effect> effects = EventMessage.sentBy(exchange).answered();
        Optional<Effect> awaited = effects.stream()
                .filter(effect -> effect.missing() != null
                        && step.pendingSince().plus(effect.patience()).isAfter(now))
                .findFirst();
        Effect end = awaited.orElseGet(() -> effects.stream()
                .min(Comparator.comparing(effect -> RANKS.indexOf(effect.end())))
                .orElseGet(() -> nothingWritten(exchange)));
        if (awaited.isPresent()) {
            FailedAttempt attempt = FailedAttempt.of(step.startedAt(), now, end.missing());
            new Verdict(EventState.PENDING, null, false, attempt).pronounceOn(exchange);
        } else if (end.end() == EventState.DEAD) {
            DeadEventException dead = new DeadEventException(
                    end.missing().errorClass(),
                    end.reason(),
                    end.missing().errorFields(),
                    end.missing().errorText());
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, dead);
            // What it wrote is in Salesforce, so nothing older may be written any more.
            boolean applied = !effects.isEmpty();
            FailedAttempt attempt = FailedAttempt.of(step.startedAt(), now, dead);
            keep(exchange, new Verdict(EventState.DEAD, end.reason(), applied, attempt));
        } else {
            boolean applied = end.end() != EventState.SUPERSEDED;
            new Verdict(end.end(), reason(end, effects), applied, null).pronounceOn(exchange);
        }
    }

    private static String reason(Effect end, List<Effect> effects) {
        if (end.end() != EventState.DELIVERED) {
            return end.reason();
        }
        long written = effects.stream()
                .filter(effect -> effect.end() == EventState.DELIVERED)
                .count();
        String remarks = effects.stream()
                .map(Effect::reason)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
        return remarks.isEmpty()
                ? null
                : written == effects.size()
                        ? remarks
                        : written + " of " + effects.size() + " records written: " + remarks;
    }

    private static Effect nothingWritten(Exchange exchange) {
        String type =
                exchange.getProperty(ExchangeProperties.EVENT, Event.class).type();
        DeliveryFailure nothing = new Shortfall(
                "mapping", "NOTHING_WRITTEN", List.of(), "The route wrote no record for an event of type " + type);
        return new Effect(EventState.DEAD, nothing.errorCode(), nothing, Duration.ZERO);
    }

    /** Sends the exchange to the route for dead letters, however the route before has ended. */
    private void keep(Exchange exchange, Verdict verdict) {
        Verdict.withdrawFrom(exchange);
        exchange.setRouteStop(false);
        exchange.setRollbackOnly(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        try {
            deadLetters.get().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() == null) {
            verdict.pronounceOn(exchange);
        } else if (ObjectHelper.getException(SQLException.class, exchange.getException()) == null) {
            // The route for dead letters is broken: better dead without details than pending for ever.
            LOG.error(
                    "The route for dead letters is broken: event {} is a dead letter without details",
                    exchange.getProperty(ExchangeProperties.EVENT, Event.class).id(),
                    exchange.getException());
            exchange.setException(null);
            verdict.pronounceOn(exchange);
        }
    }
}
