package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.crmsync.event.EventId;
import dev.crmsync.webhook.EmporixSigner;
import dev.crmsync.webhook.PlainSigner;
import dev.crmsync.webhook.SignedRequest;
import dev.crmsync.webhook.SvixSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Posts signed bodies as the sources do, and knows under which id the inbox will hold each. */
final class TestSender {

    static final String PIVOTAL_SECRET = "whsec_cGl2b3RhbC1wdWJsaWMtdGVzdC1rZXktMDE=";
    static final String EMPORIX_SVIX_SECRET = "whsec_ZW1wb3JpeC1wdWJsaWMtdGVzdC1rZXktMDE=";
    static final String EMPORIX_HTTP_SECRET = "emporix-public-test-key";
    static final String PLAIN_SECRET = "plain-public-test-key";

    /** The settings that make an application accept what this signs. */
    static final Map<String, String> SETTINGS = Map.of(
            "crm.pivotal.signing-secrets", PIVOTAL_SECRET,
            "crm.emporix.signing-secrets", EMPORIX_SVIX_SECRET + "," + EMPORIX_HTTP_SECRET,
            "crm.plain.signing-secrets", PLAIN_SECRET);

    /** What production demands beyond them: a secret each for the types that change data. Nothing here signs with them. */
    static final Map<String, String> OWN_SECRETS = Stream.of(
                    "customer.created",
                    "customer.updated",
                    "customer.deleted",
                    "customer.logged.in",
                    "customer.email-change")
            .collect(Collectors.toUnmodifiableMap(
                    type -> "crm.emporix.signing-secrets." + type, type -> "public-test-key-of-" + type));

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Clock clock = Clock.systemUTC();
    private final String url;
    private final Map<String, String> headers;

    TestSender(String url) {
        this(url, Map.of());
    }

    /** @param headers are on every request */
    TestSender(String url, Map<String, String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /** Sends over the source's usual way; Emporix's is Svix. */
    Sent send(String source, String type, byte[] body) {
        return switch (source) {
            case "plain" -> plain(body);
            case "emporix" -> emporixOverSvix(type, body);
            default -> pivotal(body);
        };
    }

    Sent pivotal(byte[] body) {
        return post("pivotal", "pivotal", new SvixSigner(PIVOTAL_SECRET, clock).sign(body), text(body, "id"));
    }

    Sent plain(byte[] body) {
        return post("plain", "plain", new PlainSigner(PLAIN_SECRET, clock).sign(body), text(body, "id"));
    }

    Sent emporixOverSvix(String type, byte[] body) {
        return emporixOverSvix(type, new SvixSigner(EMPORIX_SVIX_SECRET, clock).sign(body));
    }

    /** One attempt to deliver that message, such as one of {@link dev.crmsync.webhook.SvixIds}. */
    Sent emporixOverSvix(String type, String messageId, byte[] body) {
        return emporixOverSvix(type, new SvixSigner(EMPORIX_SVIX_SECRET, clock).sign(messageId, body));
    }

    private Sent emporixOverSvix(String type, SignedRequest signed) {
        return post("emporix", "emporix/" + type, signed, signed.headers().get("svix-id"));
    }

    /** One attempt to deliver that message of Svix, made at the time of that clock. */
    Sent emporixOverSvix(String type, String messageId, Clock attempt, byte[] body) {
        SignedRequest signed = new SvixSigner(EMPORIX_SVIX_SECRET, attempt).sign(messageId, body);
        return post("emporix", "emporix/" + type, signed, messageId);
    }

    Sent emporixOverHttp(String type, byte[] body) {
        SignedRequest signed = new EmporixSigner(EMPORIX_HTTP_SECRET, clock).sign(body);
        return post("emporix", "emporix/" + type, signed, sha256(sorted(body)));
    }

    private Sent post(String source, String path, SignedRequest signed, String id) {
        String content = source.equals("emporix") ? id : sha256(signed.body());
        String delivery = signed.headers().getOrDefault("svix-id", content);
        HttpResponse<byte[]> answer = post("/webhooks/" + path, signed);
        return new Sent(
                answer.statusCode(),
                answer.body(),
                List.of(new EventId(source, id), new EventId(source, "unreadable:" + delivery)));
    }

    /** Posts that request as JSON, and yields the whole answer. */
    HttpResponse<byte[]> post(String path, SignedRequest signed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(signed.body()));
        headers.forEach(request::header);
        signed.headers().forEach(request::header);
        return exchange(request);
    }

    /** Sends any request. */
    HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] body, String member) {
        String text = json(body).path(member).asText();
        return text.isEmpty() ? "absent" : text;
    }

    /** What the samples and cases are in canonical form, as they are when they are no JSON. */
    private static byte[] sorted(byte[] body) {
        try {
            return JSON.writeValueAsBytes(JSON.readValue(body, Object.class));
        } catch (IOException e) {
            return body;
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
