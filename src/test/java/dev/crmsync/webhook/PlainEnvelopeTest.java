package dev.crmsync.webhook;

import static dev.crmsync.webhook.NotAuthenticException.Reason.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Event;
import dev.crmsync.event.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainEnvelopeTest {

    private static final String SECRET = "workspace secret";
    private static final String UPDATED = """
            {"timestamp": "2023-10-19T14:21:43.616Z", "workspaceId": "w_01", "id": "pEv_01B",
             "type": "customer.customer_updated",
             "payload": {"eventType": "customer.customer_updated",
                         "customer": {"id": "c_01", "fullName": "Peter Santos"},
                         "previousCustomer": {"id": "c_01"}},
             "webhookMetadata": {"webhookDeliveryAttemptNumber": 1}}
            """;

    private final SettableClock clock = SettableClock.at("2023-10-19T14:21:46.077Z");
    private final PlainSigner signer = new PlainSigner(SECRET, clock);
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = Receiver.of("plain", Map.of("crm.plain.signing-secrets", SECRET), clock);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void readsAnEvent() {
        Event event = event(UPDATED);

        assertThat(event.id().toString()).isEqualTo("plain:pEv_01B");
        assertThat(event.type()).isEqualTo("customer.customer_updated");
        assertThat(event.tenant()).isEqualTo("w_01");
        assertThat(event.subject()).isEqualTo("customer:c_01");
        assertThat(event.aspect()).isEqualTo(Event.STATE);
        assertThat(event.occurredAt()).isEqualTo("2023-10-19T14:21:43.616Z");
        assertThat(event.live()).isTrue();
        assertThat(event.unreadable()).isNull();
    }

    @Test
    void keepsTheEventIdOverAttemptsThoughTheBytesDiffer() {
        SignedRequest first = signer.sign(Utf8.bytes(UPDATED));
        SignedRequest second = signer.sign(Utf8.bytes(UPDATED));

        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(receiver.event(second).id()).isEqualTo(receiver.event(first).id());
    }

    @Test
    void breaksTiesOfTimeByTheId() {
        Event earlier = event(UPDATED.replace("pEv_01B", "pEv_01A"));

        assertThat(earlier.orderKey().isOlderThan(event(UPDATED).orderKey())).isTrue();
    }

    @Test
    void readsADeletionThatHasOnlyThePreviousCustomer() {
        Event event = event(UPDATED.replace("customer_updated", "customer_deleted")
                .replace("\"customer\": {\"id\": \"c_01\", \"fullName\": \"Peter Santos\"},", ""));

        assertThat(event.type()).isEqualTo("customer.customer_deleted");
        assertThat(event.subject()).isEqualTo("customer:c_01");
    }

    @Test
    void readsEventsOfOtherThings() {
        String thread =
                "{\"id\":\"pEv_1\",\"type\":\"thread.thread_created\",\"payload\":{},\"timestamp\":\"2023-10-19T14:21:43.616Z\"}";
        String account =
                "{\"id\":\"pEv_1\",\"type\":\"account.account_updated\",\"workspaceId\":\"w_1\",\"payload\":{\"account\":{\"id\":\"te_1\"}}}";
        String group = """
                {"id": "pEv_1", "type": "customer.customer_group_changed", "workspaceId": "w_1",
                 "payload": {"customerGroup": {"id": "cg_1"}}}
                """;

        assertThat(event(thread).subject()).isEqualTo("event:pEv_1");
        assertThat(event(account).subject()).isEqualTo("account:te_1");
        assertThat(event(group).subject()).isEqualTo("customer-group:cg_1");
    }

    @Test
    void suspectsHeadersThatContradictTheBody() {
        assertThat(receiver.event(withHeader("Plain-Event-Id", "pEv_02")).unreadable())
                .isEqualTo("Header Plain-Event-Id and the body disagree");
        assertThat(receiver.event(withHeader("Plain-Event-Type", "customer.customer_deleted"))
                        .unreadable())
                .isEqualTo("Header Plain-Event-Type and the body disagree");
    }

    @Test
    void doesNotReadABodyThatNamesTwoTypes() {
        assertThat(event(UPDATED.replace("\"eventType\": \"customer.customer_updated\"", "\"eventType\": \"x\""))
                        .unreadable())
                .isEqualTo("The body names two event types");
    }

    @Test
    void refusesAReplayAfterFiveMinutes() {
        SignedRequest request = signer.sign(Utf8.bytes(UPDATED));

        clock.advance(Duration.ofSeconds(301));

        assertThat(receiver.refusal(request)).isEqualTo(STALE);
    }

    private SignedRequest withHeader(String header, String value) {
        SignedRequest request = signer.sign(Utf8.bytes(UPDATED));
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(header, value);
        return new SignedRequest(headers, request.body());
    }

    private Event event(String body) {
        return receiver.event(signer.sign(Utf8.bytes(body)));
    }
}
