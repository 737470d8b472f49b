package dev.crmsync.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what may hold personal data before it is stored: AES-256-GCM when a key is configured, plain otherwise. What was
 * stored under either, or under an older key that is still listed, stays readable.
 *
 * <p>Stored form: one byte 0, then the text; or one byte 1, a nonce of 12 bytes, then ciphertext and tag. The event's id
 * is authenticated with it, so that a sealed payload cannot be moved to another event.
 */
public final class PayloadCipher {

    private static final String NO_KEY = "plain";
    private static final byte PLAIN = 0;
    private static final byte AES_GCM = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKey> keys;

    private PayloadCipher(List<SecretKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Stores texts as they are. */
    public static PayloadCipher plain() {
        return new PayloadCipher(List.of());
    }

    /**
     * Seals with the first key and opens with any.
     *
     * @param base64Keys keys of 32 bytes each; none means {@link #plain()}
     * @throws IllegalArgumentException when one is no such key
     */
    public static PayloadCipher of(List<String> base64Keys) {
        List<SecretKey> keys = new ArrayList<>();
        for (String base64 : base64Keys) {
            keys.add(new SecretKeySpec(decoded(base64), "AES"));
        }
        return new PayloadCipher(keys);
    }

    private static byte[] decoded(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.trim());
        } catch (IllegalArgumentException e) {
            // without the cause: its message may quote the key
            throw new IllegalArgumentException(
                    "A payload key is not base64: create one with 'openssl rand -base64 32'");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A payload key has " + key.length + " bytes, needs " + KEY_BYTES
                    + ": create one with 'openssl rand -base64 32'");
        }
        return key;
    }

    /** How many keys there are. */
    int keys() {
        return keys.size();
    }

    /** What is sealed now has this fingerprint. */
    String sealsWith() {
        return keys.isEmpty() ? NO_KEY : fingerprint(keys.get(0));
    }

    /** The fingerprints of all that can be opened. */
    Set<String> fingerprints() {
        return Stream.concat(Stream.of(NO_KEY), keys.stream().map(PayloadCipher::fingerprint))
                .collect(Collectors.toSet());
    }

    /** Names a key without telling it. */
    private static String fingerprint(SecretKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("payload key".getBytes(StandardCharsets.US_ASCII)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available", e);
        }
    }

    byte[] seal(String text, String context) {
        byte[] clear = text.getBytes(StandardCharsets.UTF_8);
        if (keys.isEmpty()) {
            return ByteBuffer.allocate(1 + clear.length).put(PLAIN).put(clear).array();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, context).doFinal(clear);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(AES_GCM)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** @throws PayloadSealedException when no listed key opens it */
    String open(byte[] stored, String context) {
        if (stored.length > 0 && stored[0] == PLAIN) {
            return new String(stored, 1, stored.length - 1, StandardCharsets.UTF_8);
        }
        if (stored.length > NONCE_BYTES && stored[0] == AES_GCM) {
            for (SecretKey key : keys) {
                byte[] clear = opened(stored, key, context);
                if (clear != null) {
                    return new String(clear, StandardCharsets.UTF_8);
                }
            }
        }
        throw new PayloadSealedException(context, keys.size());
    }

    private static byte[] opened(byte[] stored, SecretKey key, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(stored, 1, nonce, 0, NONCE_BYTES);
        int start = 1 + NONCE_BYTES;
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(stored, start, stored.length - start);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
