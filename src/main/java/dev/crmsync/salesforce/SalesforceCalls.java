package dev.crmsync.salesforce;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Sends one call through a camel-salesforce endpoint, each on a fresh exchange: camel-salesforce takes its options from
 * message headers too, so none of an event's headers may come near it (CVE-2026-49099). A call that meets an ended
 * session logs in once and is sent again. Every call comes to an end: where neither answer nor failure has come long
 * after the HTTP client must have given up, the call has failed.
 */
final class SalesforceCalls {

    private final CamelContext context;
    private final SalesforceLogin login;
    private final Consumer<Exchange> usage;
    private final ScheduledExecutorService scheduler;
    private final Duration deadline;
    private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();

    /** @param deadline of a call and its login; longer than what the HTTP client takes to give up on both */
    SalesforceCalls(
            CamelContext context,
            SalesforceLogin login,
            Consumer<Exchange> usage,
            ScheduledExecutorService scheduler,
            Duration deadline) {
        this.context = context;
        this.login = login;
        this.usage = usage;
        this.scheduler = scheduler;
        this.deadline = deadline;
    }

    /**
     * @param mayStill asked right before each attempt, whether it may be made
     * @param answer receives the exchange, or the failure of the call; once, on any thread
     */
    void send(
            String uri, Object body, String keyField, BooleanSupplier mayStill, BiConsumer<Exchange, Failure> answer) {
        send(uri, body, keyField, mayStill, true, new Deadline(answer, unanswered()).in(deadline, scheduler));
    }

    private Failure unanswered() {
        return new Failure(
                FailureClass.UNAVAILABLE, Failure.TIMEOUT, 0, List.of(), "No answer to the call within " + deadline);
    }

    private void send(
            String uri,
            Object body,
            String keyField,
            BooleanSupplier mayStill,
            boolean mayRenew,
            BiConsumer<Exchange, Failure> answer) {
        if (!mayStill.getAsBoolean()) {
            answer.accept(null, leaseLost());
            return;
        }
        String token = login.token();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        try {
            producer(uri).process(exchange, doneSync -> {
                usage.accept(exchange);
                Exception thrown = exchange.getException();
                if (thrown == null) {
                    answer.accept(exchange, null);
                    return;
                }
                Failure failure = Failures.ofCall(thrown, keyField);
                if (mayRenew && SalesforceLogin.isSessionOver(failure)) {
                    login.renew(token, problem -> {
                        if (problem == null) {
                            send(uri, body, keyField, mayStill, false, answer);
                        } else {
                            answer.accept(null, Failures.ofCall(problem, keyField));
                        }
                    });
                } else {
                    answer.accept(null, failure);
                }
            });
        } catch (RuntimeException e) {
            answer.accept(null, Failures.ofCall(e, keyField));
        }
    }

    private static Failure leaseLost() {
        return new Failure(
                FailureClass.TRANSIENT,
                Failure.LEASE_LOST,
                0,
                List.of(),
                "The lease on a record ended before the call could be made");
    }

    private AsyncProducer producer(String uri) {
        return producers.computeIfAbsent(uri, this::createProducer);
    }

    private AsyncProducer createProducer(String uri) {
        try {
            AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot use " + uri, e);
        }
    }
}
