package dev.crmsync.webhook;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.IsoTime;
import dev.crmsync.webhook.NotAuthenticException.Reason;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Checks signatures that are an HMAC of the body in one header, the key being the UTF-8 bytes of the secret. The
 * properties say how the sender writes it.
 *
 * <p>Where the {@linkplain #setCanonical canonical form} may be what is signed, further headers go on, for an identity
 * of what has no signed id:
 *
 * <ul>
 *   <li>{@value #CONTENT}: the SHA-256 of the canonical form, or of the bytes if they have none, hexadecimal; so the
 *       same for the same JSON however it is written,
 *   <li>{@value #TYPE}: the event type in the path, if the secret holds for that type alone; else nothing signed says
 *       which type it is.
 * </ul>
 *
 * <p>A signed time inside the body ({@link #setTimestamp}) is checked once the signature holds. A body that is no JSON
 * has none and passes: it is authentic, and ends as a dead letter.
 */
public final class HmacVerifier extends Verifier {

    public static final String CONTENT = "signed-content";
    public static final String TYPE = "signed-type";

    private String header;
    private HmacEncoding encoding = HmacEncoding.HEX;
    private String prefix = "";
    private String algorithm = Hmac.SHA_256;
    private int length;
    private boolean canonical;
    private JsonPointer timestamp;
    private Duration tolerance = Duration.ofMinutes(5);
    private CurrentSecrets<Hmac> keys;

    /** The header that holds the signature. */
    public void setHeader(String header) {
        this.header = header;
    }

    /** {@code hex} (lower case, the default) or {@code base64}. */
    public void setEncoding(String encoding) {
        this.encoding = HmacEncoding.of(encoding);
    }

    /** What precedes the signature in the header, such as {@code sha256=}; by default nothing. */
    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    /** {@code HmacSHA256} (the default), {@code HmacSHA384} or {@code HmacSHA512}. */
    public void setAlgorithm(String algorithm) {
        this.algorithm = Hmac.supported(algorithm);
    }

    /**
     * {@code sorted-json} when the sender may have signed the body in {@link CanonicalJson canonical form} instead of
     * the bytes that it sends: both are tried, the bytes first. Only this form has the tokens of the body read before it
     * is known to be authentic.
     */
    public void setCanonical(String form) {
        if (!form.equals("sorted-json")) {
            throw new IllegalArgumentException("Canonical form must be sorted-json, was: " + form);
        }
        this.canonical = true;
    }

    /** A JSON pointer to the time of signing in the body, an ISO 8601 instant; by default there is none. */
    public void setTimestamp(String pointer) {
        this.timestamp = JsonPointer.compile(pointer);
    }

    /** How far that time may be from now, past or future, in seconds; 300 by default. */
    public void setToleranceSeconds(int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("Tolerance must be at least 1 second, was: " + seconds);
        }
        this.tolerance = Duration.ofSeconds(seconds);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        required("header", header);
        length = Hmac.length(algorithm);
        keys = new CurrentSecrets<>(
                getCamelContext(),
                source(),
                secrets(),
                isTypeInPath(),
                secret -> Optional.of(new Hmac(algorithm, secret)));
    }

    @Override
    public void secretsChanged(Properties values, Set<String> names) {
        keys.reread(values, names);
    }

    @Override
    boolean isSigned(WebhookRequest request) {
        return request.has(header);
    }

    @Override
    Map<String, String> verify(WebhookRequest request) throws NotAuthenticException {
        String eventType = eventType(request);
        byte[] signature = signature(request.line(header));
        byte[] body = request.body();
        SigningSecrets<Hmac> secrets = keys.now();
        List<Hmac> tried = secrets.forType(eventType);
        Optional<Hmac> key = matching(tried, body, signature);
        Optional<byte[]> form = canonical ? CanonicalJson.of(body) : Optional.empty();
        if (key.isEmpty() && form.isPresent()) {
            key = matching(tried, form.get(), signature);
        }
        if (key.isEmpty()) {
            throw new NotAuthenticException(
                    Reason.WRONG, "The signature fits no secret of '" + source() + "': compare with the sender's");
        }
        keys.matched(secrets, key.get());
        if (timestamp != null) {
            checkFresh(body);
        }
        return headers(eventType, form.orElse(body), secrets.isOwn(eventType, key.get()));
    }

    private Map<String, String> headers(String eventType, byte[] content, boolean ownSecret) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (eventType != null) {
            headers.put(EVENT_TYPE, eventType);
        }
        if (canonical) {
            headers.put(CONTENT, Sha256.hex(content));
            if (ownSecret) {
                headers.put(TYPE, eventType);
            }
        }
        return headers;
    }

    private byte[] signature(String value) throws NotAuthenticException {
        byte[] signature = value.startsWith(prefix) ? encoding.decode(value.substring(prefix.length())) : null;
        if (signature == null || signature.length != length) {
            throw new NotAuthenticException(
                    Reason.MALFORMED,
                    "Header " + header + " must be " + prefix + "<" + encoding.label() + " of " + length + " bytes>");
        }
        return signature;
    }

    private static Optional<Hmac> matching(List<Hmac> keys, byte[] message, byte[] signature) {
        Hmac matching = null;
        for (Hmac key : keys) {
            if (MessageDigest.isEqual(key.of(message), signature)) {
                matching = key;
            }
        }
        return Optional.ofNullable(matching);
    }

    private void checkFresh(byte[] body) throws NotAuthenticException {
        JsonNode json;
        try {
            json = StrictJson.parse(body);
        } catch (UnreadableException e) {
            return;
        }
        Duration age = Duration.between(signedAt(json), clock().instant());
        if (age.abs().compareTo(tolerance) > 0) {
            throw new NotAuthenticException(
                    Reason.STALE,
                    "The time at " + timestamp + " is " + age.toSeconds() + " s old, at most ± " + tolerance.toSeconds()
                            + " s: check the clock of this machine");
        }
    }

    private Instant signedAt(JsonNode json) throws NotAuthenticException {
        try {
            return IsoTime.parse(json.at(timestamp).asText());
        } catch (DateTimeException e) {
            throw new NotAuthenticException(
                    Reason.MALFORMED,
                    "The body has no ISO 8601 instant at " + timestamp + ", where its sender signs one");
        }
    }
}
