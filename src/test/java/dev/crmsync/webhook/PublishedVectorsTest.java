package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Signatures that others have computed. Those of Svix are old, and its library has a clock of its own, so they are
 * compared with what the signer makes of the same message at the same time; the present is {@link SvixVerifierTest}'s.
 */
class PublishedVectorsTest {

    private static final Path DATA = Path.of("../shared/data");

    @Test
    void signsLikeSvix() {
        assertThat(svixSignature(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(svixSignature(
                        "whsec_plJ3nmyCDGBKInavdOK15jsl",
                        "msg_loFOjxBNrRLzqYUf",
                        1731705121,
                        "{\"event_type\":\"ping\",\"data\":{\"success\":true}}"))
                .isEqualTo("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
    }

    @Test
    void signsLikePlain() {
        SignedRequest request = new PlainSigner("secret", Clock.systemUTC()).sign(Utf8.bytes("hello-world"));

        assertThat(request.headers())
                .containsEntry(
                        "Plain-Request-Signature", "1bff4699de4fb5202a4b1e6cefd7b5fdfb02d19a67a1eb371dd417a45b0a47df");
    }

    @TestFactory
    Stream<DynamicTest> svix() throws Exception {
        return vectors("svix", vector -> {
            String expected = vector.at("/headers/svix-signature").textValue();
            Instant signedAt =
                    Instant.ofEpochSecond(vector.at("/headers/svix-timestamp").asLong());
            Instant now = Instant.ofEpochSecond(vector.get("clock").asLong());
            boolean signed = vector.hasNonNull("secret")
                    && expected.contains(svixSignature(
                            vector.get("secret").textValue(),
                            vector.at("/headers/svix-id").textValue(),
                            signedAt.getEpochSecond(),
                            vector.get("body").textValue()));
            boolean fresh = Duration.between(signedAt, now).abs().compareTo(SvixVerifier.TOLERANCE) <= 0;

            assertThat(signed && fresh)
                    .isEqualTo(vector.get("expect").textValue().equals("accept"));
        });
    }

    @TestFactory
    Stream<DynamicTest> emporix() throws Exception {
        String header = "emporix-event-signature";
        return vectors("emporix", vector -> {
            Map<String, String> settings =
                    Map.of("crm.emporix.signing-secrets", vector.get("secret").textValue());
            SignedRequest request = new SignedRequest(
                    Map.of(header, vector.get(header).textValue()),
                    Utf8.bytes(vector.get("body").textValue()));
            try (Receiver receiver = Receiver.of("emporix", settings, Clock.systemUTC())) {
                Exception refusal =
                        receiver.at("/webhooks/emporix/x").receive(request).getException();

                assertThat(refusal == null)
                        .isEqualTo(vector.get("expect").textValue().startsWith("accept"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> plain() throws Exception {
        return vectors("plain", vector -> {
            byte[] body = vector.has("body")
                    ? Utf8.bytes(vector.get("body").textValue())
                    : Files.readAllBytes(
                            DATA.resolve("plain").resolve(vector.get("bodyFile").textValue()));
            Map<String, String> settings =
                    Map.of("crm.plain.signing-secrets", vector.get("secret").textValue());
            SignedRequest request = new SignedRequest(
                    Map.of("Plain-Request-Signature", vector.get("signature").textValue()), body);
            SettableClock clock = SettableClock.at(attempt(body));
            try (Receiver receiver = Receiver.of("plain", settings, clock)) {
                boolean accepted = receiver.receive(request).getException() == null;

                assertThat(accepted).isEqualTo(!vector.get("expect").textValue().startsWith("reject"));
            }
        });
    }

    private static String attempt(byte[] body) {
        try {
            return StrictJson.parse(body)
                    .at("/webhookMetadata/webhookDeliveryAttemptTimestamp")
                    .textValue();
        } catch (UnreadableException e) {
            return "2026-05-26T14:00:00Z";
        }
    }

    private static String svixSignature(String secret, String id, long timestamp, String body) {
        SettableClock then = SettableClock.at(Instant.ofEpochSecond(timestamp).toString());
        return new SvixSigner(secret, then).sign(id, Utf8.bytes(body)).headers().get("svix-signature");
    }

    private static Stream<DynamicTest> vectors(String source, Check check) throws Exception {
        Path file = DATA.resolve(source).resolve("test-vectors.json");
        assumeTrue(Files.exists(file), "no vectors at " + file);
        JsonNode vectors = new ObjectMapper().readTree(Files.readAllBytes(file)).get("vectors");
        return StreamSupport.stream(vectors.spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.get("name").textValue(), () -> check.of(vector)));
    }

    /** What must hold for a vector. */
    private interface Check {
        void of(JsonNode vector) throws Exception;
    }
}
