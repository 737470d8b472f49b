package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SalesforceCallsTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final CamelContext camel = new DefaultCamelContext();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<AsyncCallback> unanswered = new AtomicReference<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mute").process(new AsyncProcessorSupport() {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        unanswered.set(callback);
                        return false;
                    }
                });
                from("direct:quick").log("answered");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        executor.shutdownNow();
        camel.stop();
    }

    @Test
    void aCallThatIsNeverAnsweredFailsAndItsLateAnswerIsDropped() {
        calls(SOON).send("direct:mute", "rows", "Key__c", () -> true, this::note);
        await().until(() -> answers.size() == 1);
        assertThat(answers).containsExactly("UNAVAILABLE TIMEOUT");

        unanswered.get().done(false);
        assertThat(answers).hasSize(1);
    }

    @Test
    void anAnswerEndsTheDeadline() throws InterruptedException {
        calls(Duration.ofHours(1)).send("direct:quick", "rows", "Key__c", () -> true, this::note);
        assertThat(answers).containsExactly("answered");
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(10, TimeUnit.SECONDS))
                .as("nothing waits for the deadline")
                .isTrue();
    }

    private SalesforceCalls calls(Duration deadline) {
        SalesforceMetrics metrics = new SalesforceMetrics(new SimpleMeterRegistry(), new ApiUsage());
        SalesforceLogin login = new SalesforceLogin(new SalesforceComponent(camel), executor, metrics);
        return new SalesforceCalls(camel, login, exchange -> {}, scheduler, deadline);
    }

    private void note(Exchange exchange, Failure failure) {
        answers.add(failure == null ? "answered" : failure.failureClass() + " " + failure.code());
    }
}
