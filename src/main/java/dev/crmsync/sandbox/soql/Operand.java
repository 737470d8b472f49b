package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.ValueParser;
import dev.crmsync.sandbox.schema.Field;
import java.util.Locale;

/** Literals as values of the field that they are compared with. */
final class Operand {
    private Operand() {}

    /** The value a literal stands for; text that must be compared without regard to case comes in lower case. */
    static Object of(Field field, Literal literal) {
        if (literal.isNull()) {
            return null;
        }
        boolean textual = field.type().isText() || field.type().isId();
        if (textual != literal.quoted()) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "value of filter criterion for field '" + field.name() + "' must be of type "
                            + field.type().wireName()
                            + (textual
                                    ? " and should be enclosed in quotes"
                                    : " and should not be enclosed in quotes"));
        }
        if (field.type().isId()) {
            return SalesforceId.canonical(literal.text())
                    .orElseThrow(() -> ApiException.of(
                            ErrorCode.INVALID_QUERY_FILTER_OPERATOR, "invalid ID field: " + literal.text()));
        }
        return textual ? comparable(field, literal.text()) : typed(field, literal);
    }

    /** A stored value in the form that operands have. */
    static Object comparable(Field field, Object value) {
        return value instanceof String text
                        && !field.type().isId()
                        && !field.key().caseSensitive()
                ? text.toLowerCase(Locale.ROOT)
                : value;
    }

    private static Object typed(Field field, Literal literal) {
        try {
            return ValueParser.parse(
                    field,
                    literal.text().toLowerCase(Locale.ROOT).equals("true")
                            ? "true"
                            : literal.text().equalsIgnoreCase("false") ? "false" : literal.text());
        } catch (ApiException wrongType) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "value of filter criterion for field '" + field.name() + "' must be of type "
                            + field.type().wireName());
        }
    }
}
