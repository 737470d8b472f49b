package dev.crmsync.door;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** JSON that costs a reader more than its size. Each body has 1 MiB, or a little less. */
final class Bodies {

    /** What envelopes need beside their filler. */
    private static final int ENVELOPE = 1_000;

    private Bodies() {}

    /** {@code [[],[],…]}: most nodes for its size. */
    static String manyArrays(int bytes) {
        return "[" + repeated("[],", bytes - 4) + "[]]";
    }

    /** {@code [[[…]]]}. */
    static String deepArrays(int bytes) {
        return "[".repeat(bytes / 2) + "]".repeat(bytes / 2);
    }

    /** Numbers whose shortest form is dear to find. */
    static String costlyNumbers(int bytes) {
        return "[" + repeated("1.2345678901234567e-300,", bytes - 3) + "1]";
    }

    /** One number of that many digits. */
    static String longNumber(int bytes) {
        return "9".repeat(bytes);
    }

    /** An object of as many members as there is room for, in sorted order. */
    static String manyMembers(int bytes) {
        StringBuilder json = new StringBuilder("{\"m1000000\":0");
        for (int i = 1_000_001; json.length() < bytes - 16; i++) {
            json.append(",\"m").append(i).append("\":0");
        }
        return json.append('}').toString();
    }

    /** One string. */
    static String longString(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }

    /** A body of the largest size. */
    static byte[] largest(IntFunction<String> shape) {
        return shape.apply(Post.LARGEST).getBytes(StandardCharsets.UTF_8);
    }

    /** An event of the largest size, authentic once it is signed. */
    static byte[] largest(Scheme scheme, String id, IntFunction<String> filler) {
        return scheme.envelope(id, filler.apply(Post.LARGEST - ENVELOPE)).getBytes(StandardCharsets.UTF_8);
    }

    private static String repeated(String part, int bytes) {
        return part.repeat(bytes / part.length());
    }
}
