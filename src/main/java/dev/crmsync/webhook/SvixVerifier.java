package dev.crmsync.webhook;

import com.svix.Webhook;
import com.svix.exceptions.WebhookVerificationException;
import dev.crmsync.webhook.NotAuthenticException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks signatures of Svix and of Standard Webhooks, version {@code v1}: base64 HMAC-SHA256 of
 * {@code <id>.<timestamp>.<body>}, in headers named {@code svix-*} or {@code webhook-*}. The check itself is done by
 * {@link Webhook}, with one for each secret, all of which are tried.
 *
 * <p>The headers {@value #ID} and {@value #TIMESTAMP} (seconds since 1970) go on, under these names in both families.
 * The id stays the same over retries and resends, the timestamp is that of the attempt.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">the
 *     specification</a>
 */
public final class SvixVerifier extends Verifier {

    public static final String ID = "svix-id";
    public static final String TIMESTAMP = "svix-timestamp";

    /** Fixed by the scheme, and in {@link Webhook}. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** The sender signs with its current secret and at most ten expiring ones. */
    private static final int MAX_SIGNATURES = 20;

    private static final Pattern MESSAGE_ID = Pattern.compile("[!-~&&[^.]]{1,256}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private boolean secretsShared;
    private CurrentSecrets<Webhook> webhooks;

    /**
     * True when the setting holds the secrets of another scheme too: then only those that start with {@code whsec_}
     * are used.
     */
    public void setSecretsShared(boolean secretsShared) {
        this.secretsShared = secretsShared;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        webhooks = new CurrentSecrets<>(
                getCamelContext(),
                source(),
                secrets(),
                isTypeInPath(),
                secret -> secretsShared && !SvixSecret.hasPrefix(secret)
                        ? Optional.empty()
                        : Optional.of(SvixSecret.webhook(secret)));
    }

    @Override
    public void secretsChanged(Properties values, Set<String> names) {
        webhooks.reread(values, names);
    }

    @Override
    boolean isSigned(WebhookRequest request) {
        return request.has("svix-signature") || request.has("webhook-signature");
    }

    @Override
    Map<String, String> verify(WebhookRequest request) throws NotAuthenticException {
        String family = request.has("svix-signature") || !request.has("webhook-signature") ? "svix-" : "webhook-";
        String eventType = eventType(request);
        String id = matching(MESSAGE_ID, request.line(family + "id"), family + "id");
        String timestamp = matching(SECONDS, request.line(family + "timestamp"), family + "timestamp");
        String signatures = signatures(request, family + "signature");
        String body = Utf8.strict(request.body());
        if (body == null) {
            throw new NotAuthenticException(Reason.MALFORMED, "The body is not UTF-8");
        }
        checkFresh(timestamp, family + "timestamp");
        checkSigned(
                body,
                eventType,
                Map.of(ID, List.of(id), TIMESTAMP, List.of(timestamp), "svix-signature", List.of(signatures)));

        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, timestamp);
        if (eventType != null) {
            headers.put(EVENT_TYPE, eventType);
        }
        return headers;
    }

    /** A header may come in several lines, but {@link Webhook} reads the first only. */
    private static String signatures(WebhookRequest request, String header) throws NotAuthenticException {
        String joined = String.join(" ", request.lines(header));
        if (joined.isBlank()) {
            throw new NotAuthenticException(Reason.MISSING, "Header " + header + " is missing");
        }
        int count = joined.split(" ", MAX_SIGNATURES + 2).length;
        if (count > MAX_SIGNATURES) {
            throw new NotAuthenticException(
                    Reason.MALFORMED, "Header " + header + " has more than " + MAX_SIGNATURES + " signatures");
        }
        return joined;
    }

    private void checkFresh(String timestamp, String header) throws NotAuthenticException {
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        Duration age = Duration.between(signedAt, clock().instant().truncatedTo(ChronoUnit.SECONDS));
        if (age.abs().compareTo(TOLERANCE) > 0) {
            throw new NotAuthenticException(
                    Reason.STALE,
                    "Header " + header + " is " + age.toSeconds() + " s old, at most ± " + TOLERANCE.toSeconds()
                            + " s: check the clock of this machine");
        }
    }

    private void checkSigned(String body, String eventType, Map<String, List<String>> headers)
            throws NotAuthenticException {
        SigningSecrets<Webhook> secrets = webhooks.now();
        Webhook matching = null;
        for (Webhook webhook : secrets.forType(eventType)) {
            if (isSigned(webhook, body, headers)) {
                matching = webhook;
            }
        }
        if (matching == null) {
            throw new NotAuthenticException(
                    Reason.WRONG, "No signature fits a secret of '" + source() + "': compare with the sender's");
        }
        webhooks.matched(secrets, matching);
    }

    private static boolean isSigned(Webhook webhook, String body, Map<String, List<String>> headers) {
        try {
            webhook.verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static String matching(Pattern pattern, String value, String header) throws NotAuthenticException {
        if (!pattern.matcher(value).matches()) {
            throw new NotAuthenticException(Reason.MALFORMED, "Header " + header + " must be " + pattern);
        }
        return value;
    }
}
