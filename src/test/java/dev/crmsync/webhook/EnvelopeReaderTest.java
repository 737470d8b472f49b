package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.OrderKey;
import dev.crmsync.event.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an envelope may hold, whoever sends it. */
class EnvelopeReaderTest {

    private static final String SECRET = "the source's secret";
    private static final String YAML = """
            - beans:
                - name: signature
                  type: dev.crmsync.webhook.HmacVerifier
                  properties:
                    source: acme
                    secrets: crm.acme.signing-secrets
                    header: Acme-Signature
                    headers: svix-id
                - name: envelope
                  type: dev.crmsync.webhook.EnvelopeReader
                  properties:
                    source: acme
                    id: .id
                    type: .type
                    tenant: .org.tenant // .tenant
                    subject: .subject
                    aspect: .aspect
                    orderKey: .order
                    occurredAt: .at
                    live: .live
                    unreadable: if .mood == "bad" then "Not today" else null end
                    redact: pin*
            - route:
                from:
                  uri: direct:receive
                  steps:
                    - process:
                        ref: signature
                    - process:
                        ref: envelope
            """;

    private final SettableClock clock = SettableClock.at("2026-05-26T14:00:00Z");
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = Receiver.ofYaml(YAML, Map.of("crm.acme.signing-secrets", SECRET), clock);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void fillsInWhatTheEnvelopeDoesNotSay() {
        Event event = event("{\"id\":7,\"type\":\"t\",\"subject\":\"s\"}");

        assertThat(event)
                .isEqualTo(new Event(
                        event.id(),
                        "t",
                        "default",
                        "s",
                        Event.STATE,
                        OrderKey.NONE,
                        clock.instant(),
                        true,
                        "{\"id\":7,\"type\":\"t\",\"subject\":\"s\"}",
                        null));
        assertThat(event.id().toString()).isEqualTo("acme:7");
    }

