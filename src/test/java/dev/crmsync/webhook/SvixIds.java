package dev.crmsync.webhook;

import java.math.BigInteger;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of messages as Svix makes them: {@code msg_} and a KSUID, which carries the time of creation. Written apart from the
 * application's own code, so that tests compare two.
 */
public final class SvixIds {

    private static final long EPOCH_SECONDS = 1_400_000_000;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_BITS = 120;

    private SvixIds() {}

    /** A new id of a message that was created then; such an id knows units of 4 ms, earlier ones are rounded down. */
    public static String at(Instant created) {
        long seconds = created.getEpochSecond() - EPOCH_SECONDS;
        long units = created.getNano() / 4_000_000;
        BigInteger time = BigInteger.valueOf(seconds << Byte.SIZE | units);
        return "msg_"
                + base62(time.shiftLeft(RANDOM_BITS).or(new BigInteger(RANDOM_BITS, ThreadLocalRandom.current())));
    }

    private static String base62(BigInteger value) {
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = value; digits.length() < 27; rest = rest.divide(BigInteger.valueOf(62))) {
            digits.append(DIGITS.charAt(rest.mod(BigInteger.valueOf(62)).intValueExact()));
        }
        return digits.reverse().toString();
    }
}
