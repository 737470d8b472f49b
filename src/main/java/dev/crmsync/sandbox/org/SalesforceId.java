package dev.crmsync.sandbox.org;

import java.util.Optional;

/**
 * Record ids: 15 characters that tell upper from lower case, and three more that make them safe where case gets lost.
 * Each of those three encodes which of five characters are upper case.
 */
public final class SalesforceId {
    private static final String CHECKSUM_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String INSTANCE = "Qy0";
    private static final int SHORT = 15;
    private static final int LONG = 18;

    private SalesforceId() {}

    /** The id of the n-th record of an object whose ids start with {@code prefix}. */
    public static String of(String prefix, long n) {
        StringBuilder id = new StringBuilder(prefix).append(INSTANCE);
        long rest = n;
        for (int digit = 0; digit < SHORT - prefix.length() - INSTANCE.length(); digit++) {
            id.insert(prefix.length() + INSTANCE.length(), BASE_62.charAt((int) (rest % 62)));
            rest /= 62;
        }
        return withChecksum(id.toString());
    }

    /** The ordinal that {@link #of} made this id from. */
    static long ordinal(String id) {
        long n = 0;
        for (char c : id.substring(3 + INSTANCE.length(), SHORT).toCharArray()) {
            n = n * 62 + BASE_62.indexOf(c);
        }
        return n;
    }

    /** The 18-character form of an id of 15 or 18 characters; empty when it cannot be an id. */
    public static Optional<String> canonical(String id) {
        if (!isAlphanumeric(id)) {
            return Optional.empty();
        }
        if (id.length() == SHORT) {
            return Optional.of(withChecksum(id));
        }
        if (id.length() != LONG) {
            return Optional.empty();
        }
        return Optional.of(id)
                .filter(full -> withChecksum(full.substring(0, SHORT)).equalsIgnoreCase(full));
    }

    private static String withChecksum(String shortId) {
        StringBuilder id = new StringBuilder(LONG).append(shortId);
        for (int block = 0; block < 3; block++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = shortId.charAt(block * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            id.append(CHECKSUM_ALPHABET.charAt(bits));
        }
        return id.toString();
    }

    private static boolean isAlphanumeric(String text) {
        return text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
    }
}
