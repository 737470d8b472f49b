package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

    private final Set<String> exact = new HashSet<>();
    private final List<String> beginnings = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final List<Pattern> others = new ArrayList<>();

    /**
     * Drops the defaults and more.
     *
     * @param more further names, in which {@code *} stands for any characters
     */
    public Redaction(Collection<String> more) {
        Stream.concat(DEFAULTS.stream(), more.stream()).map(Redaction::folded).forEach(this::add);
    }

    /** Each member of each body is held against all names: most need no regular expression. */
    private void add(String name) {
        int star = name.indexOf('*');
        boolean one = star == name.lastIndexOf('*');
        if (star < 0) {
            exact.add(name);
        } else if (one && star == name.length() - 1) {
            beginnings.add(name.substring(0, star));
        } else if (one && star == 0) {
            ends.add(name.substring(1));
        } else {
            others.add(Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"), Pattern.DOTALL));
        }
    }

    private boolean isListed(String given) {
        String name = folded(given);
        if (exact.contains(name)) {
            return true;
        }
        for (String end : ends) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        for (String beginning : beginnings) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return !others.isEmpty()
                && others.stream().anyMatch(other -> other.matcher(name).matches());
    }

    /** Upper case first where it matters: some letters have the lower case of another one, such as the long s. */
    private static String folded(String name) {
        return (isAscii(name) ? name : name.toUpperCase(Locale.ROOT)).toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String name) {
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The same node when it holds nothing to drop, otherwise one without it. The given node stays as it is. */
    public JsonNode apply(JsonNode node) {
        if (isClean(node)) {
            return node;
        }
        return node.isObject() ? object(node) : array(node);
    }

    /**
     * What may be kept of a text that is no JSON: everything before the first word that is on the list, since where a
     * value ends is anybody's guess. Words are found behind escapes and between control characters too.
     */
    public String apply(String text) {
        String visible = VisibleText.of(text);
        int end = 0;
        for (int start = 0; start < visible.length(); start = end + 1) {
            end = start;
            while (end < visible.length() && isOfName(visible.charAt(end))) {
                end++;
            }
            if (end > start && isListed(visible.substring(start, end))) {
                return visible.substring(0, start) + "[redacted: the rest, " + (visible.length() - start)
                        + " characters]";
            }
        }
        return visible;
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private boolean isClean(JsonNode node) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (isListed(member.getKey()) || !isClean(member.getValue())) {
                    return false;
                }
            }
            return true;
        }
        for (JsonNode element : node) {
            if (!isClean(element)) {
                return false;
            }
        }
        return true;
    }

    private JsonNode object(JsonNode node) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!isListed(member.getKey())) {
                kept.set(member.getKey(), apply(member.getValue()));
            }
        }
        return kept;
    }

    private JsonNode array(JsonNode node) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        node.forEach(element -> kept.add(apply(element)));
        return kept;
    }
}
