package dev.crmsync.webhook;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * A decimal number, 0.{@code digits} · 10<sup>{@code point}</sup>, and how JavaScript writes it.
 *
 * @param digits without zeros at either end; none for zero
 */
record CanonicalNumber(boolean negative, String digits, int point) {

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
     * The JSON number as {@code JSON.stringify} writes it; null when that is another number, since JavaScript only has
     * doubles, or when the number is smaller than 10<sup>-301</sup>, but not zero.
     */
    static String of(String json) {
        CanonicalNumber number = read(json);
        if (number == null) {
            return null;
        }
        int count = number.digits.length();
        boolean kept = count == 0
                || number.point > MIN_POINT
                        && (count <= KEPT_DIGITS && number.point <= MAX_SAFE_POINT
                                || count <= MAX_DIGITS && number.equals(shortest(json)));
        return kept ? number.written() : null;
    }

    private static CanonicalNumber shortest(String json) {
        double value = NumberInput.parseDouble(json, true);
        return Double.isInfinite(value) ? null : read(NumberOutput.toString(value, true));
    }

    private static CanonicalNumber read(String number) {
        int start = number.charAt(0) == '-' ? 1 : 0;
        int end = Math.max(number.indexOf('e'), number.indexOf('E'));
        int exponent = 0;
        if (end < 0) {
            end = number.length();
        } else if (number.length() - end - 1 > MAX_EXPONENT_LENGTH) {
            return null;
        } else {
            exponent = Integer.parseInt(number.substring(end + 1));
        }
        int dot = number.indexOf('.');
        int point = (dot < 0 ? end : dot) - start + exponent;
        String digits =
                dot < 0 ? number.substring(start, end) : number.substring(start, dot) + number.substring(dot + 1, end);
        int first = 0;
        int last = digits.length();
        while (first < last && digits.charAt(first) == '0') {
            first++;
        }
        while (last > first && digits.charAt(last - 1) == '0') {
            last--;
        }
        return new CanonicalNumber(start == 1, digits.substring(first, last), point - first);
    }

    /** Number::toString, steps 6 to 10: the decimal point is after {@code point} of the digits. */
    private String written() {
        int count = digits.length();
        if (count == 0) {
            return "0";
        }
        return (negative ? "-" : "") + placed(count);
    }

    private String placed(int count) {
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        String fraction = count == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (point > 0 ? "+" : "-") + Math.abs(point - 1);
    }
}
