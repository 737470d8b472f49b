package dev.crmsync.webhook;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Arrays;

/**
 * A decimal number, 0.{@code digits} · 10<sup>{@code point}</sup>, and how JavaScript writes it. It holds one number
 * after the other, so that many of them cost no memory.
 */
final class CanonicalNumber {

    /** So many digits always come back from a double as they were. */
    private static final int KEPT_DIGITS = 15;

    /** JavaScript never writes more. */
    private static final int MAX_DIGITS = 17;

    private static final int MAX_EXPONENT_LENGTH = 6;

    /** Below, doubles hold fewer digits, and no sender measures anything. */
    private static final int MIN_POINT = -300;

    /** Up to here, doubles hold whatever the digits are. */
    private static final int MAX_SAFE_POINT = 308;

    /**
     * So many numbers of one body may have more digits: each is parsed and written as a double, which takes some 0.3 µs.
     * Real bodies have a few hundred values.
     */
    static final int MAX_PARSED = 2_000;

    private int parsed;
    private boolean negative;

    /** As many as {@code count}, without zeros at either end; none for zero. */
    private final char[] digits = new char[MAX_DIGITS];

    private int count;
    private int point;

    /**
     * Takes the JSON number.
     *
     * @return false when {@code JSON.stringify} would write another one, since JavaScript only has doubles, or when it
     *     is smaller than 10<sup>-301</sup>, but not zero; and when it is one of more than {@value #MAX_PARSED} numbers
     *     that had to be parsed for that
     */
    boolean read(char[] text, int start, int end) {
        return parse(text, start, end)
                && (count == 0
                        || point > MIN_POINT
                                && (count <= KEPT_DIGITS && point <= MAX_SAFE_POINT
                                        || ++parsed <= MAX_PARSED && isShortest(text, start, end)));
    }

    private boolean isShortest(char[] text, int start, int end) {
        double value = NumberInput.parseDouble(text, start, end - start, true);
        if (Double.isInfinite(value)) {
            return false;
        }
        char[] written = NumberOutput.toString(value, true).toCharArray();
        CanonicalNumber shortest = new CanonicalNumber();
        return shortest.parse(written, 0, written.length)
                && point == shortest.point
                && Arrays.equals(digits, 0, count, shortest.digits, 0, shortest.count);
    }

    private boolean parse(char[] text, int start, int end) {
        negative = text[start] == '-';
        count = 0;
        point = 0;
        int length = 0;
        boolean fraction = false;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            char character = text[i];
            if (character == '.') {
                fraction = true;
            } else if (character > '9') {
                return exponent(text, i + 1, end);
            } else if (character != '0' || length > 0) {
                point += fraction ? 0 : 1;
                if (length < MAX_DIGITS) {
                    digits[length] = character;
                } else if (character != '0') {
                    return false;
                }
                length++;
                count = character == '0' ? count : length;
            } else if (fraction) {
                point--;
            }
        }
        return true;
    }

    private boolean exponent(char[] text, int start, int end) {
        if (end - start > MAX_EXPONENT_LENGTH) {
            return false;
        }
        int exponent = 0;
        for (int i = start; i < end; i++) {
            if (text[i] >= '0') {
                exponent = 10 * exponent + text[i] - '0';
            }
        }
        point += text[start] == '-' ? -exponent : exponent;
        return true;
    }

    /** Number::toString, steps 6 to 10: the decimal point is after {@code point} of the digits. */
    void writeTo(CanonicalText out) {
        if (count == 0) {
            out.ascii('0');
            return;
        }
        if (negative) {
            out.ascii('-');
        }
        if (count <= point && point <= 21) {
            out.ascii(digits, 0, count);
            zeros(out, point - count);
        } else if (0 < point && point <= 21) {
            out.ascii(digits, 0, point);
            out.ascii('.');
            out.ascii(digits, point, count);
        } else if (-6 < point && point <= 0) {
            out.ascii("0.");
            zeros(out, -point);
            out.ascii(digits, 0, count);
        } else {
            writeWithExponent(out);
        }
    }

    private void writeWithExponent(CanonicalText out) {
        out.ascii(digits[0]);
        if (count > 1) {
            out.ascii('.');
            out.ascii(digits, 1, count);
        }
        out.ascii(point > 0 ? "e+" : "e-");
        int exponent = Math.abs(point - 1);
        for (int unit = exponent < 10 ? 1 : exponent < 100 ? 10 : 100; unit > 0; unit /= 10) {
            out.ascii((char) ('0' + exponent / unit % 10));
        }
    }

    private static void zeros(CanonicalText out, int count) {
        for (int i = 0; i < count; i++) {
            out.ascii('0');
        }
    }
}
