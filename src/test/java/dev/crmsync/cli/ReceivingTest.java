package dev.crmsync.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.EventState;
import dev.crmsync.webhook.EmporixSigner;
import dev.crmsync.webhook.PlainSigner;
import dev.crmsync.webhook.SignedRequest;
import dev.crmsync.webhook.SvixSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders, and others, are told over HTTP. */
class ReceivingTest {

    private static final Clock NOW = Clock.systemUTC();
    private static final String NEXT_SECRET = "whsec_dGhlLW5leHQtcHVibGljLXRlc3Qta2V5LTAy";
    private static final String FOREIGN_SECRET = "whsec_c29tZWJvZHktZWxzZXMtcHVibGljLWtleS0x";

    private static CapturedLog log;
    private static TestApplication application;
    private static TestSender sender;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path data) {
        log = new CapturedLog();
        application = TestApplication.start(
                data, Map.of("crm.pivotal.signing-secrets", TestSender.PIVOTAL_SECRET + ", " + NEXT_SECRET));
        sender = application.sender();
        url = application.application().addresses().webhooks();
    }

    @AfterAll
    static void stop() {
        application.close();
        log.close();
    }

    @Test
    void acceptsAnEventOnceAndAnswersADuplicateAlike() {
        byte[] body = PivotalEvent.of("duplicate");
        long before = storedEvents();

        Sent first = sender.pivotal(body);
        Sent second = sender.pivotal(body);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(first.body()).isEmpty();
        assertThat(second.body()).isEmpty();
        assertThat(storedEvents()).isEqualTo(before + 1);
        assertThat(application.ended(first).state()).isEqualTo(EventState.DELIVERED);
    }

    @Test
    void storesTheEventBeforeItAnswers() {
        Sent sent = sender.pivotal(PivotalEvent.of("durable"));

        assertThat(application.stored(sent)).isPresent();
    }

    @Test
    void answersAnEventThatItWillIgnoreAlike() {
        Sent sent = sender.pivotal(PivotalEvent.of("ignored", "customer.waved"));

        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.body()).isEmpty();
        assertThat(application.ended(sent).state()).isEqualTo(EventState.IGNORED);
    }

    @Test
    void answersWhatIsAuthenticButUnreadableAlikeAndKeepsItForAPerson() {
        Sent sent = sender.pivotal("[1, 2".getBytes(UTF_8));

        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.body()).isEmpty();
        assertThat(application.ended(sent).state()).isEqualTo(EventState.DEAD);
        assertThat(application.ended(sent).event().unreadable()).isNotBlank();
    }

    static Stream<Arguments> notAuthentic() {
        SignedRequest good = new SvixSigner(TestSender.PIVOTAL_SECRET, NOW).sign(PivotalEvent.of("forged"));
        SignedRequest old = new SvixSigner(TestSender.PIVOTAL_SECRET, at(Duration.ofMinutes(-6))).sign(good.body());
        SignedRequest early = new SvixSigner(TestSender.PIVOTAL_SECRET, at(Duration.ofMinutes(6))).sign(good.body());
        SignedRequest foreign = new SvixSigner(FOREIGN_SECRET, NOW).sign(good.body());
        SignedRequest otherBody = new SignedRequest(good.headers(), PivotalEvent.of("changed"));
        byte[] plain = "{\"id\": \"pEv_1\", \"type\": \"customer.customer_created\"}".getBytes(UTF_8);
        SignedRequest stalePlain = new PlainSigner(TestSender.PLAIN_SECRET, at(Duration.ofMinutes(-6))).sign(plain);
        SignedRequest foreignPlain = new PlainSigner("another secret", NOW).sign(plain);
        SignedRequest foreignEmporix = new EmporixSigner("another secret", NOW).sign(plain);
        return Stream.of(
                Arguments.of("missing", "receive-pivotal", "/pivotal", new SignedRequest(Map.of(), good.body())),
                Arguments.of("missing", "receive-pivotal", "/pivotal", without("svix-id", good)),
                Arguments.of("malformed", "receive-pivotal", "/pivotal", with("svix-timestamp", "yesterday", good)),
                Arguments.of("wrong", "receive-pivotal", "/pivotal", with("svix-signature", "v1,AAAA", good)),
                Arguments.of("stale", "receive-pivotal", "/pivotal", old),
                Arguments.of("stale", "receive-pivotal", "/pivotal", early),
                Arguments.of("wrong", "receive-pivotal", "/pivotal", foreign),
                Arguments.of("wrong", "receive-pivotal", "/pivotal", otherBody),
                Arguments.of("wrong", "receive-pivotal", "/pivotal", with("svix-id", "msg_another", good)),
                Arguments.of("missing", "receive-plain", "/plain", good),
                Arguments.of("stale", "receive-plain", "/plain", stalePlain),
                Arguments.of("wrong", "receive-plain", "/plain", foreignPlain),
                Arguments.of("wrong", "receive-emporix", "/emporix/customer.created", foreignEmporix),
                Arguments.of(
                        "missing", "receive-emporix", "/emporix/customer.created", without("svix-signature", good)),
                Arguments.of("unknown-path", "receive-unknown", "/unheard-of", good),
                Arguments.of("unknown-path", "receive-unknown", "/pivotal/more", good),
                Arguments.of("unknown-path", "receive-unknown", "", good));
    }

    @ParameterizedTest(name = "{0} at {2}")
    @MethodSource("notAuthentic")
    void refusesWhatIsNotAuthenticWithoutAWordAndStoresNothing(
            String reason, String route, String path, SignedRequest request) {
        long events = storedEvents();
        double refused = counted(route, reason);

        HttpResponse<byte[]> answer = sender.post("/webhooks" + path, request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKey("content-type");
        assertThat(storedEvents()).isEqualTo(events);
        assertThat(counted(route, reason)).isEqualTo(refused + 1);
    }

    @Test
    void countsWhatItAccepts() {
        double accepted = counted("receive-pivotal", "accepted");
        double duplicates = counted("receive-pivotal", "duplicate");
        byte[] body = PivotalEvent.of("counted");

        sender.pivotal(body);
        sender.pivotal(body);

        assertThat(counted("receive-pivotal", "accepted")).isEqualTo(accepted + 1);
        assertThat(counted("receive-pivotal", "duplicate")).isEqualTo(duplicates + 1);
    }

    /** Through a proxy that lets it pass, it would lead around the proxy's rules. */
    @Test
    void noPortIsUpgradedToHttp2() throws Exception {
        Addresses ports = application.application().addresses();
        for (String port : List.of(ports.webhooks(), ports.console(), ports.sandbox(), ports.management())) {
            try (RawHttp http = new RawHttp(port)) {
                http.send("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");

                assertThat(http.statusLine()).as(port).startsWith("HTTP/1.1 ").doesNotContain(" 101 ");
            }
        }
    }

    @Test
    void refusesATooLargeBodyByItsAnnouncedLength() throws Exception {
        try (RawHttp http = new RawHttp(url)) {
            http.send("POST /webhooks/pivotal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: 2000000\r\n\r\n");

            RawHttp.Answer answer = http.answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void stopsReadingAChunkedBodyThatGrowsTooLarge() throws Exception {
        byte[] chunk = ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(UTF_8);
        long most = 200L * 1024 * 1024;
        try (RawHttp http = new RawHttp(url)) {
            http.send("POST /webhooks/pivotal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");

            assertThat(http.sendUntilRefused(chunk, most)).isLessThan(most / 4);
        }
    }

    @Test
    void answersAChunkedBodyThatIsTooLarge() throws Exception {
        try (RawHttp http = new RawHttp(url)) {
            http.send("POST /webhooks/pivotal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
            http.send("100001\r\n" + "x".repeat(0x100001) + "\r\n");

            RawHttp.Answer answer = http.answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void acceptsABodyOfTheLargestSize() {
        byte[] event = PivotalEvent.of("largest");
        byte[] body = new byte[1024 * 1024];
        java.util.Arrays.fill(body, (byte) ' ');
        System.arraycopy(event, 0, body, 0, event.length);

        assertThat(sender.pivotal(body).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void refusesWhatSaysThatItIsNoJson(String contentType) {
        long events = storedEvents();

        HttpResponse<byte[]> answer = post("/webhooks/pivotal", PivotalEvent.of("form"), contentType);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).isEmpty();
        assertThat(storedEvents()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"})
    void checksTheSignatureBeforeTheContentType(String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/webhooks/pivotal"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(
                        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"));

        HttpResponse<byte[]> answer = sender.exchange(request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void acceptsABodyWithoutContentType() {
        assertThat(post("/webhooks/pivotal", PivotalEvent.of("untyped"), null).statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({"HEAD, customer.created", "OPTIONS, customer.created", "HEAD, customer.email-change"})
    void answersEmporixsCheckOfAnUrl(String method, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/webhooks/emporix/" + type))
                .method(method, BodyPublishers.noBody());

        HttpResponse<byte[]> answer = sender.exchange(request);

        assertThat(answer.statusCode()).isBetween(200, 299);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void acceptsBothSecretsWhileOneReplacesTheOther() {
        SignedRequest next = new SvixSigner(NEXT_SECRET, NOW).sign(PivotalEvent.of("next-secret"));

        assertThat(sender.post("/webhooks/pivotal", next).statusCode()).isEqualTo(202);
        assertThat(sender.pivotal(PivotalEvent.of("old-secret")).status()).isEqualTo(202);
    }

    @Test
    void letsNeitherHeadersNorParametersSteerAnything() {
        Map<String, String> hostile = Map.of(
                "sObjectName", "User",
                "sObjectIdName", "Username",
                "sObjectIdValue", "admin",
                "CamelSalesforceSObjectName", "User",
                "CamelHttpPath", "/webhooks/plain",
                "CamelHttpResponseCode", "500",
                "event-type", "customer.deleted",
                "unreadable", "yes",
                "tenant", "another");
        String parameters = "?sObjectName=User&eventType=customer.deleted&event-type=customer.deleted"
                + "&CamelHttpUri=http://localhost:1/&CamelHttpResponseCode=500&type=customer.archived&tenant=another";
        SignedRequest signed =
                new SvixSigner(TestSender.PIVOTAL_SECRET, NOW).sign("msg_hostile", PivotalEvent.of("hostile"));

        HttpResponse<byte[]> answer = sender.post("/webhooks/pivotal" + parameters, with(hostile, signed));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        Sent again = sender.pivotal(PivotalEvent.of("hostile"));
        assertThat(application.ended(again).state()).isEqualTo(EventState.DELIVERED);
        assertThat(application.org().writes("Account", PivotalEvent.key("hostile")))
                .hasSize(1);
    }

    @Test
    void takesTheTypeOfAnEmporixEventFromThePathAlone() {
        byte[] body = "{\"id\": \"C-1\", \"customerNumber\": \"C-1\", \"lastName\": \"Path\", \"tenant\": \"path\"}"
                .getBytes(UTF_8);
        SignedRequest signed = new SvixSigner(TestSender.EMPORIX_SVIX_SECRET, NOW).sign("msg_path", body);
        String hostile = "?eventType=customer.deleted&event-type=customer.deleted&CamelHttpUri=/webhooks/emporix/x.y";

        sender.post(
                "/webhooks/emporix/customer.created" + hostile,
                with(Map.of("event-type", "customer.deleted", "eventType", "customer.deleted"), signed));

        Sent sent = new Sent(0, new byte[0], java.util.List.of(new dev.crmsync.event.EventId("emporix", "msg_path")));
        assertThat(application.ended(sent).event().type()).isEqualTo("customer.created");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /webhooks/pivotal HTTP/1.1",
        "PUT /webhooks/emporix/customer.created HTTP/1.1",
        "DELETE /webhooks/plain HTTP/1.1",
        "TRACE /webhooks/pivotal HTTP/1.1",
        "GET / HTTP/1.1",
        "POST /elsewhere HTTP/1.1",
        "POST /webhooks/emporix/%zz HTTP/1.1",
        "POST /webhooks/emporix/..%2f..%2f HTTP/1.1",
        "GET /favicon.ico HTTP/1.1",
        "NONSENSE HTTP/1.1",
    })
    void saysNothingToAnybodyElse(String requestLine) throws Exception {
        try (RawHttp http = new RawHttp(url)) {
            http.send(requestLine + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

            RawHttp.Answer answer = http.answer();

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.has("server")).isFalse();
        }
    }

    @Test
    void saysNothingToOverlongHeaders() throws Exception {
        try (RawHttp http = new RawHttp(url)) {
            http.send("POST /webhooks/pivotal HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: "
                    + "x".repeat(100_000) + "\r\n\r\n");

            RawHttp.Answer answer = http.answer();

            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void logsNeitherPayloadNorSecretNorSignature() {
        SignedRequest good = new SvixSigner(TestSender.PIVOTAL_SECRET, NOW).sign(PivotalEvent.of("logged"));
        SignedRequest foreign = new SvixSigner(FOREIGN_SECRET, NOW).sign(PivotalEvent.of("logged"));
        byte[] refused = new String(PivotalEvent.of("refused"), UTF_8)
                .replace("\"name\"", "\"display_id\": \"" + PivotalEvent.PERSONAL + "\", \"name\"")
                .getBytes(UTF_8);
        sender.post("/webhooks/pivotal", good);
        sender.post("/webhooks/pivotal", foreign);
        sender.pivotal((PivotalEvent.PERSONAL + "{").getBytes(UTF_8));
        application.ended(sender.pivotal(PivotalEvent.of("logged")));
        assertThat(application.ended(sender.pivotal(refused)).state()).isEqualTo(EventState.DEAD);

        assertThat(log.text())
                .contains("Started receive-pivotal")
                .doesNotContain(PivotalEvent.PERSONAL)
                .doesNotContain(secretPart(TestSender.PIVOTAL_SECRET))
                .doesNotContain(secretPart(NEXT_SECRET))
                .doesNotContain(secretPart(TestSender.EMPORIX_SVIX_SECRET))
                .doesNotContain(TestSender.EMPORIX_HTTP_SECRET)
                .doesNotContain(TestSender.PLAIN_SECRET)
                .doesNotContain(good.headers().get("svix-signature").substring(3))
                .doesNotContain(foreign.headers().get("svix-signature").substring(3));
    }

    private static HttpResponse<byte[]> post(String path, byte[] body, String contentType) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofByteArray(body));
        new SvixSigner(TestSender.PIVOTAL_SECRET, NOW).sign(body).headers().forEach(request::header);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return sender.exchange(request);
    }

    private static long storedEvents() {
        return application.inbox().counts().bySourceAndState().values().stream()
                .flatMap(states -> states.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double counted(String route, String result) {
        String metrics = new String(
                sender.exchange(HttpRequest.newBuilder(
                                URI.create(application.application().addresses().management() + "/observe/metrics")))
                        .body(),
                UTF_8);
        return metrics.lines()
                .filter(line -> line.startsWith("crm_webhooks_total{")
                        && line.contains("route=\"" + route + "\"")
                        && line.contains("result=\"" + result + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static Clock at(Duration offset) {
        return Clock.fixed(Instant.now().plus(offset), ZoneOffset.UTC);
    }

    private static String secretPart(String secret) {
        return secret.substring("whsec_".length());
    }

    private static SignedRequest without(String header, SignedRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.remove(header);
        return new SignedRequest(headers, request.body());
    }

    private static SignedRequest with(String header, String value, SignedRequest request) {
        return with(Map.of(header, value), request);
    }

    private static SignedRequest with(Map<String, String> more, SignedRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.putAll(more);
        return new SignedRequest(headers, request.body());
    }
}
