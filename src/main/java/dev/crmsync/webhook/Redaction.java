package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Drops what must never be kept, such as tokens that open an account: every member whose name is on the list, at any
 * depth, whatever its value. Names are compared without regard to case.
 */
public final class Redaction {

    /** {@code token}, {@code password*} and the like; {@code *} stands for any characters. */
    static final List<String> DEFAULTS = List.of(
            "*token",
            "activateAccountUrl",
            "activate_account_url",
            "sessionId",
            "session_id",
            "password*",
            "*password",
            "secret*",
            "*secret",
            "authorization",
            "apiKey",
            "api_key");

    private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_-]+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\u+([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}&&[^\\t\\r\\n]]|[\\p{Cf}\\uFFFD]");

    private final Pattern names;

    /**
     * Drops the defaults and more.
     *
     * @param more further names, in which {@code *} stands for any characters
     */
    public Redaction(Collection<String> more) {
        this.names = Pattern.compile(
                Stream.concat(DEFAULTS.stream(), more.stream())
                        .map(name -> Pattern.quote(name).replace("*", "\\E.*\\Q"))
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** The same node when it holds nothing to drop, otherwise one without it. The given node stays as it is. */
    public JsonNode apply(JsonNode node) {
        if (node.isObject()) {
            return object(node);
        }
        return node.isArray() ? array(node) : node;
    }

    /**
     * What may be kept of a text that is no JSON: everything before the first word that is on the list, since where a
     * value ends is anybody's guess. Words are found behind escapes and between control characters too.
     */
    public String apply(String text) {
        String visible = INVISIBLE.matcher(decoded(text)).replaceAll("");
        Matcher word = WORD.matcher(visible);
        while (word.find()) {
            if (names.matcher(word.group()).matches()) {
                return visible.substring(0, word.start()) + "[redacted: the rest, " + (visible.length() - word.start())
                        + " characters]";
            }
        }
        return visible;
    }

    private JsonNode object(JsonNode node) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        boolean changed = false;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (names.matcher(member.getKey()).matches()) {
                changed = true;
            } else {
                JsonNode value = apply(member.getValue());
                changed |= value != member.getValue();
                kept.set(member.getKey(), value);
            }
        }
        return changed ? kept : node;
    }

    private JsonNode array(JsonNode node) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        boolean changed = false;
        for (JsonNode element : node) {
            JsonNode value = apply(element);
            changed |= value != element;
            kept.add(value);
        }
        return changed ? kept : node;
    }

    private static String decoded(String text) {
        return ESCAPED.matcher(text).replaceAll(Redaction::character);
    }

    private static String character(MatchResult escape) {
        String hex = escape.group(1) == null ? escape.group(2) : escape.group(1);
        return Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(hex, 16)));
    }
}
