package dev.crmsync.webhook;

import com.svix.Webhook;
import com.svix.exceptions.WebhookSigningException;
import java.time.Clock;
import java.util.Map;

/** Signs as Svix does, for Pivotal and for Emporix through Svix. */
public final class SvixSigner implements Signer {

    private final Webhook webhook;
    private final Clock clock;

    /**
     * A signer with one secret.
     *
     * @throws IllegalArgumentException when the secret is not {@code whsec_} and base64
     */
    public SvixSigner(String secret, Clock clock) {
        this.webhook = SvixSecret.webhook(secret);
        this.clock = clock;
    }

    /** {@inheritDoc} It is a new message, with an id of its own that carries the present time. */
    @Override
    public SignedRequest sign(byte[] body) {
        return sign(SvixMessageId.at(clock.instant()), body);
    }

    /**
     * One attempt to deliver that message: retries and resends keep the id and get a new timestamp and signature.
     *
     * @throws IllegalArgumentException when the body is not UTF-8
     */
    public SignedRequest sign(String messageId, byte[] body) {
        String text = Utf8.strict(body);
        if (text == null) {
            throw new IllegalArgumentException("The body of " + messageId + " is not UTF-8, which Svix requires");
        }
        long timestamp = clock.instant().getEpochSecond();
        return new SignedRequest(
                Map.of(
                        SvixVerifier.ID,
                        messageId,
                        SvixVerifier.TIMESTAMP,
                        Long.toString(timestamp),
                        "svix-signature",
                        signature(messageId, timestamp, text)),
                body);
    }

    private String signature(String messageId, long timestamp, String body) {
        try {
            return webhook.sign(messageId, timestamp, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }
}