    @Test
    void takesWhatTheEnvelopeSays() {
        Event event =
                event("{\"id\":\"i\",\"type\":\"t\",\"subject\":\"s\",\"tenant\":\"acme\",\"aspect\":\"a\",\"order\":3,"
                        + "\"at\":\"2026-05-26T16:00:00+02:00\",\"live\":false}");

        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.aspect()).isEqualTo("a");
        assertThat(event.orderKey()).isEqualTo(OrderKey.of(3));
        assertThat(event.occurredAt()).isEqualTo("2026-05-26T14:00:00Z");
        assertThat(event.live()).isFalse();
    }

    @Test
    void saysWhatIsMissing() {
        assertUnreadable("{\"type\":\"t\",\"subject\":\"s\"}", "The id is missing");
        assertUnreadable("{\"id\":\"i\",\"subject\":\"s\"}", "The type is missing");
        assertUnreadable("{\"id\":\"i\",\"type\":\"t\"}", "The subject is missing");
        assertUnreadable(with("subject", "\"customer:\""), "The subject has a kind, but no id");
        assertUnreadable(with("subject", "\"customer: \""), "The subject has a kind, but no id");
        assertUnreadable("{\"id\":\"\",\"type\":\"t\",\"subject\":\"s\"}", "The id is missing");
    }

    @Test
    void saysWhatCannotBeMeant() {
        assertUnreadable(with("id", "{}"), "The id is neither a text nor a whole number");
        assertUnreadable(with("id", "1.5"), "The id is neither a text nor a whole number");
        assertUnreadable(with("id", "\"" + "x".repeat(257) + "\""), "The id has 257 characters, at most 256 are kept");
        assertUnreadable(with("subject", "\"a\\u0000b\""), "The subject has control characters or broken ones");
        assertUnreadable(with("subject", "\"\\ud83d\""), "The subject has control characters or broken ones");
        assertUnreadable(with("live", "\"false\""), "The live is neither true nor false");
        assertUnreadable(
                with("at", "\"yesterday\""), "The occurredAt is not an ISO 8601 instant between 1970 and 9999");
        assertUnreadable(
                with("at", "\"+99999-01-01T00:00:00Z\""),
                "The occurredAt is not an ISO 8601 instant between 1970 and 9999");
    }

    @Test
    void saysThatAnOrderKeyCannotOrder() {
        for (String order : List.of("-1", "1.5", "true", "{}", "1e99", "\"a\\u0000\"", "123456789012345678901")) {
            assertThat(event(with("order", order)).unreadable()).as(order).startsWith("The orderKey is neither");
        }
    }

    @Test
    void saysTheReasonThatTheRouteGives() {
        assertUnreadable(with("mood", "\"bad\""), "Not today");
    }

    @Test
    void doesNotBlameTheSenderForAnExpressionThatFailsAndDoesNotQuoteTheBody() {
        assertUnreadable(with("org", "\"private\""), "The expression for 'tenant' fails on this body");
    }

    @Test
    void readsObjectsOnly() {
        assertUnreadable("\"private\"", "The body is a JSON string, must be an object");
        assertUnreadable("[{}]", "The body is a JSON array, must be an object");
    }

    @Test
    void keepsWhatIsNoJson() throws Exception {
        Event event = event("Bad gateway \u0000 token=abc");

        assertThat(event.type()).isEqualTo(Event.UNREADABLE);
        assertThat(event.unreadable()).startsWith("The body is not JSON");
        assertThat(new ObjectMapper().readTree(event.payload()).get("body").textValue())
                .isEqualTo("Bad gateway  [redacted: the rest, 9 characters]");
    }

    @Test
    void doesNotReadWhatTwoReadersCouldTakeDifferently() {
        assertThat(event("{\"id\":\"i\",\"id\":\"j\",\"type\":\"t\",\"subject\":\"s\"}")
                        .unreadable())
                .contains("names a member twice");
    }

    @Test
    void doesNotReadWhatIsTooDeep() {
        assertThat(event(with("deep", "[".repeat(99) + "]".repeat(99))).unreadable())
                .isNull();
        assertThat(event(with("deep", "[".repeat(100) + "]".repeat(100))).unreadable())
                .contains("100 levels");
    }

    @Test
    void doesNotReadOtherEncodings() {
        assertThat(receiver.event(signed("{\"id\":\"ë\"}".getBytes(StandardCharsets.ISO_8859_1)))
                        .unreadable())
                .isEqualTo("The body is not UTF-8");
        assertThat(event("").unreadable()).isEqualTo("The body is empty");
    }

    @Test
    void namesAnUnreadableEventByItsDeliveryOrElseByItsBytes() {
        assertThat(event("nonsense").id().value()).isEqualTo("unreadable:" + Sha256.hex(Utf8.bytes("nonsense")));
        assertThat(event("nonsense").subject()).isEqualTo(event("nonsense").id().value());

        receiver.with("svix-id", "msg_1");
        assertThat(event("nonsense").id().value()).isEqualTo("unreadable:msg_1");
    }

    @Test
    void keepsOfAnUnreadableMessageAllThatTheExpressionsSaw() throws Exception {
        receiver.with("svix-id", "msg_1");

        JsonNode payload = new ObjectMapper()
                .readTree(event("{\"type\":\"t\",\"subject\":\"s\",\"pin\":1}").payload());

        assertThat(payload.get("headers")).isEqualTo(new ObjectMapper().readTree("{\"svix-id\":\"msg_1\"}"));
        assertThat(payload.get("properties").get(EnvelopeReader.DROPPED).textValue())
                .isEqualTo("pin");
        assertThat(payload.get("body").toString()).isEqualTo("{\"type\":\"t\",\"subject\":\"s\"}");
    }

    @Test
    void readsWhatWasUnreadableOnceItsExpressionsAreRight() throws Exception {
        String readable = with("mood", "\"bad\"");
        Event unread = event(readable);
        clock.advance(Duration.ofDays(1));
        try (Receiver corrected = start(YAML.replace("if .mood == \"bad\" then \"Not today\" else null end", "null"))) {
            Event event = corrected.readAgain(unread);

            assertThat(event.unreadable()).isNull();
            assertThat(event.id().value()).isEqualTo("i");
            assertThat(event.occurredAt()).isEqualTo(unread.occurredAt());
            assertThat(new ObjectMapper().readTree(event.payload())).isEqualTo(new ObjectMapper().readTree(readable));
        }
    }

    @Test
    void saysWhyItIsStillUnreadable() throws Exception {
        Event unread = event(with("mood", "\"bad\""));
        try (Receiver other = start(YAML.replace("Not today", "Not tomorrow either"))) {
            assertThat(other.readAgain(unread)).isEqualTo(unread.withUnreadable("Not tomorrow either"));
        }
        assertThat(receiver.readAgain(event("nonsense")).unreadable()).startsWith("The body is not JSON");
    }

    @Test
    void readsWhatAnEarlierReleaseKeptWithoutItsHeaders() throws Exception {
        Event unread = event("nonsense").withPayload(with("subject", "\"s\""));

        assertThat(receiver.readAgain(unread).unreadable()).isNull();
    }

    @Test
    void leavesAnEventAloneThatNoKeyOpens() throws Exception {
        Event sealed = event(with("subject", "\"s\"")).withPayload("").withUnreadable("No key opens it");

        assertThat(receiver.readAgain(sealed)).isEqualTo(sealed);
    }

    @Test
    void dropsSecretsAndWhatTheRouteNamesBesides() {
        assertThat(event(with("x", "[{\"token\":\"s3cr3t\",\"PIN2\":1,\"y\":2}]"))
                        .payload())
                .contains("{\"y\":2}")
                .doesNotContain("s3cr3t", "PIN2");
    }

    @Test
    void keepsSecretsOutOfUnreadableEventsToo() {
        assertThat(event("{\"token\":\"s3cr3t\",\"name\":\"x\"}").payload())
                .contains("\"name\":\"x\"")
                .doesNotContain("s3cr3t");
    }

    @Test
    void writesAPayloadThatEveryDatabaseCanHold() {
        String payload = event(with("x", "\"half \\ud83d and nul \\u0000\"")).payload();

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(payload)).isTrue();
        assertThat(payload).doesNotContain("\u0000").containsIgnoringCase("\\ud83d");
    }

    @Test
    void leavesThePayloadForTheStepsThatFollow() {
        Exchange exchange = receiver.receive(signed(Utf8.bytes(with("token", "1"))));

        assertThat(exchange.getMessage().getBody())
                .isInstanceOf(String.class)
                .asString()
                .isEqualTo(exchange.getProperty(ExchangeProperties.EVENT, Event.class)
                        .payload())
                .doesNotContain("token");
    }

    @Test
    void doesNotStartWithoutTheExpressionsThatEveryEnvelopeNeeds() {
        for (String field : List.of("id", "type", "subject")) {
            assertThatThrownBy(() -> start(YAML.replaceFirst("\n +" + field + ": \\.\\w+", "")))
                    .rootCause()
                    .hasMessage("Property '" + field
                            + "' of EnvelopeReader for 'acme' is missing: set it to a jq expression");
        }
    }

    @Test
    void doesNotStartWithAnExpressionThatIsNoJq() {
        assertThatThrownBy(() -> start(YAML.replace(".aspect", ".aspect |")))
                .hasStackTraceContaining("Expression for 'aspect' of acme is not jq: .aspect |");
    }

    @Test
    void saysThatAVerifierMustPrecedeIt() throws Exception {
        try (Receiver unverified = start(YAML.replaceFirst("- process:\\s+ref: signature\\s+", ""))) {
            Exchange exchange = unverified.receive(new SignedRequest(new HashMap<>(), null));

            assertThat(exchange.getException()).hasMessageContaining("make a verifier the step before");
        }
    }

    private Receiver start(String yaml) throws Exception {
        return Receiver.ofYaml(yaml, Map.of("crm.acme.signing-secrets", SECRET), clock);
    }

    private void assertUnreadable(String body, String reason) {
        Event event = event(body);
        assertThat(event.unreadable()).isEqualTo(reason);
        assertThat(event.type()).isEqualTo(Event.UNREADABLE);
    }

    private static String with(String member, String value) {
        Map<String, String> members = new HashMap<>(Map.of("id", "\"i\"", "type", "\"t\"", "subject", "\"s\""));
        members.put(member, value);
        StringBuilder json = new StringBuilder();
        members.forEach(
                (name, text) -> json.append(",\"").append(name).append("\":").append(text));
        return "{" + json.substring(1) + "}";
    }

    private Event event(String body) {
        return receiver.event(signed(Utf8.bytes(body)));
    }

    private static SignedRequest signed(byte[] body) {
        String signature = HmacEncoding.HEX.encode(new Hmac(Hmac.SHA_256, SECRET).of(body));
        return new SignedRequest(Map.of("Acme-Signature", signature), body);
    }
}
