package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.IsoTime;
import dev.crmsync.event.OrderKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an envelope's expressions yield for one message, and the rules for what they may yield. That is checked, for a sender
 * is authentic but not infallible, and reported without repeating it, for it may be personal.
 */
interface EnvelopeValues {

    int MAX_LENGTH = 256;
    int DELETE = 0x7f;
    Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** What the field's expression yields; empty when it yields null or nothing, or there is none. */
    Optional<JsonNode> value(String field) throws UnreadableException;

    /** A text of 1 to {@value #MAX_LENGTH} characters, or a whole number as text; empty when absent or blank. */
    default Optional<String> text(String field) throws UnreadableException {
        Optional<JsonNode> value = value(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isTextual() && !value.get().isIntegralNumber()) {
            throw new UnreadableException("The " + field + " is neither a text nor a whole number");
        }
        String text = value.get().asText();
        if (text.length() > MAX_LENGTH) {
            throw new UnreadableException(
                    "The " + field + " has " + text.length() + " characters, at most " + MAX_LENGTH + " are kept");
        }
        if (isUnfit(text)) {
            throw new UnreadableException("The " + field + " has control characters or broken ones");
        }
        return Optional.of(text).filter(present -> !present.isBlank());
    }

    /** A {@link #text} that must be there. */
    default String required(String field) throws UnreadableException {
        return text(field).orElseThrow(() -> new UnreadableException("The " + field + " is missing"));
    }

    /** An ISO 8601 instant. */
    default Optional<Instant> instant(String field) throws UnreadableException {
        Optional<String> text = text(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant instant = IsoTime.parse(text.get());
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(LATEST)) {
                return Optional.of(instant);
            }
        } catch (DateTimeException notATime) {
            // falls through to the one message for every value that is no usable time
        }
        throw new UnreadableException("The " + field + " is not an ISO 8601 instant between 1970 and 9999");
    }

    /** The order key; none when the expression yields null. */
    default OrderKey orderKey(String field) throws UnreadableException {
        JsonNode value = value(field).orElse(null);
        try {
            OrderKey key = OrderKey.of(value);
            if (key.value().length() <= MAX_LENGTH && !isUnfit(key.value())) {
                return key;
            }
        } catch (IllegalArgumentException notAKey) {
            // falls through to the one message for every value that is no usable key
        }
        throw new UnreadableException("The " + field + " is neither a whole number from 0 to 20 digits, nor a time, nor"
                + " a text of at most " + MAX_LENGTH + " characters, nor an array of these");
    }

    /** True or false. */
    default Optional<Boolean> flag(String field) throws UnreadableException {
        Optional<JsonNode> value = value(field);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw new UnreadableException("The " + field + " is neither true nor false");
        }
        return value.map(JsonNode::booleanValue);
    }

    /** Whether there are control characters, which databases refuse, or halves of surrogate pairs, which are no UTF-8. */
    private static boolean isUnfit(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (c < ' ' || c == DELETE || Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
