package dev.crmsync.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Orders the events that speak about one record. Two keys of the same {@link #kind()} compare as their texts do, in any
 * database too (plain code-point order); keys of different kinds, such as a version and a time, say nothing about each
 * other.
 *
 * @param value a kind letter ({@code v}ersion, {@code t}ime, te{@code x}t, or {@code -} for none), then the sortable text
 */
public record OrderKey(String value) {

    /** For sources that say nothing about order: equal to itself, unrelated to every other. */
    public static final OrderKey NONE = new OrderKey("-");

    private static final int DIGITS = 20;
    private static final char SEPARATOR = '~';
    private static final char VERSION = 'v';
    private static final char TIME = 't';

    /** As in {@code t2026-09-11T08:00:00.000000000Z}. */
    private static final int TIME_LENGTH = 31;

    /** A part at the beginning of the rest; a text may hold anything and takes all of it. */
    private static final Pattern PART = Pattern.compile(
            "(?:v(?<version>[0-9]{20})|t(?<time>[0-9]{4}-[0-9-]{5}T[0-9:.]{18}Z))(?:~|$)|x(?<text>.*)", Pattern.DOTALL);

    public OrderKey {
        Require.text("order key", value);
    }

    /**
     * Reads a key from what an envelope's {@code orderKey} yields: a non-negative integer (a version), an ISO 8601
     * instant, any other text, or an array of these in which later parts break ties. Null parts are skipped.
     *
     * @throws IllegalArgumentException for a negative or fractional number, an object, or a boolean
     */
    public static OrderKey of(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return NONE;
        }
        if (!node.isArray()) {
            return new OrderKey(part(node));
        }
        String joined = StreamSupport.stream(node.spliterator(), false)
                .filter(part -> !part.isNull())
                .map(OrderKey::part)
                .collect(Collectors.joining(String.valueOf(SEPARATOR)));
        return joined.isEmpty() ? NONE : new OrderKey(joined);
    }

    /** The key of an event that is ordered by time alone. */
    public static OrderKey of(Instant instant) {
        return new OrderKey("t" + IsoTime.sortable(instant));
    }

    /** The key of an event that is ordered by a version counter. */
    public static OrderKey of(long version) {
        if (version < 0) {
            throw new IllegalArgumentException("Version must not be negative, was: " + version);
        }
        return new OrderKey("v" + padded(Long.toString(version)));
    }

    public char kind() {
        return value.charAt(0);
    }

    /** True only when both are of one kind and this one comes first: equal keys are not older. */
    public boolean isOlderThan(OrderKey other) {
        return isComparableWith(other) && value.compareTo(other.value) < 0;
    }

    public boolean isComparableWith(OrderKey other) {
        return kind() == other.kind() && kind() != NONE.kind();
    }

    /** The first time in it, if any: versions and texts have none. */
    public Optional<Instant> date() {
        return firstTime().map(part -> Instant.parse(part.group("time")));
    }

    /** The same with another {@link #date()}: versions before it and what breaks ties behind it stay. */
    public OrderKey withDate(Instant instant) {
        return firstTime()
                .map(part -> value.substring(0, part.start("time"))
                        + IsoTime.sortable(instant)
                        + value.substring(part.end("time")))
                .map(OrderKey::new)
                .orElse(this);
    }

    private Optional<Matcher> firstTime() {
        Matcher part = PART.matcher(value);
        while (part.lookingAt()) {
            if (part.group("time") != null) {
                return Optional.of(part);
            }
            part.region(part.end(), value.length());
        }
        return Optional.empty();
    }

    /** The first time in it as text of one length, which sorts as time does; null where there is none. */
    public String time() {
        int at = kind() == VERSION && value.length() > DIGITS + 2 ? DIGITS + 2 : 0;
        return value.charAt(at) == TIME && value.length() >= at + TIME_LENGTH
                ? value.substring(at, at + TIME_LENGTH)
                : null;
    }

    /** For people, such as {@code version 2, time 2026-09-11T08:00:00Z}; {@code none} where there is no order. */
    public String inWords() {
        List<String> words = new ArrayList<>();
        Matcher part = PART.matcher(value);
        while (part.lookingAt()) {
            if (part.group("version") != null) {
                words.add("version " + new BigInteger(part.group("version")));
            } else if (part.group("time") != null) {
                words.add("time " + Instant.parse(part.group("time")));
            } else {
                words.add("text " + part.group("text"));
            }
            part.region(part.end(), value.length());
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static String part(JsonNode node) {
        if (node.isNumber()) {
            return "v" + padded(wholeNumber(node.decimalValue()));
        }
        if (node.isTextual()) {
            Instant instant = instantOrNull(node.textValue());
            return instant == null ? "x" + node.textValue() : "t" + IsoTime.sortable(instant);
        }
        throw new IllegalArgumentException(
                "Order key must be a number, an ISO 8601 instant, a text or an array of these, was: " + node);
    }

    private static String wholeNumber(BigDecimal number) {
        try {
            String digits = number.toBigIntegerExact().toString();
            if (number.signum() >= 0 && digits.length() <= DIGITS) {
                return digits;
            }
        } catch (ArithmeticException fraction) {
            // falls through to the one message for every number that cannot be a version
        }
        throw new IllegalArgumentException(
                "Version must be a whole number of 0 to " + DIGITS + " digits, was: " + number);
    }

    private static Instant instantOrNull(String text) {
        if (text.length() < 20 || text.charAt(4) != '-') {
            return null;
        }
        try {
            return IsoTime.parse(text);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static String padded(String digits) {
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    @Override
    public String toString() {
        return value;
    }
}
