package dev.crmsync.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that only a browser holds. Whatever else belongs to it is derived from it, so that any replica can tell, and
 * none has to store the secret.
 *
 * @param value 32 random bytes in base64url
 */
record Token(String value) {

    private static final int BYTES = 32;

    static Token random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Tells nothing of the token, nor of what is derived for other purposes: 43 characters of base64url. */
    String derive(String purpose) {
        return sha256(purpose + ":" + value);
    }

    /** The SHA-256 of a text, in base64url. */
    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Compares in constant time; null equals nothing. */
    static boolean isSame(String given, String expected) {
        return given != null
                && expected != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
