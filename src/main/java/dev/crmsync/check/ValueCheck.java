package dev.crmsync.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.check.Finding.Severity;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** Holds what a mapping puts into one field against what the field takes. */
final class ValueCheck {

    /** The longest that {@code key} makes. */
    private static final int KEY_LENGTH = 128;

    private final OrgField field;
    private final boolean key;
    private final BiConsumer<Severity, String> report;
    private final Set<String> said = new LinkedHashSet<>();

    /** @param key whether records are found by this field, so that its value must never be cut */
    ValueCheck(OrgField field, boolean key, BiConsumer<Severity, String> report) {
        this.field = field;
        this.key = key;
        this.report = report;
    }

    void check(Set<Shape> shapes) {
        for (Shape shape : shapes) {
            if (shape instanceof Shape.Constant constant) {
                constant(constant.value());
            } else if (shape instanceof Shape.NullFromSource) {
                nullFromSource();
            } else if (shape instanceof Shape.Text text) {
                text(text.longest());
            } else if (shape instanceof Shape.FromSource) {
                fromSource();
            } else if (shape instanceof Shape.Key) {
                text(KEY_LENGTH);
            } else if (shape instanceof Shape.Flag) {
                wrongUnless(field.kind() == OrgField.Kind.CHECKBOX, "true or false");
            } else if (shape instanceof Shape.Number) {
                wrongUnless(field.kind() == OrgField.Kind.NUMBER, "a number");
            } else if (shape instanceof Shape.Items) {
                wrongUnless(false, "an array");
            } else if (shape instanceof Shape.Members) {
                wrongUnless(false, "an object");
            }
        }
    }

    private void constant(JsonNode value) {
        if (value.isNull()) {
            if (field.kind() == OrgField.Kind.CHECKBOX) {
                error("null into a checkbox: write false");
            } else if (field.required()) {
                error("null into a required field: write a text such as \"[deleted]\"");
            }
        } else if (value.isBoolean()) {
            wrongUnless(field.kind() == OrgField.Kind.CHECKBOX, value.toString());
        } else if (value.isNumber()) {
            wrongUnless(field.kind() == OrgField.Kind.NUMBER, value.toString());
        } else {
            constantText(value.textValue());
        }
    }

    private void constantText(String text) {
        switch (field.kind()) {
            case TEXT, EMAIL -> {
                if (text.length() > field.length()) {
                    error("the constant \"" + text + "\" has " + text.length() + " characters, the field takes "
                            + field.length());
                } else if (text.isEmpty() && field.required()) {
                    error("an empty text into a required field, which is the same as null");
                }
            }
            case DATE -> wrongUnless(isDate(text), "\"" + text + "\"");
            case DATETIME -> wrongUnless(isDateTime(text), "\"" + text + "\"");
            case CHECKBOX, NUMBER, OTHER -> wrongUnless(false, "the text \"" + text + "\"");
            case ID -> wrongUnless(text.length() == 15 || text.length() == 18, "the text \"" + text + "\"");
        }
    }

    private void text(int longest) {
        switch (field.kind()) {
            case TEXT, EMAIL -> {
                if (key) {
                    return;
                }
                if (longest == Integer.MAX_VALUE) {
                    unbounded();
                } else if (longest > field.length()) {
                    error("up to " + longest + " characters, the field takes " + field.length() + ": use fit("
                            + field.length() + ")");
                }
            }
            case CHECKBOX, NUMBER -> wrongUnless(false, "a text");
            default -> {
                // dates and ids are texts in JSON
            }
        }
    }

    private void fromSource() {
        if (field.kind().isText() && !key) {
            unbounded();
        }
    }

    private void unbounded() {
        warn("a text of any length, the field takes " + field.length() + ": "
                + (field.kind() == OrgField.Kind.EMAIL ? "use email" : "use fit(" + field.length() + ")"));
    }

    private void nullFromSource() {
        if (field.kind() == OrgField.Kind.CHECKBOX) {
            warn("null when the source sends null, but it is a checkbox: use flag(…)");
        } else if (field.required()) {
            warn("null when the source sends null, but the field is required: use // \"[unknown]\"");
        }
    }

    private void wrongUnless(boolean fits, String what) {
        if (!fits) {
            error(what + " into a field that takes " + takes());
        }
    }

    private String takes() {
        return switch (field.kind()) {
            case TEXT -> "text";
            case EMAIL -> "an e-mail address";
            case CHECKBOX -> "true or false";
            case NUMBER -> "numbers";
            case DATE -> "a date such as \"2026-05-26\"";
            case DATETIME -> "a time such as \"2026-05-26T18:42:00Z\"";
            case ID -> "the id of a record";
            case OTHER -> "no value from outside";
        };
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"));
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void error(String message) {
        say(Severity.ERROR, message);
    }

    private void warn(String message) {
        say(Severity.WARNING, message);
    }

    private void say(Severity severity, String message) {
        if (said.add(message)) {
            report.accept(severity, message);
        }
    }
}
