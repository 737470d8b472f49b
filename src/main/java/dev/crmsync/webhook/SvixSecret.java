package dev.crmsync.webhook;

import com.svix.Webhook;
import com.svix.exceptions.EmptyWebhookSecretException;
import java.util.Base64;

/** Reads secrets of the form {@code whsec_<base64>}; the prefix may be absent. */
final class SvixSecret {

    private static final String PREFIX = "whsec_";

    /** Standard Webhooks asks for 24 to 64 bytes; Svix's documentation has an example of 18. */
    private static final int MIN_BYTES = 16;

    private static final int MAX_BYTES = 64;

    private SvixSecret() {}

    static boolean hasPrefix(String secret) {
        return secret.startsWith(PREFIX);
    }

    /**
     * The signer of that secret.
     *
     * @throws IllegalArgumentException when it is none; the message does not contain it
     */
    static Webhook webhook(String secret) {
        try {
            return new Webhook(bytes(secret));
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("it is empty", e);
        }
    }

    /** What a signature of that secret is checked with; the exceptions are those of {@link #webhook}. */
    static Hmac key(String secret) {
        return new Hmac(Hmac.SHA_256, bytes(secret));
    }

    private static byte[] bytes(String secret) {
        byte[] key = decoded(hasPrefix(secret) ? secret.substring(PREFIX.length()) : secret);
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "it has " + key.length + " bytes, must have " + MIN_BYTES + " to " + MAX_BYTES);
        }
        return key;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // without the cause, whose message tells a character of the secret
            throw new IllegalArgumentException("it must be " + PREFIX + " and base64");
        }
    }
}
