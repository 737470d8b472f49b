package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes requests at random: some changes leave the JSON the same, some its canonical form, most neither. */
final class Mutations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1e400",
            "-1e400",
            "1e-400",
            "5e-324",
            "9007199254740992",
            "9007199254740993",
            "01",
            "+1",
            "1.",
            ".5",
            "0.1",
            "0.10000000000000001",
            "0.30000000000000004",
            "1e21",
            "1E+2",
            "NaN",
            "Infinity",
            "null",
            "3.141592653589793238",
            "1".repeat(99),
            "1".repeat(101),
            "1e9999999",
            "123456789012345678");
    private static final List<String> FRAGMENTS = List.of(
            " ",
            "\n\t",
            "\r",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            "[]",
            "{}",
            "\"",
            "\\",
            "\\u0000",
            "\\ud83d",
            "\u0000",
            "\uFEFF",
            "\u00A0",
            "null",
            "\"id\":\"x\",",
            "\"a\":1,\"a\":1,",
            "[[[[[[[[",
            "//",
            "'",
            "é",
            "\uD83D\uDE00");
    private static final List<String> PATHS = List.of(
            "customer.created",
            "customer.updated",
            "customer.deleted",
            "customer.logged.in",
            "customer.email-change",
            "customer.opt-in",
            "CUSTOMER.UPDATED",
            "customer.updated/",
            "customer.updated?x=/customer.deleted",
            "customer%2eupdated",
            "",
            "..",
            "x".repeat(200),
            "{{x}}");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** One to three changes of the body. */
    byte[] body(byte[] body) {
        List<UnaryOperator<byte[]>> ways = List.of(
                this::byteChanged,
                this::cut,
                this::repeated,
                inText(this::spaced),
                inText(this::spaced),
                inText(this::inserted),
                inText(this::numberChanged),
                inText(this::sameNumber),
                inText(this::escaped),
                inText(this::memberTwice),
                this::reordered);
        byte[] changed = body;
        for (int i = random.nextInt(3); i >= 0; i--) {
            changed = any(ways).apply(changed);
        }
        return changed;
    }

    /** One change of a header, or of none. */
    Map<String, Object> headers(Map<String, String> headers) {
        Map<String, Object> changed = new HashMap<>(headers);
        String name = any(List.copyOf(headers.keySet()));
        String value = headers.get(name);
        switch (random.nextInt(9)) {
            case 0 -> changed.remove(name);
            case 1 -> changed.put(name, new String(byteChanged(Utf8.bytes(value)), StandardCharsets.ISO_8859_1));
            case 2 -> changed.put(name, value.substring(random.nextInt(value.length())));
            case 3 -> changed.put(name, value + any(List.of(" ", "=", ",", value, " " + value)));
            case 4 -> changed.put(name, List.of(value, value));
            case 5 -> changed.put("emporix-event-publish-time", "9998-12-31T23:59:59Z");
            case 6 -> changed.put(any(List.of("signed-content", "signed-type", "event-type")), "customer.deleted");
            default -> changed.put("Content-Type", "application/json; charset=utf-16");
        }
        return changed;
    }

    String path() {
        return any(PATHS);
    }

    private UnaryOperator<byte[]> inText(UnaryOperator<String> change) {
        return bytes -> Utf8.bytes(change.apply(Utf8.lenient(bytes)));
    }

    private byte[] byteChanged(byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private byte[] cut(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, random.nextBoolean() ? 0 : Math.min(from, 3), from);
    }

    private byte[] repeated(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(20)));
        byte[] changed = Arrays.copyOf(bytes, bytes.length + part.length);
        System.arraycopy(bytes, from, changed, from + part.length, bytes.length - from);
        System.arraycopy(part, 0, changed, from, part.length);
        return changed;
    }

    /** Mostly where it does not matter. */
    private String spaced(String json) {
        List<MatchResult> places =
                Pattern.compile("[{}\\[\\],:]").matcher(json).results().toList();
        int at = places.isEmpty() ? 0 : any(places).end();
        return json.substring(0, at) + any(List.of(" ", "\n", "\t\r ")) + json.substring(at);
    }

    private String inserted(String json) {
        int at = random.nextInt(json.length() + 1);
        return json.substring(0, at) + any(FRAGMENTS) + json.substring(at);
    }

    private String numberChanged(String json) {
        return numberReplaced(json, number -> any(NUMBERS));
    }

    private String sameNumber(String json) {
        return numberReplaced(
                json, number -> number + (number.contains(".") ? "00" : any(List.of(".0", "e0", ".000E+00"))));
    }

    private String numberReplaced(String json, UnaryOperator<String> change) {
        List<MatchResult> numbers = NUMBER.matcher(json).results().toList();
        if (numbers.isEmpty()) {
            return json;
        }
        MatchResult number = any(numbers);
        return json.substring(0, number.start()) + change.apply(number.group()) + json.substring(number.end());
    }

    private String escaped(String json) {
        if (json.isEmpty()) {
            return json;
        }
        int at = random.nextInt(json.length());
        return json.substring(0, at) + "\\u%04x".formatted((int) json.charAt(at)) + json.substring(at + 1);
    }

    private String memberTwice(String json) {
        int start = json.indexOf('{');
        int end = json.indexOf(',');
        return start < 0 || end < start ? json : json.substring(0, end + 1) + json.substring(start + 1);
    }

    private byte[] reordered(byte[] json) {
        try {
            return JSON.writeValueAsBytes(reordered(JSON.readTree(json)));
        } catch (IOException e) {
            return json;
        }
    }

    private JsonNode reordered(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
        Collections.shuffle(members, random);
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        members.forEach(member -> changed.set(member.getKey(), reordered(member.getValue())));
        return changed;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
