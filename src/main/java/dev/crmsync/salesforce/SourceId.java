package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What can name a thing at its source: a text, or a whole number, which counts as its digits. It is never changed, so
 * that two ids stay two: what Salesforce would trim, and what UTF-8 cannot hold, is no id.
 */
final class SourceId {

    /** What programs write where they have nothing. */
    private static final Set<String> NOTHING = Set.of("null", "undefined", "nan");

    private SourceId() {}

    /** What is wrong with the value as an id, such as {@code is blank}, without quoting it; empty when it is one. */
    static Optional<String> fault(JsonNode value) {
        if (value.isTextual()) {
            return fault(value.textValue());
        }
        return value.isIntegralNumber() ? Optional.empty() : Optional.of("is " + kind(value));
    }

    /** As {@link #fault(JsonNode)}, of a text. */
    static Optional<String> fault(String text) {
        if (isBlank(text)) {
            return Optional.of("is blank");
        }
        if (isGap(text.codePointAt(0)) || isGap(text.codePointBefore(text.length()))) {
            return Optional.of("begins or ends with white space");
        }
        if (NOTHING.contains(text.toLowerCase(Locale.ROOT))) {
            return Optional.of("is the text \"" + text.toLowerCase(Locale.ROOT) + "\"");
        }
        if (text.codePoints().anyMatch(SourceId::isUnfit)) {
            return Optional.of("has control characters or broken ones");
        }
        return text.codePoints().anyMatch(Character::isLetterOrDigit)
                ? Optional.empty()
                : Optional.of("has no letter and no digit");
    }

    static boolean isBlank(String text) {
        return text.codePoints().allMatch(SourceId::isGap);
    }

    /** The kind of a value, in words. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a fractional number";
            case STRING -> "a text";
            default -> "null";
        };
    }

    /** White space of any kind, also that at which no line may break. */
    private static boolean isGap(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isUnfit(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}
