package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import net.thisptr.jackson.jq.path.RootPath;

/**
 * What mappings can say beyond plain jq:
 *
 * <ul>
 *   <li>{@code given(.a.b)}: the value as the source sent it, null included (which clears the field); absent (which
 *       leaves the field) when the source did not send it.
 *   <li>{@code given(.a; f)}: the same, with {@code f} applied to a value that is not null.
 *   <li>{@code flag(.a)}: for checkboxes, which take no null: true if the source sent true, absent if it sent nothing,
 *       otherwise false.
 *   <li>{@code absent}: leaves the field.
 *   <li>{@code fit(n)}: a text cut to n characters, since the REST API refuses longer ones; other values as they are.
 *   <li>{@code email}: an e-mail address Salesforce accepts, trimmed and at most 80 characters, otherwise null.
 *   <li>{@code first_name}, {@code last_name}: a full name divided at its last space; a single word is a last name.
 * </ul>
 */
public final class MappingFunctions {

    private static final int EMAIL_LENGTH = 80;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+\\.[^\\s@<>,;\".]{2,}");

    private MappingFunctions() {}

    /** The functions by jq name and number of arguments, such as {@code given/1}. */
    public static Map<String, Function> all() {
        return Map.of(
                "absent/0", (scope, args, in, path, output, version) -> output.emit(Absent.MARK, null),
                "given/1",
                        (scope, args, in, path, output, version) -> args.get(0)
                                .apply(
                                        scope,
                                        in,
                                        RootPath.getInstance(),
                                        (value, at) -> output.emit(wasSent(in, value, at) ? value : Absent.MARK, null),
                                        true),
                "given/2",
                        (scope, args, in, path, output, version) -> args.get(0)
                                .apply(
                                        scope,
                                        in,
                                        RootPath.getInstance(),
                                        (value, at) -> {
                                            if (!wasSent(in, value, at)) {
                                                output.emit(Absent.MARK, null);
                                            } else if (value.isNull()) {
                                                output.emit(value, null);
                                            } else {
                                                args.get(1).apply(scope, value, out -> output.emit(out, null));
                                            }
                                        },
                                        true),
                "flag/1",
                        (scope, args, in, path, output, version) -> args.get(0)
                                .apply(
                                        scope,
                                        in,
                                        RootPath.getInstance(),
                                        (value, at) -> output.emit(
                                                wasSent(in, value, at)
                                                        ? BooleanNode.valueOf(value.isBoolean() && value.booleanValue())
                                                        : Absent.MARK,
                                                null),
                                        true),
                "fit/1",
                        (scope, args, in, path, output, version) ->
                                args.get(0).apply(scope, in, length -> output.emit(fit(in, length.asInt()), null)),
                "email/0", onText(MappingFunctions::email),
                "first_name/0", onText(MappingFunctions::firstName),
                "last_name/0", onText(MappingFunctions::lastName));
    }

    private static boolean wasSent(JsonNode in, JsonNode value, Path at) throws JsonQueryException {
        if (!value.isNull()) {
            return true;
        }
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        at.toJsonNode(steps);
        JsonNode node = in;
        for (JsonNode step : steps) {
            if (node.isNull()) {
                return true;
            }
            node = step.isTextual() ? node.path(step.textValue()) : node.path(step.asInt());
            if (node.isMissingNode()) {
                return false;
            }
        }
        return true;
    }

    private static Function onText(UnaryOperator<String> change) {
        return (scope, args, in, path, output, version) -> {
            String changed = in.isTextual() ? change.apply(in.textValue()) : null;
            output.emit(changed == null ? NullNode.getInstance() : TextNode.valueOf(changed), null);
        };
    }

    private static JsonNode fit(JsonNode value, int length) {
        if (!value.isTextual() || value.textValue().length() <= length) {
            return value;
        }
        String text = value.textValue();
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return TextNode.valueOf(text.substring(0, end));
    }

    private static String email(String text) {
        String trimmed = text.trim();
        return trimmed.length() <= EMAIL_LENGTH && EMAIL.matcher(trimmed).matches() ? trimmed : null;
    }

    private static String firstName(String fullName) {
        String name = fullName.trim();
        int space = name.lastIndexOf(' ');
        return space < 0 ? null : name.substring(0, space).trim();
    }

    private static String lastName(String fullName) {
        String name = fullName.trim();
        return name.isEmpty() ? null : name.substring(name.lastIndexOf(' ') + 1);
    }
}
