package dev.crmsync.inbox;

import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.ExchangeProperties;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.TimeUtils;

/** Writes a route's decision down on the exchange; the consumer records it when the exchange ends. */
final class InboxProducer extends DefaultProducer {

    private final InboxEndpoint endpoint;
    private final InboxEndpoint.Decision decision;
    private Expression reason;

    InboxProducer(InboxEndpoint endpoint, InboxEndpoint.Decision decision) {
        super(endpoint);
        this.endpoint = endpoint;
        this.decision = decision;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (endpoint.getReason() != null) {
            reason = endpoint.getCamelContext().resolveLanguage("simple").createExpression(endpoint.getReason());
            reason.init(endpoint.getCamelContext());
        }
    }

    @Override
    public void process(Exchange exchange) {
        switch (decision) {
            case IGNORED ->
                new Verdict(EventState.IGNORED, givenReason(exchange), endpoint.isApplied(), null)
                        .pronounceOn(exchange);
            case RETRY ->
                unlessTooOld(exchange, new Verdict(EventState.PENDING, null, false, failure(exchange)))
                        .pronounceOn(exchange);
            case POSTPONE ->
                unlessTooOld(exchange, Verdict.postponed(duration(endpoint.getDelay())))
                        .pronounceOn(exchange);
            case DEAD ->
                dead(exchange)
                        .asKept(exchange.getProperty(ExchangeProperties.DEAD_LETTER, false, boolean.class))
                        .pronounceOn(exchange);
        }
    }

    private Verdict dead(Exchange exchange) {
        FailedAttempt failure = failure(exchange);
        return new Verdict(EventState.DEAD, reason(exchange, failure), false, failure);
    }

    private Verdict unlessTooOld(Exchange exchange, Verdict later) {
        return isTooOld(exchange) ? dead(exchange) : later;
    }

    private boolean isTooOld(Exchange exchange) {
        return endpoint.getMaximumAge() != null
                && DeliveryStep.of(exchange)
                        .pendingSince()
                        .plus(duration(endpoint.getMaximumAge()))
                        .isBefore(endpoint.getComponent().clock().instant());
    }

    private static Duration duration(String text) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    private FailedAttempt failure(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, exchange.getException(), Exception.class);
        Instant started = DeliveryStep.of(exchange).startedAt();
        Instant ended = endpoint.getComponent().clock().instant();
        if (thrown != null) {
            return FailedAttempt.of(started, ended, DeliveryFailure.of(thrown, "mapping"));
        }
        Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
        return event.unreadable() == null
                ? new FailedAttempt(started, ended, "decided", "DECIDED_BY_ROUTE", givenReason(exchange))
                : new FailedAttempt(started, ended, Event.UNREADABLE, "UNREADABLE", event.unreadable());
    }

    private String reason(Exchange exchange, FailedAttempt failure) {
        String given = givenReason(exchange);
        return given == null ? failure.errorCode() : given;
    }

    private String givenReason(Exchange exchange) {
        return reason == null ? null : reason.evaluate(exchange, String.class);
    }
}
