package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxIdempotentRepositoryTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path folder;

    private final List<String> passed = new ArrayList<>();
    private InboxUnderTest inbox;
    private AcceptQueue queue;
    private InboxIdempotentRepository repository;
    private DefaultCamelContext camel;

    @BeforeEach
    void start() throws Exception {
        inbox = new InboxUnderTest(Database.open("jdbc:sqlite:" + folder.resolve("crm-sync.db"), null, null));
        queue = new AcceptQueue(inbox.inbox);
        repository = new InboxIdempotentRepository(queue, inbox.inbox);
        camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:receive")
                        .idempotentConsumer(simple("${exchangeProperty.event.id}"), repository)
                        .eager(true)
                        .removeOnFailure(false)
                        .process(exchange -> {
                            passed.add(exchange.getProperty("event", Event.class)
                                    .id()
                                    .value());
                            if (exchange.getMessage().getBody() != null) {
                                throw new IllegalStateException("after the commit");
                            }
                        });
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
        queue.close();
        inbox.close();
    }

    @Test
    void theStepsInsideRunForNewEventsOnly() {
        Exchange first = receive(event("e1", "s1"), null);
        Exchange second = receive(event("e1", "s1"), null);

        assertThat(passed).containsExactly("e1");
        assertThat(first.getProperty(Exchange.DUPLICATE_MESSAGE)).isNull();
        assertThat(second.getProperty(Exchange.DUPLICATE_MESSAGE)).isEqualTo(true);
        assertThat(inbox.stored("e1").event()).isEqualTo(event("e1", "s1"));
        assertThat(inbox.stored("e1").traceContext()).isEqualTo(TRACE);
    }

    @Test
    void whatIsStoredStaysStoredWhateverFailsAfterwards() {
        assertThat(receive(event("e1", "s1"), "body").getException()).hasMessage("after the commit");

        assertThat(inbox.stateOf("e1")).isEqualTo(EventState.PENDING);
        assertThat(repository.contains("pivotal:e1")).isTrue();
        receive(event("e1", "s1"), null);
        assertThat(passed).containsExactly("e1");
    }

    @Test
    void knowsOnlyWhatIsStored() {
        assertThat(repository.contains("pivotal:e1")).isFalse();
        assertThat(repository.contains("no key")).isFalse();
    }

    @Test
    void failsClearlyWhenTheInboxIsClosed() {
        queue.close();
        assertThat(receive(event("e1", "s1"), null).getException()).isInstanceOf(InboxUnavailableException.class);
        assertThat(passed).isEmpty();
    }

    private Exchange receive(Event event, String body) {
        return camel.createFluentProducerTemplate()
                .to("direct:receive")
                .withProcessor(exchange -> {
                    exchange.setProperty("event", event);
                    exchange.getMessage().setHeader("traceparent", TRACE);
                    exchange.getMessage().setBody(body);
                })
                .send();
    }
}
