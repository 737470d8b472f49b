package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Signs as Plain does: lower-case hexadecimal HMAC-SHA256 of a body that holds the attempt's own id and time, which
 * change with each attempt.
 */
public final class PlainSigner implements Signer {

    private final Hmac key;
    private final Clock clock;

    public PlainSigner(String secret, Clock clock) {
        this.key = new Hmac(Hmac.SHA_256, secret);
        this.clock = clock;
    }

    /** {@inheritDoc} The attempt's id and time are put into the body, unless that is no JSON object. */
    @Override
    public SignedRequest sign(byte[] body) {
        try {
            if (StrictJson.parse(body) instanceof ObjectNode event) {
                return attempt(event);
            }
        } catch (UnreadableException e) {
            // signed as it is, as the sender would
        }
        return new SignedRequest(Map.of("Plain-Request-Signature", signature(body)), body);
    }

    private SignedRequest attempt(ObjectNode event) {
        ObjectNode metadata = event.withObjectProperty("webhookMetadata");
        metadata.put("webhookDeliveryAttemptId", "whAttempt_" + UUID.randomUUID());
        metadata.put(
                "webhookDeliveryAttemptTimestamp",
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        byte[] body = Utf8.bytes(Payload.text(event));
        Map<String, String> headers = new HashMap<>();
        headers.put("Plain-Request-Signature", signature(body));
        copy(event.get("id"), "Plain-Event-Id", headers);
        copy(event.get("type"), "Plain-Event-Type", headers);
        return new SignedRequest(headers, body);
    }

    private static void copy(JsonNode value, String header, Map<String, String> headers) {
        if (value != null && value.isTextual()) {
            headers.put(header, value.textValue());
        }
    }

    private String signature(byte[] body) {
        return HmacEncoding.HEX.encode(key.of(body));
    }
}
