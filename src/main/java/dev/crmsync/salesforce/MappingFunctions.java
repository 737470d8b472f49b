package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Function;

/**
 * What mappings can say beyond plain jq:
 *
 * <ul>
 *   <li>{@code given(.a.b)}: the value as the source sent it, null included (which clears the field); absent (which
 *       leaves the field) when the source did not send it.
 *   <li>{@code given(.a; f)}: the same, with {@code f} applied to a value that is not null.
 *   <li>{@code key(.id)}: the key of a record, {@code <tenant>:<id>}. Refuses what is no text and no whole number, what
 *       is blank or the text {@code "null"}, and an event without tenant.
 *   <li>{@code key}: the same for what the event is about, with the id in its subject.
 *   <li>{@code ref("Field__c"; .id)}: a relation by that external id field of the other record, with a key as {@code
 *       key(.id)} makes it; absent when the source sent null or nothing.
 *   <li>{@code flag(.a)}: for checkboxes, which take no null: true or false as the source sent it, also as a text ({@code
 *       "true"}, {@code "no"}) or as 1 or 0; false for null; absent if it sent nothing. Refuses other values.
 *   <li>{@code flag(.a; b)}: the same, with {@code b} for null and nothing.
 *   <li>{@code filled}: a text without white space around it; null for what people write where they have nothing, such as
 *       {@code "-"}, {@code "n/a"} or {@code "0"}; other values as they are.
 *   <li>{@code absent}: leaves the field.
 *   <li>{@code placeholder(value)}: for a field without which Salesforce makes no record, where the event says nothing of it:
 *       whatever any event says of the field beats the placeholder, in any order.
 *   <li>{@code fit(n)}: a text cut to n characters, since the REST API refuses longer ones; other values as they are.
 *   <li>{@code email}: an e-mail address Salesforce accepts, trimmed and at most 80 characters, otherwise null.
 *   <li>{@code first_name}, {@code last_name}: a full name divided at its last space; a single word is a last name.
 * </ul>
 *
 * <p>Envelopes can use them too, and {@code subject("customer"; .id)}, which is {@code customer:<id>}, and {@code
 * required(.tenant)}, both refusing what {@code key} refuses. An argument of {@code key}, {@code ref}, {@code subject} and
 * {@code required} may yield several values: the first that is neither null nor blank counts. What is refused makes the
 * event a dead letter that names the member.
 */
public final class MappingFunctions {

    private static final int EMAIL_LENGTH = 80;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+\\.[^\\s@<>,;\".]{2,}");

    private MappingFunctions() {}

    /** The functions by jq name and number of arguments, such as {@code given/1}. */
    public static Map<String, Function> all() {
        Map<String, Function> all = new HashMap<>(Map.of(
                "absent/0", (scope, args, in, path, output, version) -> output.emit(Absent.MARK, null),
                "placeholder/1",
                        (scope, args, in, path, output, version) ->
                                args.get(0).apply(scope, in, value -> output.emit(Placeholder.of(value), null)),
                "given/1",
                        (scope, args, in, path, output, version) -> {
                            for (Member member : Member.of(args.get(0), scope, in)) {
                                output.emit(member.wasSent() ? member.value() : Absent.MARK, null);
                            }
                        },
                "given/2",
                        (scope, args, in, path, output, version) -> {
                            for (Member member : Member.of(args.get(0), scope, in)) {
                                if (!member.wasSent()) {
                                    output.emit(Absent.MARK, null);
                                } else if (member.value().isNull()) {
                                    output.emit(member.value(), null);
                                } else {
                                    args.get(1).apply(scope, member.value(), out -> output.emit(out, null));
                                }
                            }
                        },
                "fit/1",
                        (scope, args, in, path, output, version) ->
                                args.get(0).apply(scope, in, length -> output.emit(fit(in, length.asInt()), null)),
                "email/0", onText(MappingFunctions::email),
                "first_name/0", onText(MappingFunctions::firstName),
                "last_name/0", onText(MappingFunctions::lastName)));
        all.putAll(KeyFunctions.all());
        all.putAll(FlagFunctions.all());
        return Map.copyOf(all);
    }

    /** The names of the fields that a mapping's result writes; none when it is no record. */
    public static Set<String> fieldsOf(JsonNode record) {
        Set<String> names = new HashSet<>();
        if (record instanceof ObjectNode mapped) {
            Absent.removeFrom(mapped).fieldNames().forEachRemaining(names::add);
        }
        return names;
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
        String name = strip(fullName);
        int gap = lastGap(name);
        return gap < 0 ? null : strip(name.substring(0, gap));
    }

    private static String lastName(String fullName) {
        String name = strip(fullName);
        return name.isEmpty() ? null : name.substring(lastGap(name) + 1);
    }

    private static int lastGap(String name) {
        int at = name.length() - 1;
        while (at >= 0 && !isGap(name.charAt(at))) {
            at--;
        }
        return at;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isGap(text.charAt(start))) {
            start++;
        }
        while (end > start && isGap(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** White space of any kind, also that at which no line may break. */
    private static boolean isGap(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
