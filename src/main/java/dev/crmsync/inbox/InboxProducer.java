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

    /** The exchange property that {@code inbox:retry} and {@code inbox:postpone} set: {@code scheduled}, or {@code exhausted}. */
    private static final String RETRY = "retry";

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
            case DELIVERED ->
                new Verdict(EventState.DELIVERED, givenReason(exchange), true, null).pronounceOn(exchange);
            case RETRY -> retry(exchange);
            case POSTPONE -> postpone(exchange);
            case DEAD -> {
                FailedAttempt failure = failure(exchange);
                new Verdict(EventState.DEAD, reason(exchange, failure), false, failure).pronounceOn(exchange);
            }
        }
    }

    private void retry(Exchange exchange) {
        if (!isExhausted(exchange)) {
            new Verdict(EventState.PENDING, null, false, failure(exchange)).pronounceOn(exchange);
        }
    }

    private void postpone(Exchange exchange) {
        if (!isExhausted(exchange)) {
            Verdict.postponed(duration(endpoint.getDelay())).pronounceOn(exchange);
        }
    }

    private boolean isExhausted(Exchange exchange) {
        boolean exhausted = endpoint.getMaximumAge() != null
                && DeliveryStep.of(exchange)
                        .pendingSince()
                        .plus(duration(endpoint.getMaximumAge()))
                        .isBefore(endpoint.getComponent().clock().instant());
        exchange.setProperty(RETRY, exhausted ? "exhausted" : "scheduled");
        return exhausted;
    }

    private static Duration duration(String text) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    private FailedAttempt failure(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, exchange.getException(), Exception.class);
        Instant started = DeliveryStep.of(exchange).startedAt();
        Instant ended = endpoint.getComponent().clock().instant();
        if (thrown instanceof DeliveryFailure failure) {
            return new FailedAttempt(started, ended, failure.errorClass(), failure.errorCode(), failure.errorText());
        }
        if (thrown != null) {
            return new FailedAttempt(
                    started, ended, "mapping", thrown.getClass().getSimpleName(), thrown.getMessage());
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
