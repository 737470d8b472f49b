package dev.crmsync.sandbox.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.sandbox.schema.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Turns JSON, or text from a URL or CSV, into a field's value; refuses what has the wrong type. */
public final class ValueParser {
    private static final DateTimeFormatter OFFSET_WITH_HOURS_AND_MINUTES = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("XX")
            .toFormatter();

    private ValueParser() {}

    /** The stored form of a value; null for null and for text without content, which Salesforce does not tell apart. */
    public static Object parse(Field field, JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        Object value = convert(field, json);
        if (value == null) {
            throw ApiException.of(
                    ErrorCode.JSON_PARSER_ERROR,
                    "Cannot deserialize instance of " + wanted(field) + " from " + token(json) + " value "
                            + (json.isValueNode() ? json.asText() : json.isArray() ? "[" : "{")
                            + " or request may be missing a required field at [line:1, column:1]");
        }
        return "".equals(value) ? null : value;
    }

    /** As {@link #parse(Field, JsonNode)} for a value that arrives as text. */
    public static Object parse(Field field, String text) {
        return text.isEmpty() ? null : parse(field, TextNode.valueOf(text));
    }

    /** A date-time with offset, cut to the whole second that Salesforce keeps. */
    static Instant dateTime(String text) {
        return OffsetDateTime.parse(text, formatter(text)).toInstant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** One formatter with optional parts would do, at several times the cost. */
    private static DateTimeFormatter formatter(String text) {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        return text.endsWith("Z") || text.indexOf(':', sign) > sign
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
                : OFFSET_WITH_HOURS_AND_MINUTES;
    }

    private static Object convert(Field field, JsonNode json) {
        if (!json.isValueNode()) {
            return null;
        }
        try {
            return switch (field.type()) {
                case BOOLEAN -> bool(json);
                case INT, DOUBLE, CURRENCY, PERCENT -> number(field, json);
                case DATE -> json.isTextual() ? LocalDate.parse(json.asText()) : null;
                case DATETIME -> json.isTextual() ? dateTime(json.asText()) : null;
                default -> json.isTextual() ? json.asText().strip() : null;
            };
        } catch (DateTimeException | NumberFormatException notOfThatType) {
            return json.asText().isBlank() ? "" : null;
        }
    }

    private static Object bool(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        return switch (json.asText()) {
            case "true" -> json.isTextual() ? true : null;
            case "false" -> json.isTextual() ? false : null;
            default -> null;
        };
    }

    private static Object number(Field field, JsonNode json) {
        if (json.isBoolean()) {
            return null;
        }
        BigDecimal number = new BigDecimal(json.asText().strip());
        return field.type().isDecimal()
                ? number.setScale(field.scale(), RoundingMode.HALF_UP)
                : number.setScale(0, RoundingMode.DOWN).equals(number) ? number : null;
    }

    private static String wanted(Field field) {
        return switch (field.type()) {
            case BOOLEAN -> "boolean";
            case INT -> "int";
            case DOUBLE, CURRENCY, PERCENT -> "double";
            case DATE -> "date";
            case DATETIME -> "datetime";
            case ID, REFERENCE -> "reference";
            default -> "string";
        };
    }

    private static String token(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> "VALUE_STRING";
            case NUMBER -> json.isIntegralNumber() ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
            case BOOLEAN -> json.booleanValue() ? "VALUE_TRUE" : "VALUE_FALSE";
            case ARRAY -> "START_ARRAY";
            default -> "START_OBJECT";
        };
    }
}
