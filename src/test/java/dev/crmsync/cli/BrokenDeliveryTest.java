package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.deadletter.DeadLetter;
import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.deadletter.EventDetails;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Acceptance;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Pause;
import dev.crmsync.inbox.Received;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.reliability.Http;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of events that no route can be asked about: the delivery breaks, or must not begin. */
class BrokenDeliveryTest {

    private static final String ROUTES = """
            - beans:
                - name: breaking
                  type: dev.crmsync.cli.Breaking
            - route:
                id: sync-guarded
                routeConfigurationId: delivery-errors
                from:
                  uri: inbox:guarded
                  steps:
                    - process:
                        ref: breaking
                    - to:
                        uri: inbox:ignored
                        parameters:
                          reason: whole
            - route:
                id: sync-bare
                from:
                  uri: inbox:bare
                  steps:
                    - process:
                        ref: breaking
                    - to:
                        uri: inbox:ignored
                        parameters:
                          reason: whole
            """;

    private static TestApplication application;
    private static Database database;
    private static DeadLetters deadLetters;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("breaking.camel.yaml"), ROUTES);
        application = TestApplication.start(
                data,
                Map.of("camel.main.routesIncludePattern", "file:routes/*.camel.yaml,file:" + data + "/*.camel.yaml"));
        database = Database.open("jdbc:sqlite:" + data.resolve("crm-sync.db"), null, null);
        deadLetters =
                new DeadLetters(database, application.inbox(), (event, payload) -> Optional.empty(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        database.close();
        application.close();
    }

    @ParameterizedTest
    @CsvSource({
        "guarded, stack, StackOverflowError",
        "guarded, class, NoClassDefFoundError",
        "bare, stack, StackOverflowError",
        "bare, assertion, AssertionError"
    })
    void anErrorEndsItsEventAndNotTheDeliveryOfItsSource(String source, String error, String code) {
        StoredEvent broken = ended(accept(source, error, OrderKey.NONE));
        StoredEvent next = ended(accept(source, "none", OrderKey.NONE));

        assertThat(broken.state()).isEqualTo(EventState.DEAD);
        assertThat(letter(broken).errorCode()).isEqualTo(code);
        assertThat(letter(broken).remedy()).isNotBlank();
        assertThat(next.state()).isEqualTo(EventState.IGNORED);
        assertThat(Http.answers(application.application().addresses().management() + "/observe/health/ready"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"guarded", "bare"})
    void memoryThatRanOutIsTriedAgain(String source) {
        StoredEvent event = ended(accept(source, "memory once", OrderKey.NONE));

        assertThat(event.state()).isEqualTo(EventState.IGNORED);
        assertThat(event.attempts()).isEqualTo(2);
        assertThat(application.inbox().events().failures(event.id()))
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("Java heap space"));
    }

    @Test
    void aPayloadThatCannotBeParsedIsADeadLetter() {
        EventId id = new EventId("bare", UUID.randomUUID().toString());
        accept(new Event(
                id, "t", "acme", id.value(), Event.STATE, OrderKey.NONE, Instant.EPOCH, true, "{\"cut\":", null));

        assertThat(letter(ended(id)).errorCode()).isEqualTo("PAYLOAD_IS_NO_JSON");
    }

    @Test
    void anEventDatedFarAheadIsADeadLetterAndSupersedesNothing() {
        StoredEvent ahead = application.ended(application.sender().pivotal(customer("2999-01-01T00:00:00Z", "Far")));
        assertThat(ahead.state()).isEqualTo(EventState.DEAD);
        assertThat(letter(ahead).errorCode()).isEqualTo("DATED_AHEAD");
        assertThat(letter(ahead).message()).contains("2999-01-01T00:00:00Z", "more than 1 h");

        StoredEvent now = application.ended(
                application.sender().pivotal(customer(Instant.now().toString(), "Near")));
        assertThat(now.state()).isEqualTo(EventState.DELIVERED);
    }

    @Test
    void aReplayTakesAnEventDatedFarAheadAsOfItsReceipt() {
        String subject = "customer:" + UUID.randomUUID();
        EventId ahead = accept(event("bare", subject, OrderKey.of(Instant.parse("2999-01-01T00:00:00Z"))));
        StoredEvent dead = ended(ahead);

        deadLetters.decisions().replay(dead.id(), "ann", "its clock was wrong");
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(ahead).state() == EventState.IGNORED);

        EventId later = accept(event("bare", subject, OrderKey.of(Instant.now())));
        assertThat(ended(later).state()).isEqualTo(EventState.IGNORED);
    }

    @Test
    void anEventWhoseDeliveryEndedTheProcessAloneTooIsADeadLetterAndCanBeReplayed() throws Exception {
        application.inbox().pauses().pause(new Pause("source:bare", "a test", "ann", Instant.now(), null));
        EventId id = accept("bare", "none", OrderKey.NONE);
        StoredEvent waiting = stored(id);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update subject set unsettled = 4, tried_alone = " + waiting.id()
                    + " where subject = '" + waiting.event().subject() + "'");
        }
        application.inbox().pauses().resume("source:bare");

        StoredEvent dead = ended(id);
        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(letter(dead).errorCode()).isEqualTo("CLAIM_NEVER_SETTLED");

        assertThat(deadLetters.decisions().replay(dead.id(), "ann", "the library was replaced"))
                .isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(id).state() == EventState.IGNORED);
    }

    private static EventId accept(String source, String error, OrderKey key) {
        EventId id = new EventId(source, UUID.randomUUID().toString());
        return accept(new Event(
                id,
                "broken",
                "acme",
                id.value(),
                Event.STATE,
                key,
                Instant.EPOCH,
                true,
                "{\"error\":\"" + error + "\"}",
                null));
    }

    private static Event event(String source, String subject, OrderKey key) {
        EventId id = new EventId(source, UUID.randomUUID().toString());
        return new Event(id, "whole", "acme", subject, Event.STATE, key, Instant.EPOCH, true, "{}", null);
    }

    private static EventId accept(Event event) {
        assertThat(application.inbox().accept(List.of(new Received(event, null))))
                .extracting(Acceptance::kind)
                .containsExactly(Acceptance.Kind.NEW);
        return event.id();
    }

    private static StoredEvent ended(EventId id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> stored(id), event -> event.state().isEnd());
    }

    private static StoredEvent stored(EventId id) {
        return application.inbox().events().find(id).orElseThrow();
    }

    private static DeadLetter letter(StoredEvent event) {
        return Optional.ofNullable(deadLetters
                        .find(event.id())
                        .map(EventDetails::deadLetter)
                        .orElse(null))
                .orElseThrow(() -> new AssertionError("No dead letter: " + event));
    }

    private static byte[] customer(String at, String name) {
        return """
                {"id": "evt_%s", "type": "customer.updated", "created_at": "%s", "org_id": "org_Ahead",
                 "livemode": true, "data": {"object": {"id": "cus_Ahead", "name": "%s"}}}
                """.formatted(UUID.randomUUID(), at, name).getBytes(StandardCharsets.UTF_8);
    }
}
