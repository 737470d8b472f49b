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
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExceptionHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SvixVerifierTest {

    private static final String SECRET = secret("the secret in use, 32 bytes long");
    private static final String NEXT_SECRET = secret("the next secret, 32 bytes longer");
    private static final String OTHER_SECRET = secret("a secret of somebody else's system");
    private static final byte[] BODY = bytes("{\"id\":\"evt_1\",\"type\":\"customer.updated\",\"name\":\"Zoë\"}");
    private static final String YAML = """
            - beans:
                - name: signature
                  type: dev.crmsync.webhook.SvixVerifier
                  properties:
                    source: acme
                    secrets: crm.acme.signing-secrets
                    headers: Acme-Hint
                    clock: "#bean:clock"
            - route:
                from:
                  uri: direct:receive
                  steps:
                    - process:
                        ref: signature
            """;

    private final SettableClock clock = SettableClock.atPresent();
    private final SvixSigner signer = new SvixSigner(SECRET, clock);
    private Receiver receiver;

    @AfterEach
    void stop() throws Exception {
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void passesWhatItsSenderSigned() throws Exception {
        Exchange exchange = receiver(SECRET).receive(signer.sign("msg_1", BODY));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(BODY);
    }

    @Test
    void acceptsTheHeaderNamesOfStandardWebhooks() throws Exception {
        Exchange exchange = receiver(SECRET).receive(renamed(signer.sign("msg_1", BODY), "svix-", "webhook-"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("svix-id")).isEqualTo("msg_1");
    }

    @Test
    void acceptsHeaderNamesInAnyCase() throws Exception {
        assertPasses(receiver(SECRET), renamed(signer.sign("msg_1", BODY), "svix-", "SVIX-"));
    }

    @Test
    void refusesAChangedBody() throws Exception {
        SignedRequest request = signer.sign("msg_1", BODY);
        byte[] changed = new String(BODY, StandardCharsets.UTF_8)
                .replace("evt_1", "evt_2")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(receiver(SECRET).refusal(new SignedRequest(request.headers(), changed)))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesTheSameJsonInOtherBytes() throws Exception {
        SignedRequest request = signer.sign("msg_1", BODY);
        byte[] spaced =
                new String(BODY, StandardCharsets.UTF_8).replace(":", ": ").getBytes(StandardCharsets.UTF_8);

        assertThat(receiver(SECRET).refusal(new SignedRequest(request.headers(), spaced)))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesAChangedId() throws Exception {
        assertThat(receiver(SECRET).refusal(changed(signer.sign("msg_1", BODY), "svix-id", "msg_2")))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesAChangedTimestamp() throws Exception {
        String other = Long.toString(clock.instant().getEpochSecond() - 1);

        assertThat(receiver(SECRET).refusal(changed(signer.sign("msg_1", BODY), "svix-timestamp", other)))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesTheSignatureOfAnotherSecret() throws Exception {
        assertThat(receiver(SECRET).refusal(new SvixSigner(OTHER_SECRET, clock).sign(BODY)))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesARequestWithoutSignature() throws Exception {
        for (String header : List.of("svix-id", "svix-timestamp", "svix-signature")) {
            assertThat(receiver(SECRET).refusal(without(signer.sign(BODY), header)))
                    .as(header)
                    .isEqualTo(MISSING);
        }
    }

    @Test
    void doesNotMixTheHeadersOfBothFamilies() throws Exception {
        SignedRequest request = signer.sign(BODY);
        String id = request.headers().get("svix-id");

        assertThat(receiver(SECRET).refusal(changed(without(request, "svix-id"), "webhook-id", id)))
                .isEqualTo(MISSING);
    }

    @Test
    void refusesWhatWasSignedMoreThanFiveMinutesAgo() throws Exception {
        SignedRequest request = signer.sign(BODY);
        receiver = receiver(SECRET);

        clock.advance(Duration.ofSeconds(300));
        assertPasses(receiver, request);
        clock.advance(Duration.ofSeconds(1));
        assertThat(receiver.refusal(request)).isEqualTo(STALE);
    }

    @Test
    void refusesWhatIsSignedForTheFuture() throws Exception {
        SignedRequest request = signer.sign(BODY);
        receiver = receiver(SECRET);

        clock.advance(Duration.ofSeconds(-301));
        assertThat(receiver.refusal(request)).isEqualTo(STALE);
    }

    @Test
    void acceptsARetryHoursLaterBecauseItIsSignedAnew() throws Exception {
        SignedRequest first = signer.sign("msg_1", BODY);
        clock.advance(Duration.ofSeconds(2));

        assertThat(signer.sign("msg_1", BODY).headers().get("svix-signature"))
                .isNotEqualTo(first.headers().get("svix-signature"));
        assertPasses(receiver(SECRET), signer.sign("msg_1", BODY));
    }

    @Test
    void refusesHeadersThatMakeNoSense() throws Exception {
        receiver = receiver(SECRET);
        for (String timestamp : List.of("", "now", "-1", "+1", "1.5", "123456789012", "１６１４")) {
            assertThat(receiver.refusal(changed(signer.sign(BODY), "svix-timestamp", timestamp)))
                    .as("timestamp " + timestamp)
                    .isEqualTo(MALFORMED);
        }
        for (String id : List.of("", "msg.1", "msg 1", "msg\n1", "m".repeat(257))) {
            assertThat(receiver.refusal(changed(signer.sign(BODY), "svix-id", id)))
                    .as("id " + id)
                    .isEqualTo(MALFORMED);
        }
    }

    @Test
    void refusesSignaturesOfUnknownShapeOrVersion() throws Exception {
        receiver = receiver(SECRET);
        String signature = signer.sign("msg_1", BODY).headers().get("svix-signature");
        for (String wrong :
                List.of("v1", "v1,", ",", signature.substring(3), "v2" + signature.substring(2), "v1a,AAAA")) {
            assertThat(receiver.refusal(changed(signer.sign("msg_1", BODY), "svix-signature", wrong)))
                    .as(wrong)
                    .isEqualTo(WRONG);
        }
    }

    @Test
    void acceptsTheGoodOneOfSeveralSignatures() throws Exception {
        SignedRequest request = signer.sign("msg_1", BODY);
        String signature = request.headers().get("svix-signature");

        assertPasses(
                receiver(SECRET), changed(request, "svix-signature", "v1a,AAAA v1,c29tZXRoaW5nIGVsc2U= " + signature));
    }

    @Test
    void acceptsTheGoodOneOfSeveralSignatureHeaders() throws Exception {
        SignedRequest request = signer.sign("msg_1", BODY);
        receiver = receiver(SECRET)
                .with(
                        "svix-signature",
                        List.of("v1,c29tZXRoaW5nIGVsc2U=", request.headers().get("svix-signature")));

        assertPasses(receiver, without(request, "svix-signature"));
    }

    @Test
    void refusesARepeatedIdOrTimestamp() throws Exception {
        SignedRequest request = signer.sign("msg_1", BODY);
        receiver = receiver(SECRET).with("svix-id", List.of("msg_1", "msg_2"));

        assertThat(receiver.refusal(without(request, "svix-id"))).isEqualTo(MALFORMED);
    }

    @Test
    void refusesMoreSignaturesThanAnySenderHas() throws Exception {
        SignedRequest request = signer.sign("msg_1", BODY);
        String signature = request.headers().get("svix-signature");

        assertPasses(receiver(SECRET), changed(request, "svix-signature", repeated("v1,AAAA ", 19) + signature));
        assertThat(receiver(SECRET).refusal(changed(request, "svix-signature", repeated("v1,AAAA ", 20) + signature)))
                .isEqualTo(MALFORMED);
    }

    @Test
    void refusesBytesThatOnlyLookLikeTheSignedText() throws Exception {
        SignedRequest request = signer.sign("msg_1", bytes("{\"name\":\"\uFFFD\"}"));
        byte[] notUtf8 = bytes("{\"name\":\"?\"}");
        notUtf8[9] = (byte) 0xFF;

        assertThat(receiver(SECRET).refusal(new SignedRequest(request.headers(), notUtf8)))
                .isEqualTo(WRONG);
    }

    @Test
    void holdsOldAndNewSecretWhileTheSenderRotates() throws Exception {
        receiver = receiver(SECRET + " , " + NEXT_SECRET + "\n");

        assertPasses(receiver, signer.sign(BODY));
        assertPasses(receiver, new SvixSigner(NEXT_SECRET, clock).sign(BODY));
        assertThat(receiver.refusal(new SvixSigner(OTHER_SECRET, clock).sign(BODY)))
                .isEqualTo(WRONG);
    }

    @Test
    void acceptsASecretWithoutPrefix() throws Exception {
        assertPasses(receiver(SECRET.substring("whsec_".length())), signer.sign(BODY));
    }

    @Test
    void doesNotStartWithoutASecret() {
        for (String secrets : List.of("", " ", ",", "\n")) {
            assertThatThrownBy(() -> receiver(secrets))
                    .rootCause()
                    .hasMessage("Signing secret for 'acme' is missing: set crm.acme.signing-secrets");
        }
    }

    @Test
    void doesNotStartWithAMalformedSecret() {
        for (String secret :
                List.of("whsec_not*base64", "whsec_", "whsec_c2hvcnQ=", "whpk_AAAA", secret("x".repeat(65)))) {
            assertThatThrownBy(() -> receiver(SECRET + "," + secret))
                    .as(secret)
                    .rootCause()
                    .hasMessageStartingWith("Signing secret for 'acme' is not usable: ")
                    .hasMessageEndingWith(": correct crm.acme.signing-secrets");
        }
    }

    @Test
    void doesNotTellASecretThatItRefuses() {
        assertThatThrownBy(() -> receiver("whsec_bm90 bG9uZw=="))
                .satisfies(
                        e -> assertThat(ExceptionHelper.stackTraceToString(e)).doesNotContain("bm90", "bG9uZw"));
    }

    @Test
    void leavesOnlyTheSignedHeadersAndTheNamedOnes() throws Exception {
        receiver = receiver(SECRET)
                .with("sObjectName", "User")
                .with("CamelHttpUri", "/webhooks/acme?sObjectId=1")
                .with("CamelSqlQuery", "drop table")
                .with("Authorization", "Basic c2VjcmV0")
                .with("Acme-Hint", "useful");

        Exchange exchange = receiver.receive(signer.sign("msg_1", BODY));

        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys("svix-id", "svix-timestamp", "Acme-Hint")
                .containsEntry("Acme-Hint", "useful");
    }

    @Test
    void dropsANamedHeaderThatIsRepeatedOrNotPlainText() throws Exception {
        for (Object hint : List.of(List.of("one", "two"), "line\nbreak", "x".repeat(257), "")) {
            Exchange exchange = receiver(SECRET).with("Acme-Hint", hint).receive(signer.sign("msg_1", BODY));

            assertThat(exchange.getMessage().getHeaders()).as("" + hint).containsOnlyKeys("svix-id", "svix-timestamp");
        }
    }

    @Test
    void leavesNothingOfARefusedRequest() throws Exception {
        Exchange exchange = receiver(SECRET)
                .with("sObjectName", "User")
                .receive(changed(signer.sign(BODY), "svix-id", "msg_other"));

        assertThat(exchange.getException()).isInstanceOf(NotAuthenticException.class);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void forgetsTheCharacterSetThatTheRequestNamed() throws Exception {
        Exchange exchange = new DefaultExchange(receiver(SECRET).context());
        exchange.setProperty(Exchange.CHARSET_NAME, "UTF-16");
        exchange.getMessage().setBody(BODY);
        exchange.getMessage().getHeaders().putAll(signer.sign("msg_1", BODY).headers());

        receiver.context()
                .getRegistry()
                .lookupByNameAndType("signature", Verifier.class)
                .process(exchange);

        assertThat(exchange.getMessage().getBody(String.class)).contains("Zoë");
    }

    @Test
    void saysThatItMustComeFirstWhenTheBodyIsNoLongerBytes() throws Exception {
        Exchange exchange = new DefaultExchange(receiver(SECRET).context());
        exchange.getMessage().setBody("text");

        assertThatThrownBy(() -> receiver.context()
                        .getRegistry()
                        .lookupByNameAndType("signature", Verifier.class)
                        .process(exchange))
                .hasMessageContaining("first step");
    }

    private Receiver receiver(String secrets) throws Exception {
        if (receiver != null) {
            receiver.close();
        }
        receiver = Receiver.ofYaml(YAML, Map.of("crm.acme.signing-secrets", secrets), clock);
        return receiver;
    }

    private static void assertPasses(Receiver receiver, SignedRequest request) {
        assertThat(receiver.receive(request).getException()).isNull();
    }

    private static SignedRequest changed(SignedRequest request, String header, String value) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(header, value);
        return new SignedRequest(headers, request.body());
    }

    private static SignedRequest without(SignedRequest request, String header) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.remove(header);
        return new SignedRequest(headers, request.body());
    }

    private static SignedRequest renamed(SignedRequest request, String from, String to) {
        Map<String, String> headers = request.headers().entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().replace(from, to), Map.Entry::getValue));
        return new SignedRequest(headers, request.body());
    }

    private static String repeated(String text, int times) {
        return IntStream.range(0, times).mapToObj(i -> text).collect(Collectors.joining());
    }

    private static String secret(String text) {
        byte[] key = bytes(text);
        return "whsec_" + Base64.getEncoder().encodeToString(Arrays.copyOf(key, Math.max(key.length, 32)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
