package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.webhook.SvixIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Emporix sends through Svix counts from when the message was created, whichever attempt delivers it. */
class EmporixOrderTest {

    /** In units of 4 ms. */
    private static final Instant EARLIER = Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofHours(2))
            .plusMillis(400);

    private static final Instant LATER = EARLIER.plus(Duration.ofHours(1)).plusMillis(4);

    private static TestApplication application;
    private static TestSender sender;

    @BeforeAll
    static void start(@TempDir Path data) {
        application = TestApplication.start(data, Map.of());
        sender = application.sender();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void datesTheRecordAsTheMessageWasCreated() {
        StoredEvent created = ended("customer.created", EARLIER, profile("C-dated", 1));

        assertThat(created.event().occurredAt()).isEqualTo(EARLIER);
        assertThat(created.event().orderKey().date()).contains(EARLIER);
        assertThat(field("C-dated", "Emporix_Updated_At__c")).isEqualTo(EARLIER.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void aLoginDeliveredLateDoesNotReplaceALaterOne() {
        ended("customer.created", EARLIER.minusSeconds(60), profile("C-login", 1));

        StoredEvent later = ended("customer.logged.in", LATER, login("C-login"));
        StoredEvent late = ended("customer.logged.in", EARLIER, login("C-login"));

        assertThat(later.state()).isEqualTo(EventState.DELIVERED);
        assertThat(late.state()).isEqualTo(EventState.SUPERSEDED);
        assertThat(late.event().orderKey()).isEqualTo(OrderKey.of(EARLIER));
        assertThat(field("C-login", "Emporix_Last_Login__c")).isEqualTo(LATER.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void aProfileWithoutVersionDeliveredLateDoesNotReplaceALaterOne() {
        byte[] latest = bytes(profile("C-plain", 1).replace("\"version\":1", "\"mixins\":{}"));

        ended("customer.updated", LATER, latest);
        StoredEvent late = ended("customer.updated", EARLIER, latest);

        assertThat(late.state()).isEqualTo(EventState.SUPERSEDED);
        assertThat(field("C-plain", "Emporix_Updated_At__c")).isEqualTo(LATER.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void aMessageSentAgainByHandIsTheSameEvent() {
        String id = SvixIds.at(EARLIER);
        byte[] body = bytes(profile("C-again", 1));

        StoredEvent first = application.ended(sender.emporixOverSvix("customer.created", id, body));
        Sent again = sender.emporixOverSvix("customer.created", id, body);

        assertThat(again.status()).isEqualTo(202);
        assertThat(application.ended(again).id()).isEqualTo(first.id());
        assertThat(application.org().writes("Contact", "acme:C-again")).hasSize(1);
    }

    private static StoredEvent ended(String type, Instant created, String body) {
        return ended(type, created, bytes(body));
    }

    private static StoredEvent ended(String type, Instant created, byte[] body) {
        return application.ended(sender.emporixOverSvix(type, SvixIds.at(created), body));
    }

    private static String profile(String customer, int version) {
        return "{\"tenant\":\"acme\",\"id\":\"%s\",\"customerNumber\":\"%1$s\",\"lastName\":\"Varga\",\"metadata\":{\"version\":%d}}"
                .formatted(customer, version);
    }

    private static String login(String customer) {
        return "{\"tenant\":\"acme\",\"sessionId\":\"FAKE\",\"customerId\":\"%s\"}".formatted(customer);
    }

    /** A time of Salesforce, which keeps whole seconds, as in {@code 2026-05-26T18:42:00.000+0000}. */
    private static Instant field(String customer, String field) {
        String time = application
                .org()
                .record("Contact", "Emporix_Key__c", "acme:" + customer)
                .orElseThrow()
                .path(field)
                .asText();
        return Instant.parse(time.replace("+0000", "Z"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
