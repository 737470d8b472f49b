package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.EventId;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.webhook.EmporixSigner;
import dev.crmsync.webhook.PlainSigner;
import dev.crmsync.webhook.SignedRequest;
import dev.crmsync.webhook.SvixSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;

/** An event that one of the sources signed for one path, each with an id of its own. */
record SignedDelivery(EventId id, String type, String path, SignedRequest signed) {

    /** So that a delivery can be signed for its path alone. */
    static final Map<String, String> SETTINGS = Map.of(
            "crm.emporix.signing-secrets.customer.updated",
            TestSender.EMPORIX_SVIX_SECRET + "," + TestSender.EMPORIX_HTTP_SECRET,
            "crm.emporix.signing-secrets",
            "another-public-test-key");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String EMPORIX_TYPE = "customer.updated";
    private static final String UNROUTED_TYPE = "customer.waved";

    /** One of the scheme with that number, as often as it is asked for. */
    static SignedDelivery of(int number) {
        return switch (number % 4) {
            case 0 -> pivotal(number);
            case 1 -> plain(number);
            case 2 -> emporixOverSvix(number);
            default -> emporixOverHttp(number);
        };
    }

    private static SignedDelivery pivotal(int number) {
        byte[] body = PivotalEvent.of("mutated_" + number, UNROUTED_TYPE);
        return new SignedDelivery(
                new EventId("pivotal", "evt_mutated_" + number),
                UNROUTED_TYPE,
                "/webhooks/pivotal",
                new SvixSigner(TestSender.PIVOTAL_SECRET, CLOCK).sign(body));
    }

    private static SignedDelivery plain(int number) {
        String body = """
                {"id": "pEv_%d", "type": "%s", "workspaceId": "w_1", "timestamp": "2026-05-26T14:00:00.000Z",
                 "webhookMetadata": {"webhookDeliveryAttemptTimestamp": "%s"},
                 "payload": {"eventType": "%2$s", "customer": {"id": "c_%1$d", "fullName": "Zoë"}}}
                """.formatted(number, UNROUTED_TYPE, CLOCK.instant());
        return new SignedDelivery(
                new EventId("plain", "pEv_" + number),
                UNROUTED_TYPE,
                "/webhooks/plain",
                new PlainSigner(TestSender.PLAIN_SECRET, CLOCK).sign(bytes(body)));
    }

    private static SignedDelivery emporixOverSvix(int number) {
        SignedRequest signed = new SvixSigner(TestSender.EMPORIX_SVIX_SECRET, CLOCK).sign(customer(number));
        return new SignedDelivery(
                new EventId("emporix", signed.headers().get("svix-id")),
                EMPORIX_TYPE,
                "/webhooks/emporix/" + EMPORIX_TYPE,
                signed);
    }

    private static SignedDelivery emporixOverHttp(int number) {
        byte[] body = customer(number);
        return new SignedDelivery(
                new EventId("emporix", EMPORIX_TYPE + ":" + sha256(body)),
                EMPORIX_TYPE,
                "/webhooks/emporix/" + EMPORIX_TYPE,
                new EmporixSigner(TestSender.EMPORIX_HTTP_SECRET, CLOCK).sign(body));
    }

    /** In canonical form, whose hash is the id where no id is signed. */
    private static byte[] customer(int number) {
        return bytes(
                "{\"customerNumber\":\"%d\",\"firstName\":\"Zoë\",\"id\":\"%1$d\",\"lastName\":\"Doe\",\"tenant\":\"acme\"}"
                        .formatted(number));
    }

    /** Under which it is kept where headers that nobody signed contradict it; it is what was signed. */
    EventId idIfUnreadable() {
        return new EventId(
                id.source(), "unreadable:" + signed.headers().getOrDefault("svix-id", sha256(signed.body())));
    }

    /** Whether that is what was signed. */
    boolean isStoredAs(StoredEvent event) {
        return event.event().id().equals(idIfUnreadable())
                || event.event().unreadable() == null
                        && event.event().type().equals(type)
                        && json(bytes(event.event().payload())).equals(json(signed.body()));
    }

    /** Whether the signature is one over JSON, however it is written. */
    boolean isSignedInCanonicalForm() {
        return signed.headers().containsKey("emporix-event-signature");
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
