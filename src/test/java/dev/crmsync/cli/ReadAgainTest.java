package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Received;
import dev.crmsync.inbox.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted, but could not be read, is read again when it is delivered again. */
class ReadAgainTest {

    private static TestApplication application;

    @BeforeAll
    static void start(@TempDir Path data) {
        application = TestApplication.start(data, Map.of());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void becomesTheEventThatItIsWithTheHeadersItCameWith() {
        StoredEvent unread = ended(store("emporix", """
                {"headers": {"event-type": "customer.created", "svix-id": "msg_again", "svix-timestamp": "1779804000"},
                 "properties": {"body-sha256": "00ff"},
                 "body": {"customerNumber": "C-again", "id": "C-again", "tenant": "shop", "contactEmail": "again@example.com",
                          "firstName": "Ada", "lastName": "Again", "metadata": {"version": 1}}}"""));

        assertThat(unread.state()).isEqualTo(EventState.IGNORED);
        assertThat(unread.reason()).isEqualTo("read again as emporix:msg_again");
        assertThat(ended(new EventId("emporix", "msg_again")).state()).isEqualTo(EventState.DELIVERED);
        assertThat(application.org().record("Contact", "Emporix_Key__c", "shop:C-again"))
                .get()
                .extracting(contact -> contact.path("LastName").asText())
                .isEqualTo("Again");
    }

    @Test
    void isAppliedOnceWhenItsSenderHasSentItAgainMeanwhile() {
        Sent sent = application.sender().pivotal(PivotalEvent.of("resent"));
        application.ended(sent);

        StoredEvent unread = ended(store("pivotal", new String(PivotalEvent.of("resent"), StandardCharsets.UTF_8)));

        assertThat(unread.reason()).isEqualTo("read again as pivotal:evt_resent");
        assertThat(application.org().writes("Account", PivotalEvent.key("resent")))
                .hasSize(1);
    }

    @Test
    void isADeadLetterAgainWhenItStillCannotBeRead() {
        StoredEvent dead = application.ended(application.sender().pivotal("[1, 2".getBytes(StandardCharsets.UTF_8)));

        application.inbox().replays().requeue(List.of(dead.id()));

        await().until(() -> ended(dead.event().id()).finishedAt().isAfter(dead.finishedAt()));
        assertThat(ended(dead.event().id()).state()).isEqualTo(EventState.DEAD);
    }

    /** An event as a receiving route with a wrong envelope has left it. */
    private static EventId store(String source, String payload) {
        EventId id = new EventId(source, "unreadable:" + Integer.toHexString(payload.hashCode()));
        Event unread = new Event(
                id,
                Event.UNREADABLE,
                "default",
                id.value(),
                Event.STATE,
                OrderKey.NONE,
                Instant.parse("2026-05-26T14:00:00Z"),
                true,
                payload,
                "The id is missing");
        application.inbox().accept(List.of(new Received(unread, null)));
        return id;
    }

    private static StoredEvent ended(EventId id) {
        await().until(() -> stored(id).filter(event -> event.state().isEnd()).isPresent());
        return stored(id).orElseThrow();
    }

    private static Optional<StoredEvent> stored(EventId id) {
        return application.inbox().events().find(id);
    }
}
