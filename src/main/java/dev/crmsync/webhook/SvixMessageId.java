package dev.crmsync.webhook;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of messages as Svix makes them: {@code msg_} and a KSUID of 27 base-62 digits, which stand for 20 bytes. The first four
 * are the seconds since {@code 2014-05-13T16:53:20Z}, the fifth the 4 ms within that second, the others random. So an id tells
 * when its message was created, and later ids sort behind earlier ones.
 *
 * @see <a href="https://github.com/svix/rust-ksuid">Svix's own, KsuidMs</a>
 */
final class SvixMessageId {

    private static final String PREFIX = "msg_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int LENGTH = 27;

    private static final int BITS = 160;
    private static final int RANDOM_BITS = 120;
    private static final long EPOCH_SECONDS = 1_400_000_000;
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;
    private static final int UNITS_PER_SECOND = 250;
    private static final long NANOS_PER_UNIT = 4_000_000;

    private SvixMessageId() {}

    /**
     * A new id of a message that is created at that time, of which it keeps units of 4 ms.
     *
     * @throws IllegalArgumentException for a time before 2014-05-13T16:53:20Z or after 2150-06-19T23:21:35.999Z
     */
    static String at(Instant created) {
        long seconds = created.getEpochSecond() - EPOCH_SECONDS;
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("A message id holds times from " + Instant.ofEpochSecond(EPOCH_SECONDS)
                    + " to " + Instant.ofEpochSecond(EPOCH_SECONDS + MAX_SECONDS) + ", not " + created);
        }
        BigInteger time = BigInteger.valueOf(seconds << Byte.SIZE | created.getNano() / NANOS_PER_UNIT);
        BigInteger random = new BigInteger(RANDOM_BITS, ThreadLocalRandom.current());
        return PREFIX + digits(time.shiftLeft(RANDOM_BITS).or(random));
    }

    /** When the message with that id was created; empty for an id that is not one of these. */
    static Optional<Instant> createdAt(String id) {
        if (!id.startsWith(PREFIX) || id.length() != PREFIX.length() + LENGTH) {
            return Optional.empty();
        }
        BigInteger value = BigInteger.ZERO;
        for (int at = PREFIX.length(); at < id.length(); at++) {
            int digit = DIGITS.indexOf(id.charAt(at));
            if (digit < 0) {
                return Optional.empty();
            }
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        return value.bitLength() > BITS
                ? Optional.empty()
                : time(value.shiftRight(RANDOM_BITS).longValueExact());
    }

    /** Units beyond the second are not Svix's: a KSUID of another make has a random byte there. */
    private static Optional<Instant> time(long secondsAndUnits) {
        long seconds = secondsAndUnits >> Byte.SIZE;
        int units = (int) (secondsAndUnits & 0xFF);
        return units < UNITS_PER_SECOND
                ? Optional.of(Instant.ofEpochSecond(EPOCH_SECONDS + seconds, units * NANOS_PER_UNIT))
                : Optional.empty();
    }

    private static String digits(BigInteger value) {
        char[] digits = new char[LENGTH];
        BigInteger rest = value;
        for (int at = LENGTH - 1; at >= 0; at--) {
            BigInteger[] divided = rest.divideAndRemainder(BASE);
            digits[at] = DIGITS.charAt(divided[1].intValue());
            rest = divided[0];
        }
        return new String(digits);
    }
}
