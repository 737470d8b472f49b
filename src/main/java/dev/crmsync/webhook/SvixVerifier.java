package dev.crmsync.webhook;

import dev.crmsync.webhook.NotAuthenticException.Reason;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks signatures of Svix and of Standard Webhooks, version {@code v1}: base64 HMAC-SHA256 of
 * {@code <id>.<timestamp>.<body>}, in headers named {@code svix-*} or {@code webhook-*}. It is checked over the bytes as they
 * came, with all secrets: {@link com.svix.Webhook} would decode and copy a body before it is known to be authentic.
 *
 * <p>The headers {@value #ID} and {@value #TIMESTAMP} (seconds since 1970) go on, under these names in both families.
 * The id stays the same over retries and resends, the timestamp is that of the attempt. Both are signed, so that the time of
 * creation that an id of Svix carries can be relied on as much as the body can.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">the
 *     specification</a>
 */
public final class SvixVerifier extends Verifier {

    public static final String ID = "svix-id";
    public static final String TIMESTAMP = "svix-timestamp";

    /** Fixed by the scheme. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** The sender signs with its current secret and at most ten expiring ones. */
    private static final int MAX_SIGNATURES = 20;

    private static final String VERSION = "v1,";
    private static final Pattern MESSAGE_ID = Pattern.compile("[!-~&&[^.]]{1,256}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private boolean secretsShared;
    private CurrentSecrets<Hmac> keys;

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
        keys = new CurrentSecrets<>(
                getCamelContext(),
                source(),
                secrets(),
                isTypeInPath(),
                secret -> secretsShared && !SvixSecret.hasPrefix(secret)
                        ? Optional.empty()
                        : Optional.of(SvixSecret.key(secret)));
    }

    @Override
    public void secretsChanged(Properties values, Set<String> names) {
        keys.reread(values, names);
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
        List<byte[]> signatures = signatures(request, family + "signature");
        checkFresh(timestamp, family + "timestamp");
        checkSigned(Utf8.bytes(id + "." + timestamp + "."), request.body(), signatures, eventType);

        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, timestamp);
        if (eventType != null) {
            headers.put(EVENT_TYPE, eventType);
        }
        return headers;
    }

    /** The signatures of version 1, as they are written; others are for other keys. */
    private static List<byte[]> signatures(WebhookRequest request, String header) throws NotAuthenticException {
        String joined = String.join(" ", request.lines(header));
        if (joined.isBlank()) {
            throw new NotAuthenticException(Reason.MISSING, "Header " + header + " is missing");
        }
        String[] signatures = joined.split(" ", MAX_SIGNATURES + 2);
        if (signatures.length > MAX_SIGNATURES) {
            throw new NotAuthenticException(
                    Reason.MALFORMED, "Header " + header + " has more than " + MAX_SIGNATURES + " signatures");
        }
        return Arrays.stream(signatures)
                .filter(signature -> signature.startsWith(VERSION))
                .map(signature -> Utf8.bytes(signature.substring(VERSION.length())))
                .toList();
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

    private void checkSigned(byte[] before, byte[] body, List<byte[]> signatures, String eventType)
            throws NotAuthenticException {
        SigningSecrets<Hmac> secrets = keys.now();
        Hmac matching = null;
        for (Hmac key : signatures.isEmpty() ? List.<Hmac>of() : secrets.forType(eventType)) {
            byte[] expected = Base64.getEncoder().encode(key.of(before, body));
            for (byte[] signature : signatures) {
                if (MessageDigest.isEqual(expected, signature)) {
                    matching = key;
                }
            }
        }
        if (matching == null) {
            throw new NotAuthenticException(
                    Reason.WRONG, "No signature fits a secret of '" + source() + "': compare with the sender's");
        }
        keys.matched(secrets, matching);
    }

    private static String matching(Pattern pattern, String value, String header) throws NotAuthenticException {
        if (!pattern.matcher(value).matches()) {
            throw new NotAuthenticException(Reason.MALFORMED, "Header " + header + " must be " + pattern);
        }
        return value;
    }
}
