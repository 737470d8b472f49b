package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What a single value must satisfy to be stored: length, range, format. */
final class FieldRules {
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}");

    private FieldRules() {}

    /** Refuses a value that the field cannot hold. */
    static void check(Field field, Object value) {
        if (value == null) {
            notCleared(field);
        } else if (value instanceof String text && field.type().isText()) {
            text(field, text);
        } else if (value instanceof BigDecimal number) {
            number(field, number);
        } else if (value instanceof String id && field.type().isId()) {
            if (SalesforceId.canonical(id).isEmpty()) {
                throw ApiException.of(
                        ErrorCode.MALFORMED_ID, field.label() + ": id value of incorrect type: " + id, field.name());
            }
        }
    }

    private static void notCleared(Field field) {
        if (field.defaultValue().isPresent()) {
            throw ApiException.of(
                    ErrorCode.INVALID_TYPE_ON_FIELD_IN_RECORD,
                    field.label() + ": value not of required type: ",
                    field.name());
        }
    }

    private static void text(Field field, String text) {
        if (text.length() > field.length()) {
            throw ApiException.of(
                    ErrorCode.STRING_TOO_LONG,
                    field.label() + ": data value too large: " + text + " (max length=" + field.length() + ")",
                    field.name());
        }
        switch (field.type()) {
            case EMAIL -> {
                if (!EMAIL.matcher(text).matches()) {
                    throw ApiException.of(
                            ErrorCode.INVALID_EMAIL_ADDRESS,
                            field.label() + ": invalid email address: " + text,
                            field.name());
                }
            }
            case PICKLIST -> {
                if (field.picklist().restricted() && !field.picklist().values().contains(text)) {
                    throw ApiException.of(
                            ErrorCode.INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST,
                            field.label() + ": bad value for restricted picklist field: " + text,
                            field.name());
                }
            }
            default -> {}
        }
    }

    private static void number(Field field, BigDecimal number) {
        int whole = number.precision() - number.scale();
        if (number.signum() != 0 && field.precision() > 0 && whole > field.precision() - field.scale()) {
            throw ApiException.of(
                    ErrorCode.NUMBER_OUTSIDE_VALID_RANGE,
                    field.label() + ": value outside of valid range on numeric field: " + number.toPlainString(),
                    field.name());
        }
    }
}
