package dev.crmsync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.webhook.EmporixSigner;
import dev.crmsync.webhook.PlainSigner;
import dev.crmsync.webhook.SignedRequest;
import dev.crmsync.webhook.Signer;
import dev.crmsync.webhook.SvixSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** Signs and posts bodies as the sources do. */
final class SampleSender {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String baseUrl;
    private final Function<String, String> secrets;

    /**
     * @param baseUrl of the webhook port
     * @param secrets yields the signing secret of a setting
     */
    SampleSender(String baseUrl, Function<String, String> secrets) {
        this.baseUrl = baseUrl;
        this.secrets = secrets;
    }

    /** Where the source sends events of that type. */
    static String path(String source, String eventType) {
        return "/webhooks/" + source + (source.equals("emporix") ? "/" + eventType : "");
    }

    Sent send(String source, String eventType, byte[] body) throws IOException, InterruptedException {
        SignedRequest signed = sign(source, eventType, body);
        int status = post(source, eventType, signed);
        return new Sent(status, source.equals("emporix") ? signed.headers().get("svix-id") : null);
    }

    /** As the source signs it. */
    SignedRequest sign(String source, String eventType, byte[] body) {
        return signer(source, eventType).sign(body);
    }

    /** @return the HTTP status */
    int post(String source, String eventType, SignedRequest signed) throws IOException, InterruptedException {
        return post(URI.create(baseUrl + path(source, eventType)), signed);
    }

    /** @return the HTTP status */
    int post(URI uri, SignedRequest signed) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(signed.body()));
        signed.headers().forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private Signer signer(String source, String eventType) {
        String setting = "crm." + source + ".signing-secrets";
        Clock clock = Clock.systemUTC();
        return switch (source) {
            case "plain" -> new PlainSigner(secrets.apply(setting), clock);
            case "emporix" -> emporix(setting, eventType, clock);
            default -> new SvixSigner(secrets.apply(setting), clock);
        };
    }

    private Signer emporix(String setting, String eventType, Clock clock) {
        String own = secrets.apply(setting + "." + eventType);
        String secret = own == null ? secrets.apply(setting) : own;
        return secret != null && secret.startsWith("whsec_")
                ? new SvixSigner(secret, clock)
                : new EmporixSigner(secret, clock);
    }

    /**
     * What was sent.
     *
     * @param status the HTTP status of the answer
     * @param messageId the transport's id where the source's events have none of their own, or else null
     */
    record Sent(int status, String messageId) {

        /** The id under which the inbox knows the event. */
        String eventId(byte[] body) throws IOException {
            return messageId == null ? JSON.readTree(body).path("id").asText() : messageId;
        }
    }
}
