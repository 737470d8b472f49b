package dev.crmsync.webhook;

import static dev.crmsync.webhook.NotAuthenticException.Reason.MALFORMED;
import static dev.crmsync.webhook.NotAuthenticException.Reason.MISSING;
import static dev.crmsync.webhook.NotAuthenticException.Reason.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.event.Event;
import dev.crmsync.event.OrderKey;
import dev.crmsync.event.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmporixEnvelopeTest {

    private static final String SVIX_SECRET = "whsec_ZW1wb3JpeCBzZWNyZXQgb2YgMjQgYnl0ZXM=";
    private static final String HTTP_SECRET = "shop secret";
    private static final String SETTING = "crm.emporix.signing-secrets";
    private static final String UPDATED = """
            {"tenant": "acme", "customerNumber": "138", "id": "138", "firstName": "John", "lastName": "Doe",
             "contactEmail": "john@acme.example", "metadata": {"version": 2}, "updatedBy": "employee-42"}
            """;
    private static final String DELETED =
            "{\"customerNumber\":\"138\",\"email\":\"john@acme.example\",\"triggeredBy\":\"me\",\"tenant\":\"acme\"}";
    private static final String LOGIN = "{\"tenant\":\"acme\",\"sessionId\":\"FAKE\",\"customerId\":\"138\"}";
    private static final String EMAIL_CHANGE = """
            {"tenant": "acme", "customerId": "138", "token": "FAKE-TOKEN", "email": "john@acme.example",
             "newEmail": "new@acme.example"}
            """;

    private final SettableClock clock = SettableClock.atPresent();
    /** A few attempts ago, in units of 4 ms. */
    private final Instant created =
            clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMillis(3_600_200));

    private final SvixSigner svix = new SvixSigner(SVIX_SECRET, clock);
    private final EmporixSigner http = new EmporixSigner(HTTP_SECRET, clock);
    private Receiver receiver;

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void readsAnEventThatCameThroughSvix() throws Exception {
        String id = SvixIds.at(created);

        Event event = at("customer.updated").event(svix.sign(id, Utf8.bytes(UPDATED)));

        assertThat(event.id().toString()).isEqualTo("emporix:" + id);
        assertThat(event.type()).isEqualTo("customer.updated");
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.subject()).isEqualTo("customer:138");
        assertThat(event.aspect()).isEqualTo(Event.STATE);
        assertThat(event.orderKey()).isEqualTo(profile(2, created));
        assertThat(event.occurredAt()).isEqualTo(created);
        assertThat(event.unreadable()).isNull();
    }

    @Test
    void readsAnEventThatCameOverHttp() throws Exception {
        Event event = at("customer.updated").event(http.sign(Utf8.bytes(UPDATED)));

        assertThat(event.id().value()).isEqualTo(content(UPDATED));
        assertThat(event.orderKey()).isEqualTo(OrderKey.of(2));
        assertThat(event.occurredAt()).isEqualTo(clock.instant());
    }

    @Test
    void comparesEventTypesWithoutCase() throws Exception {
        assertThat(at("CUSTOMER.UPDATED").event(http.sign(Utf8.bytes(UPDATED))).type())
                .isEqualTo("customer.updated");
    }

    @Test
    void takesTheEventTypeFromThePathWhateverHeadersAndQuerySay() throws Exception {
        Event event = at("customer.deleted?event-type=customer.updated&x=/y")
                .with("event-type", List.of("customer.updated", "customer.deleted"))
                .with("CamelHttpPath", "/webhooks/emporix/customer.updated")
                .event(http.sign(Utf8.bytes(DELETED)));

        assertThat(event.type()).isEqualTo("customer.deleted");
    }

    @Test
    void refusesAPathWithoutEventType() throws Exception {
        for (String path : List.of("customer%2eupdated", "customer updated", "ä", "x".repeat(101), "{{x}}")) {
            assertThat(at(path).refusal(http.sign(Utf8.bytes(UPDATED))))
                    .as(path)
                    .isEqualTo(MALFORMED);
        }
    }

    @Test
    void refusesAPathThatOnlyLooksLikeThatOfAnEventType() throws Exception {
        for (String path : List.of("customer_updated", "customer-updated", "customer.logged-in")) {
            assertThat(at(path).refusal(http.sign(Utf8.bytes(UPDATED))))
                    .as(path)
                    .isEqualTo(MALFORMED);
        }
    }

    @Test
    void refusesARequestThatIsSignedInNoWay() throws Exception {
        assertThat(at("customer.updated").refusal(new SignedRequest(Map.of(), Utf8.bytes(UPDATED))))
                .isEqualTo(MISSING);
    }

    @Test
    void refusesABadSvixSignatureEvenWithAGoodOtherOne() throws Exception {
        receiver = at("customer.updated").with("svix-signature", "v1,AAAA").with("svix-id", "msg_1");
        receiver.with("svix-timestamp", Long.toString(clock.instant().getEpochSecond()));

        assertThat(receiver.refusal(http.sign(Utf8.bytes(UPDATED)))).isEqualTo(WRONG);
    }

    @Test
    void bindsTheTypeToTheBodyByASecretPerType() throws Exception {
        receiver = receiver(Map.of(SETTING + ".customer.updated", HTTP_SECRET, SETTING, "common"));

        assertThat(receiver.at("/webhooks/emporix/customer.updated")
                        .event(http.sign(Utf8.bytes(UPDATED)))
                        .type())
                .isEqualTo("customer.updated");
        assertThat(receiver.at("/webhooks/emporix/customer.created").refusal(http.sign(Utf8.bytes(UPDATED))))
                .isEqualTo(WRONG);
        assertThat(receiver.at("/webhooks/emporix/customer.updated")
                        .refusal(new EmporixSigner("common", clock).sign(Utf8.bytes(UPDATED))))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesTypesWithoutSecretWhenOnlyOthersHaveOne() throws Exception {
        receiver = receiver(Map.of(SETTING + ".customer.updated", HTTP_SECRET));

        assertThat(receiver.at("/webhooks/emporix/customer.created").refusal(http.sign(Utf8.bytes(UPDATED))))
                .isEqualTo(WRONG);
    }

    @Test
    void findsASecretPerTypeInTheSystemProperties() throws Exception {
        System.setProperty(SETTING + ".customer.updated", HTTP_SECRET);
        try {
            receiver = receiver(Map.of(SETTING, "common"));
        } finally {
            System.clearProperty(SETTING + ".customer.updated");
        }

        assertThat(receiver.at("/webhooks/emporix/customer.updated")
                        .event(http.sign(Utf8.bytes(UPDATED)))
                        .unreadable())
                .isNull();
    }

    @Test
    void startsWithSecretsOfOneKindOnly() throws Exception {
        assertThat(receiver(Map.of(SETTING, HTTP_SECRET))
                        .at("/webhooks/emporix/customer.updated")
                        .refusal(svix.sign(Utf8.bytes(UPDATED))))
                .isEqualTo(WRONG);
        receiver.close();
        assertThat(receiver(Map.of(SETTING, SVIX_SECRET))
                        .at("/webhooks/emporix/customer.updated")
                        .event(svix.sign(Utf8.bytes(UPDATED)))
                        .unreadable())
                .isNull();
    }

    @Test
    void doesNotStartWithoutASecret() {
        assertThatThrownBy(() -> receiver(Map.of()))
                .rootCause()
                .hasMessage("Signing secret for 'emporix' is missing: set crm.emporix.signing-secrets,"
                        + " or crm.emporix.signing-secrets.<event-type>");
    }

    @Test
    void doesNotStartWithAMalformedSvixSecret() {
        assertThatThrownBy(() -> receiver(Map.of(SETTING + ".customer.updated", "whsec_***")))
                .rootCause()
                .hasMessageEndingWith(": correct crm.emporix.signing-secrets.customer.updated");
    }

    @Test
    void takesTheSameContentOverHttpForTheSameEvent() throws Exception {
        String reordered = "{\"metadata\":{\"version\":2.0}, "
                + UPDATED.strip().substring(1).replace("\"metadata\": {\"version\": 2}, ", "");
        SignedRequest captured = http.sign(Utf8.bytes(UPDATED));
        Event first = at("customer.updated").event(captured);
        clock.advance(Duration.ofDays(1));

        for (String body : List.of(UPDATED, " " + UPDATED, reordered)) {
            assertThat(receiver.event(new SignedRequest(captured.headers(), Utf8.bytes(body)))
                            .id())
                    .as(body)
                    .isEqualTo(first.id());
        }
    }

    /** It is not signed: anybody who has seen a delivery may set it. */
    @Test
    void takesNoOrderAndNoTimeFromThePublishTime() throws Exception {
        String neither = UPDATED.replace("\"version\": 2", "\"mixins\": {}");
        receiver = at("customer.updated").with("emporix-event-publish-time", "9998-12-31T00:00:00Z");

        for (Event event : List.of(
                receiver.event(signature(neither)), at("customer.logged.in").event(signature(LOGIN)))) {
            assertThat(event.unreadable()).isNull();
            assertThat(event.orderKey()).isEqualTo(OrderKey.NONE);
            assertThat(event.occurredAt()).isEqualTo(clock.instant());
        }
    }

    @Test
    void takesContentUnderAnotherPathForTheSameEventUnlessASecretSaysTheType() throws Exception {
        String own = "of the change alone";
        receiver = receiver(Map.of(SETTING, HTTP_SECRET, SETTING + ".customer.email-change", own + "," + HTTP_SECRET));

        assertThat(List.of("customer.email-change", "customer.email-change-request"))
                .allSatisfy(type -> assertThat(at(type).event(http.sign(Utf8.bytes(EMAIL_CHANGE)))
                                .id()
                                .value())
                        .isEqualTo(content(EMAIL_CHANGE)));
        assertThat(at("customer.email-change")
                        .event(new EmporixSigner(own, clock).sign(Utf8.bytes(EMAIL_CHANGE)))
                        .id()
                        .value())
                .isEqualTo("customer.email-change:" + content(EMAIL_CHANGE));
    }

    @Test
    void countsUnreadableContentOnceHoweverItIsWritten() throws Exception {
        SignedRequest captured = http.sign(Utf8.bytes(DELETED));
        receiver = at("customer.updated");

        assertThat(List.of(DELETED, " " + DELETED))
                .allSatisfy(body -> assertThat(receiver.event(new SignedRequest(captured.headers(), Utf8.bytes(body)))
                                .id()
                                .value())
                        .isEqualTo("unreadable:" + content(DELETED)));
    }

    @Test
    void unwrapsABodyThatHasAWrapper() throws Exception {
        String wrapped = "{\"eventType\": \"CUSTOMER.UPDATED\", \"payload\": " + UPDATED + "}";

        Event event = at("customer.updated").event(http.sign(Utf8.bytes(wrapped)));

        assertThat(event.subject()).isEqualTo("customer:138");
        assertThat(event.payload()).startsWith("{\"tenant\":\"acme\"");
    }

    @Test
    void doesNotReadAWrapperThatNamesAnotherType() throws Exception {
        String wrapped = "{\"type\": \"customer.created\", \"data\": " + UPDATED + "}";

        assertThat(at("customer.updated").event(http.sign(Utf8.bytes(wrapped))).unreadable())
                .isEqualTo("The body's wrapper names another event type than the path");
    }

    @Test
    void doesNotReadABodyThatIsNotWhatThePathSays() throws Exception {
        Event event = at("customer.updated").event(svix.sign("msg_1", Utf8.bytes(DELETED)));

        assertThat(event.type()).isEqualTo(Event.UNREADABLE);
        assertThat(event.unreadable())
                .isEqualTo("The path says customer.updated, but the body has the members of customer.deleted");
        assertThat(event.id().value()).isEqualTo("unreadable:msg_1");
    }

    @Test
    void takesTheRequestForAnEmailChangeForNeitherProfileNorDeletion() throws Exception {
        for (String type : List.of("customer.created", "customer.updated", "customer.deleted", "customer.opt-in")) {
            assertThat(at(type).event(http.sign(Utf8.bytes(EMAIL_CHANGE))).unreadable())
                    .as(type)
                    .contains("customer.email-change");
        }
    }

    @Test
    void ordersAnEmailChangeApartFromTheProfileByItsTime() throws Exception {
        Event event = at("customer.email-change").event(svix.sign(SvixIds.at(created), Utf8.bytes(EMAIL_CHANGE)));

        assertThat(event.subject()).isEqualTo("customer:138");
        assertThat(event.aspect()).isEqualTo("login-email");
        assertThat(event.orderKey()).isEqualTo(OrderKey.of(created));
        assertThat(event.payload()).doesNotContain("FAKE-TOKEN");
    }

    @Test
    void ordersALoginApartFromTheProfileByItsTime() throws Exception {
        Event event = at("customer.logged.in").event(svix.sign(SvixIds.at(created), Utf8.bytes(LOGIN)));

        assertThat(event.aspect()).isEqualTo("login");
        assertThat(event.orderKey()).isEqualTo(OrderKey.of(created));
        assertThat(event.occurredAt()).isEqualTo(created);
        assertThat(event.payload()).isEqualTo("{\"tenant\":\"acme\",\"customerId\":\"138\"}");
    }

    @Test
    void ordersADeletionByItsTime() throws Exception {
        Event event = at("customer.deleted").event(svix.sign(SvixIds.at(created), Utf8.bytes(DELETED)));

        assertThat(event.subject()).isEqualTo("customer:138");
        assertThat(event.aspect()).isEqualTo(Event.STATE);
        assertThat(event.orderKey()).isEqualTo(OrderKey.of(created));
        assertThat(event.occurredAt()).isEqualTo(created);
    }

    @Test
    void ordersAProfileWithoutVersionByItsTime() throws Exception {
        for (String instead : List.of("\"mixins\": {}", "\"version\": null")) {
            String body = UPDATED.replace("\"version\": 2", instead);

            assertThat(at("customer.updated")
                            .event(svix.sign(SvixIds.at(created), Utf8.bytes(body)))
                            .orderKey())
                    .as(instead)
                    .isEqualTo(OrderKey.of(created));
        }
        String noMetadata = UPDATED.replace("\"metadata\": {\"version\": 2}, ", "");
        assertThat(at("customer.created")
                        .event(svix.sign(SvixIds.at(created), Utf8.bytes(noMetadata)))
                        .orderKey())
                .isEqualTo(OrderKey.of(created));
    }

    /** It is of another clock than the time of the message, which deletions and logins are ordered by. */
    @Test
    void takesNoOrderFromTheTimeInTheBody() throws Exception {
        String modified = UPDATED.replace("\"version\": 2", "\"modifiedAt\": \"2026-05-22T10:15:30.000Z\"");

        assertThat(at("customer.updated")
                        .event(svix.sign(SvixIds.at(created), Utf8.bytes(modified)))
                        .orderKey())
                .isEqualTo(OrderKey.of(created));
        assertThat(at("customer.updated").event(http.sign(Utf8.bytes(modified))).orderKey())
                .isEqualTo(OrderKey.NONE);
    }

    @Test
    void takesVersionsThatAreTextsForTheNumbersThatTheyAre() throws Exception {
        String asText = UPDATED.replace("\"version\": 2", "\"version\": \"7\"");

        assertThat(at("customer.updated")
                        .event(svix.sign(SvixIds.at(created), Utf8.bytes(asText)))
                        .orderKey())
                .isEqualTo(profile(7, created));
    }

    @Test
    void doesNotReadAProfileWhoseVersionIsNone() throws Exception {
        String latest = UPDATED.replace("\"version\": 2", "\"version\": \"latest\"");

        assertThat(at("customer.updated")
                        .event(svix.sign(SvixIds.at(created), Utf8.bytes(latest)))
                        .unreadable())
                .isEqualTo("The expression for 'orderKey' fails on this body");
    }

    @Test
    void keepsThePlaceOfAMessageInEveryAttemptToDeliverIt() throws Exception {
        String id = SvixIds.at(clock.instant());
        for (String type : List.of("customer.updated", "customer.deleted", "customer.logged.in")) {
            byte[] body = Utf8.bytes(Map.of("customer.updated", UPDATED, "customer.deleted", DELETED)
                    .getOrDefault(type, LOGIN));
            Event first = at(type).event(svix.sign(id, body));
            clock.advance(Duration.ofMinutes(4));
            Event retry = at(type).event(svix.sign(id, body));

            assertThat(retry).isEqualTo(first);
            clock.advance(Duration.ofMinutes(-4));
        }
    }

    @Test
    void placesALateRetryBeforeWhatWasCreatedMeanwhile() throws Exception {
        Event login = at("customer.logged.in").event(svix.sign(SvixIds.at(created.plusSeconds(60)), Utf8.bytes(LOGIN)));
        Event earlier = at("customer.logged.in").event(svix.sign(SvixIds.at(created), Utf8.bytes(LOGIN)));

        assertThat(earlier.orderKey().isOlderThan(login.orderKey())).isTrue();
    }

    @Test
    void takesTheTimeOfTheAttemptForIdsThatTellNoPlausibleOne() throws Exception {
        Instant attempt = clock.instant().truncatedTo(ChronoUnit.SECONDS);

        for (String id : List.of(
                "msg_1",
                "evt_" + SvixIds.at(created).substring(4),
                "msg_aWgEPTl1tmebfsQzFP4bxwgy80V",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj",
                SvixIds.at(attempt.plusSeconds(61)),
                SvixIds.at(attempt.minus(Duration.ofDays(92)).minusMillis(4)))) {
            Event event = at("customer.logged.in").event(svix.sign(id, Utf8.bytes(LOGIN)));

            assertThat(event.orderKey()).as(id).isEqualTo(OrderKey.of(attempt));
            assertThat(event.occurredAt()).as(id).isEqualTo(attempt);
        }
    }

    @Test
    void takesTheTimeOfTheIdAsLongAsSvixCanSendItAndClocksDiffer() throws Exception {
        Instant attempt = clock.instant().truncatedTo(ChronoUnit.SECONDS);

        for (Instant plausible : List.of(
                attempt.plusSeconds(60),
                attempt.plusMillis(996),
                attempt,
                attempt.minus(Duration.ofHours(28)),
                attempt.minus(Duration.ofDays(92)))) {
            Event event = at("customer.logged.in").event(svix.sign(SvixIds.at(plausible), Utf8.bytes(LOGIN)));

            assertThat(event.orderKey()).isEqualTo(OrderKey.of(plausible));
            assertThat(event.occurredAt()).isEqualTo(plausible);
        }
    }

    @Test
    void readsTheTimeUnderTheNamesOfWhiteLabelledSendersToo() throws Exception {
        SignedRequest signed = svix.sign(SvixIds.at(created), Utf8.bytes(UPDATED));
        Map<String, String> renamed = new HashMap<>();
        signed.headers().forEach((name, value) -> renamed.put(name.replace("svix-", "webhook-"), value));

        Event event = at("customer.updated").event(new SignedRequest(renamed, signed.body()));

        assertThat(event.orderKey()).isEqualTo(profile(2, created));
        assertThat(event.occurredAt()).isEqualTo(created);
    }

    @Test
    void readsTypesWithoutCustomerToo() throws Exception {
        Event event = at("customer.password-reset")
                .event(svix.sign(
                        "msg_1", Utf8.bytes("{\"email\":\"a@b.example\",\"token\":\"FAKE\",\"site\":\"main\"}")));

        assertThat(event.unreadable()).isNull();
        assertThat(event.subject()).isEqualTo("event:msg_1");
        assertThat(event.aspect()).isEqualTo("other");
        assertThat(event.payload()).isEqualTo("{\"email\":\"a@b.example\",\"site\":\"main\"}");
    }

    @Test
    void doesNotReadAProfileWithoutNumber() throws Exception {
        assertThat(at("customer.updated")
                        .event(http.sign(Utf8.bytes("{\"contactEmail\":\"a@b.example\",\"tenant\":\"acme\"}")))
                        .unreadable())
                .isEqualTo("The subject is missing, null or blank: .id // .customerId // .customerNumber");
    }

    @Test
    void readsTypesThatAreNoCustomers() throws Exception {
        Event event = at("client-management.legal-entity-created")
                .event(svix.sign("msg_1", Utf8.bytes("{\"id\":\"le_1\",\"name\":\"Acme\",\"tenant\":\"acme\"}")));

        assertThat(event.unreadable()).isNull();
    }

    @Test
    void keepsNoSecretOnTheExchange() throws Exception {
        Exchange exchange = at("customer.email-change").receive(svix.sign(Utf8.bytes(EMAIL_CHANGE)));

        assertThat(exchange.getMessage().getBody(String.class)).contains("138").doesNotContain("FAKE-TOKEN");
        assertThat(exchange.getProperties().toString()).doesNotContain("FAKE-TOKEN");
    }

    private SignedRequest signature(String body) {
        SignedRequest signed = http.sign(Utf8.bytes(body));
        return new SignedRequest(
                Map.of("emporix-event-signature", signed.headers().get("emporix-event-signature")), signed.body());
    }

    private static OrderKey profile(long version, Instant created) {
        return new OrderKey(
                OrderKey.of(version).value() + "~" + OrderKey.of(created).value());
    }

    private static String content(String body) {
        return Sha256.hex(CanonicalJson.of(Utf8.bytes(body)).orElseThrow());
    }

    private Receiver at(String type) throws Exception {
        if (receiver == null) {
            receiver = receiver(Map.of(SETTING, SVIX_SECRET + "," + HTTP_SECRET));
        }
        return receiver.at("/webhooks/emporix/" + type);
    }

    private Receiver receiver(Map<String, String> settings) throws Exception {
        receiver = Receiver.of("emporix", settings, clock);
        return receiver;
    }
}
