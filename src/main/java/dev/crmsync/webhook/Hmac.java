package dev.crmsync.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key of one HMAC algorithm. */
final class Hmac {

    static final String SHA_256 = "HmacSHA256";
    private static final List<String> SUPPORTED = List.of(SHA_256, "HmacSHA384", "HmacSHA512");

    private final SecretKeySpec key;

    /** The key is the UTF-8 bytes of the secret. */
    Hmac(String algorithm, String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm);
    }

    /**
     * Returns the algorithm.
     *
     * @throws IllegalArgumentException for one that is not offered here
     */
    static String supported(String algorithm) {
        if (!SUPPORTED.contains(algorithm)) {
            throw new IllegalArgumentException("Algorithm must be one of " + SUPPORTED + ", was: " + algorithm);
        }
        return algorithm;
    }

    byte[] of(byte[] message) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(key.getAlgorithm() + " is part of every Java runtime", e);
        }
    }

    @Override
    public String toString() {
        return key.getAlgorithm();
    }
}
