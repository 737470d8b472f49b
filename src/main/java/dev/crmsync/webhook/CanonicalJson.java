package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON in the form in which JavaScript's {@code JSON.stringify} writes it, the members of every object sorted by name in
 * UTF-16 order: no white space, {@code 1.50} as {@code 1.5}, {@code /} and non-ASCII as they are. Emporix documents its
 * signatures that way.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-serializejsonproperty">ECMAScript, SerializeJSONProperty</a>
 * @see <a href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring">ECMAScript, Number::toString</a>
 */
final class CanonicalJson {

    private static final double MAX_SAFE_INTEGER = 9_007_199_254_740_991d;
    private static final int MAX_DIGITS = 17;

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /** The canonical form of the JSON, in UTF-8; empty when it is {@linkplain StrictJson not unambiguous JSON}. */
    static Optional<byte[]> of(byte[] json) {
        try {
            return Optional.of(of(StrictJson.parse(json)).getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    static String of(JsonNode node) {
        CanonicalJson json = new CanonicalJson();
        json.write(node);
        return json.out.toString();
    }

    private void write(JsonNode node) {
        if (node.isObject()) {
            writeObject(node);
        } else if (node.isArray()) {
            writeArray(node);
        } else if (node.isTextual()) {
            writeString(node.textValue());
        } else {
            out.append(node.isNumber() ? number(node.doubleValue()) : node.asText());
        }
    }

    private void writeObject(JsonNode node) {
        Map<String, JsonNode> members = new TreeMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            out.append(separator);
            writeString(member.getKey());
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private void writeArray(JsonNode node) {
        out.append('[');
        for (Iterator<JsonNode> elements = node.iterator(); elements.hasNext(); ) {
            write(elements.next());
            out.append(elements.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private void writeString(String text) {
        out.append('"');
        text.codePoints().forEach(this::writeCharacter);
        out.append('"');
    }

    private void writeCharacter(int codePoint) {
        switch (codePoint) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                boolean loneSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
                if (codePoint < ' ' || loneSurrogate) {
                    out.append("\\u%04x".formatted(codePoint));
                } else {
                    out.appendCodePoint(codePoint);
                }
            }
        }
    }

    /** The number as JavaScript writes it, {@code null} for what only JSON can express. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return "null";
        }
        if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE_INTEGER) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = shortest(value);
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + placed(digits, point);
    }

    /** The fewest digits that stand for the value. Double.toString does not always find them before Java 19. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS)).stripTrailingZeros();
    }

    /** Number::toString, steps 6 to 10: the decimal point is after {@code point} of the digits. */
    private static String placed(String digits, int point) {
        int count = digits.length();
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
