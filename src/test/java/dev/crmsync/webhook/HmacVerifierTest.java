package dev.crmsync.webhook;

import static dev.crmsync.webhook.NotAuthenticException.Reason.MALFORMED;
import static dev.crmsync.webhook.NotAuthenticException.Reason.MISSING;
import static dev.crmsync.webhook.NotAuthenticException.Reason.STALE;
import static dev.crmsync.webhook.NotAuthenticException.Reason.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.event.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HmacVerifierTest {

    /** Published by Plain with its SDK's tests. */
    private static final String HELLO_WORLD = "1bff4699de4fb5202a4b1e6cefd7b5fdfb02d19a67a1eb371dd417a45b0a47df";

    private static final String SIGNED_AT = "{\"signed\":{\"at\":\"2026-05-26T14:00:00.000Z\"}}";

    private final SettableClock clock = SettableClock.at("2026-05-26T14:00:00Z");
    private Receiver receiver;

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void acceptsThePublishedVector() throws Exception {
        assertPasses(receiver(), request("hello-world", HELLO_WORLD));
    }

    @Test
    void refusesAChangedBody() throws Exception {
        assertThat(receiver().refusal(request("hello-worle", HELLO_WORLD))).isEqualTo(WRONG);
    }

    @Test
    void refusesUpperCaseHex() throws Exception {
        assertThat(receiver().refusal(request("hello-world", HELLO_WORLD.toUpperCase(Locale.ROOT))))
                .isEqualTo(MALFORMED);
    }

    @Test
    void refusesARequestWithoutTheHeader() throws Exception {
        assertThat(receiver().refusal(new SignedRequest(Map.of(), bytes("hello-world"))))
                .isEqualTo(MISSING);
    }

    @Test
    void refusesTwoSignatures() throws Exception {
        receiver = receiver().with("Acme-Signature", List.of(HELLO_WORLD, HELLO_WORLD));

        assertThat(receiver.refusal(new SignedRequest(Map.of(), bytes("hello-world"))))
                .isEqualTo(MALFORMED);
    }

    @Test
    void refusesWhatIsNoSignature() throws Exception {
        for (String signature : List.of("xyz", "0", "sha256=" + HELLO_WORLD, HELLO_WORLD + " ")) {
            assertThat(receiver().refusal(request("hello-world", signature)))
                    .as(signature)
                    .isEqualTo(MALFORMED);
        }
    }

    @Test
    void refusesPartOfASignature() throws Exception {
        for (String signature : List.of("", HELLO_WORLD.substring(0, 32), HELLO_WORLD + HELLO_WORLD)) {
            assertThat(receiver().refusal(request("hello-world", signature)))
                    .as(signature)
                    .isEqualTo(MALFORMED);
        }
    }

    @Test
    void readsBase64() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HELLO_WORLD));

        assertPasses(receiver("encoding: base64"), request("hello-world", base64));
        assertThat(receiver.refusal(request("hello-world", base64.replace("=", ""))))
                .isEqualTo(MALFORMED);
    }

    @Test
    void readsAPrefix() throws Exception {
        assertPasses(receiver("prefix: sha256="), request("hello-world", "sha256=" + HELLO_WORLD));
        assertThat(receiver.refusal(request("hello-world", HELLO_WORLD))).isEqualTo(MALFORMED);
    }

    @Test
    void knowsLongerHashes() throws Exception {
        byte[] signature = new Hmac("HmacSHA512", "secret").of(bytes("hello-world"));

        assertPasses(
                receiver("algorithm: HmacSHA512"),
                request("hello-world", HexFormat.of().formatHex(signature)));
    }

    @Test
    void holdsOldAndNewSecretWhileTheSenderRotates() throws Exception {
        receiver = receiverWith("next, secret\n");

        assertPasses(receiver, request("hello-world", HELLO_WORLD));
        assertPasses(receiver, signed("hello-world", "next"));
        assertThat(receiver.refusal(signed("hello-world", "previous"))).isEqualTo(WRONG);
    }

    @Test
    void refusesWhatWasSignedTooLongAgo() throws Exception {
        receiver = receiver("timestamp: /signed/at", "toleranceSeconds: 60");

        clock.advance(Duration.ofSeconds(60));
        assertPasses(receiver, signed(SIGNED_AT));
        clock.advance(Duration.ofMillis(1));
        assertThat(receiver.refusal(signed(SIGNED_AT))).isEqualTo(STALE);
    }

    @Test
    void refusesWhatIsSignedForTheFuture() throws Exception {
        clock.advance(Duration.ofSeconds(-301));

        assertThat(receiver("timestamp: /signed/at").refusal(signed(SIGNED_AT))).isEqualTo(STALE);
    }

    @Test
    void looksAtTheTimeOnlyOfWhatIsAuthentic() throws Exception {
        clock.advance(Duration.ofDays(1));

        assertThat(receiver("timestamp: /signed/at").refusal(signed(SIGNED_AT, "another secret")))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesJsonWithoutTheTimeThatItsSenderSigns() throws Exception {
        receiver = receiver("timestamp: /signed/at");
        for (String body : List.of("{}", "{\"signed\":{\"at\":null}}", "{\"signed\":{\"at\":\"yesterday\"}}", "[]")) {
            assertThat(receiver.refusal(signed(body))).as(body).isEqualTo(MALFORMED);
        }
    }

    @Test
    void passesAnAuthenticBodyThatIsNoJson() throws Exception {
        assertPasses(receiver("timestamp: /signed/at"), request("hello-world", HELLO_WORLD));
    }

    @Test
    void acceptsBytesAndCanonicalFormAlike() throws Exception {
        receiver = receiver("canonical: sorted-json");

        assertPasses(receiver, signed("{\"b\": 1.0, \"a\": 2}"));
        assertPasses(receiver, request("{\"b\": 1.0, \"a\": 2}", signature("{\"a\":2,\"b\":1}", "secret")));
        assertThat(receiver.refusal(request("{\"b\": 1.0, \"a\": 3}", signature("{\"a\":2,\"b\":1}", "secret"))))
                .isEqualTo(WRONG);
    }

    @Test
    void acceptsNoNumberThatTheCanonicalFormWouldChange() throws Exception {
        receiver = receiver("canonical: sorted-json");

        assertThat(receiver.refusal(request("{\"a\": 1e400}", signature("{\"a\":null}", "secret"))))
                .isEqualTo(WRONG);
        assertThat(receiver.refusal(
                        request("{\"a\": 9007199254740993}", signature("{\"a\":9007199254740992}", "secret"))))
                .isEqualTo(WRONG);
        assertPasses(receiver, signed("{\"a\":9007199254740993}"));
    }

    @Test
    void namesTheSignedContentHoweverItIsWritten() throws Exception {
        String canonical = "{\"a\":2,\"b\":1}";
        receiver = receiver("canonical: sorted-json");

        for (String body : List.of(canonical, "{\"b\": 1.0, \"a\": 2}")) {
            for (String signed : List.of(canonical, body)) {
                assertThat(header(receiver, request(body, signature(signed, "secret")), HmacVerifier.CONTENT))
                        .isEqualTo(Sha256.hex(bytes(canonical)));
            }
        }
        assertThat(header(receiver, signed("no json"), HmacVerifier.CONTENT)).isEqualTo(Sha256.hex(bytes("no json")));
        assertThat(header(receiver(), signed(canonical), HmacVerifier.CONTENT)).isNull();
    }

    @Test
    void knowsNoCanonicalFormUnlessToldTo() throws Exception {
        assertThat(receiver().refusal(request("{\"b\":1,\"a\":2}", signature("{\"a\":2,\"b\":1}", "secret"))))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesToGuessWhichOfTwoMembersWasMeant() throws Exception {
        receiver = receiver("canonical: sorted-json");

        assertThat(receiver.refusal(request("{\"a\":1,\"a\":2}", signature("{\"a\":2}", "secret"))))
                .isEqualTo(WRONG);
    }

    @Test
    void doesNotStartWithoutASecret() {
        assertThatThrownBy(() -> receiverWith(""))
                .rootCause()
                .hasMessage("Signing secret for 'acme' is missing: set crm.acme.signing-secrets");
    }

    @Test
    void saysWhichPropertyIsWrong() {
        assertThatThrownBy(() -> receiver("encoding: hexadecimal")).rootCause().hasMessageContaining("hexadecimal");
        assertThatThrownBy(() -> receiver("algorithm: HmacMD5")).rootCause().hasMessageContaining("HmacMD5");
        assertThatThrownBy(() -> receiver("canonical: sorted")).rootCause().hasMessageContaining("sorted-json");
        assertThatThrownBy(() -> receiver("toleranceSeconds: 0")).rootCause().hasMessageContaining("0");
        assertThatThrownBy(() -> receiver("timestamp: at")).rootCause().hasMessageContaining("at");
        assertThatThrownBy(() -> receiver("header: \"\"")).rootCause().hasMessageContaining("'header'");
    }

    private Receiver receiver(String... properties) throws Exception {
        return receiverWith("secret", properties);
    }

    private Receiver receiverWith(String secrets, String... properties) throws Exception {
        List<String> configured = new ArrayList<>(List.of("source: acme", "secrets: crm.acme.signing-secrets"));
        configured.addAll(List.of(properties));
        if (!String.join("", properties).contains("header: ")) {
            configured.add("header: Acme-Signature");
        }
        String yaml = """
                - beans:
                    - name: signature
                      type: dev.crmsync.webhook.HmacVerifier
                      properties: {%s}
                - route:
                    from:
                      uri: direct:receive
                      steps:
                        - process:
                            ref: signature
                """.formatted(String.join(", ", configured));
        stop();
        receiver = null;
        receiver = Receiver.ofYaml(yaml, Map.of("crm.acme.signing-secrets", secrets), clock);
        return receiver;
    }

    private static String header(Receiver receiver, SignedRequest request, String name) {
        return receiver.receive(request).getMessage().getHeader(name, String.class);
    }

    private static void assertPasses(Receiver receiver, SignedRequest request) {
        assertThat(receiver.receive(request).getException()).isNull();
    }

    private static SignedRequest signed(String body) {
        return signed(body, "secret");
    }

    private static SignedRequest signed(String body, String secret) {
        return request(body, signature(body, secret));
    }

    private static SignedRequest request(String body, String signature) {
        return new SignedRequest(Map.of("Acme-Signature", signature), bytes(body));
    }

    private static String signature(String text, String secret) {
        return HexFormat.of().formatHex(new Hmac("HmacSHA256", secret).of(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
