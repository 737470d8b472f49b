package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.OrderKey;
import dev.crmsync.event.SettableClock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PivotalEnvelopeTest {

    private static final String SECRET = "whsec_cGl2b3RhbCBzZWNyZXQgb2YgMjQgYnl0ZXM=";
    private static final String HEALTH_DROPPED = """
            {"id": "evt_9", "type": "customer.health_score_dropped", "created_at": "2026-05-26T18:42:00.000Z",
             "org_id": "org_1", "livemode": true, "api_version": "v1",
             "data": {"object": {"id": "cus_2N", "health_score": 38},
                      "previous_attributes": {"health_score": 72}}}
            """;

    private final SettableClock clock = SettableClock.atPresent();
    private final SvixSigner signer = new SvixSigner(SECRET, clock);
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = Receiver.of("pivotal", Map.of("crm.pivotal.signing-secrets", SECRET), clock);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void readsAnEvent() {
        Event event = event(HEALTH_DROPPED);

        assertThat(event.id()).isEqualTo(new EventId("pivotal", "evt_9"));
        assertThat(event.type()).isEqualTo("customer.health_score_dropped");
        assertThat(event.tenant()).isEqualTo("org_1");
        assertThat(event.subject()).isEqualTo("customer:cus_2N");
        assertThat(event.aspect()).isEqualTo(Event.STATE);
        assertThat(event.orderKey()).isEqualTo(OrderKey.of(Instant.parse("2026-05-26T18:42:00Z")));
        assertThat(event.occurredAt()).isEqualTo("2026-05-26T18:42:00Z");
        assertThat(event.live()).isTrue();
        assertThat(event.unreadable()).isNull();
        assertThat(event.payload()).as("the text that came").isEqualTo(HEALTH_DROPPED);
    }

    @Test
    void keepsTheEventIdOverResends() {
        Event first = receiver.event(signer.sign("msg_1", Utf8.bytes(HEALTH_DROPPED)));
        Event second = receiver.event(signer.sign("msg_2", Utf8.bytes(HEALTH_DROPPED)));

        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void tellsContactsOnboardingsAndTasksFromTheirCustomer() {
        assertThat(event(HEALTH_DROPPED.replace("customer.health_score_dropped", "contact.created"))
                        .subject())
                .isEqualTo("contact:cus_2N");
        assertThat(event(HEALTH_DROPPED.replace("customer.health_score_dropped", "task.completed"))
                        .subject())
                .isEqualTo("task:cus_2N");
        assertThat(event(HEALTH_DROPPED.replace("customer.health_score_dropped", "onboarding.at_risk"))
                        .subject())
                .isEqualTo("onboarding:cus_2N");
    }

    @Test
    void knowsTestEvents() {
        assertThat(event(HEALTH_DROPPED.replace("true", "false")).live()).isFalse();
    }

    @Test
    void readsAPingThatHasNoObject() {
        Event event = event("{\"id\":\"evt_1\",\"type\":\"webhook.ping\",\"created_at\":\"2026-05-26T18:42:00Z\"}");

        assertThat(event.type()).isEqualTo("webhook.ping");
        assertThat(event.subject()).isEqualTo("event:evt_1");
        assertThat(event.tenant()).isEqualTo("-");
        assertThat(event.live()).isTrue();
    }

    @Test
    void ordersAndDatesAnEventWithoutTimeByItsReceipt() {
        Event event = event(HEALTH_DROPPED.replace("created_at", "created"));

        assertThat(event.orderKey()).isEqualTo(OrderKey.NONE);
        assertThat(event.occurredAt()).isEqualTo(clock.instant());
    }

    @Test
    void doesNotReadACustomerWithoutId() {
        Map.of("\"id\": \"\"", "blank", "\"id\": null", "null", "\"name\": \"Acme\"", "missing")
                .forEach((object, fault) -> assertThat(event(HEALTH_DROPPED.replace("\"id\": \"cus_2N\"", object))
                                .unreadable())
                        .as(object)
                        .isEqualTo("The subject is " + fault + ": .data.object.id"));
    }

    @Test
    void doesNotReadACustomerWithoutTenant() {
        assertThat(event(HEALTH_DROPPED.replace("org_id", "organisation")).unreadable())
                .isEqualTo("The tenant is missing: .org_id");
    }

    @Test
    void readsATestEventWhoseFlagIsAText() {
        assertThat(event(HEALTH_DROPPED.replace("\"livemode\": true", "\"livemode\": \"false\""))
                        .live())
                .isFalse();
    }

    private Event event(String body) {
        return receiver.event(signer.sign(Utf8.bytes(body)));
    }
}
