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

    /** Only ever copied, since to look up an algorithm and to take its key costs more than a short message. */
    private final Mac mac;

    /** The key is the UTF-8 bytes of the secret. */
    Hmac(String algorithm, String secret) {
        this(algorithm, secret.getBytes(StandardCharsets.UTF_8));
    }

    Hmac(String algorithm, byte[] secret) {
        this.key = new SecretKeySpec(secret, algorithm);
        try {
            this.mac = Mac.getInstance(algorithm);
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every Java runtime", e);
        }
    }

    /** In bytes. */
    static int length(String algorithm) {
        return new Hmac(algorithm, "any").mac.getMacLength();
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

    /** @param parts of one message, in order */
    byte[] of(byte[]... parts) {
        try {
            Mac copy = (Mac) mac.clone();
            for (byte[] part : parts) {
                copy.update(part);
            }
            return copy.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(key.getAlgorithm() + " of the Java runtime can be copied", e);
        }
    }

    /** Whether it is of the same secret and algorithm. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Hmac hmac && key.equals(hmac.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key.getAlgorithm();
    }
}
