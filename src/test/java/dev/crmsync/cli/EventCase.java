package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One case: what a source sends, and what must come of it. It is two files, {@code <source>/<event-type>[.<variant>].json}
 * and {@code ….expected.json} beside it; {@code cases/README.md} describes both.
 *
 * @param name such as {@code emporix/customer.updated.null-clears}
 * @param overHttp whether Emporix delivers it over its HTTP strategy, rather than through Svix
 */
record EventCase(String name, String source, List<Delivery> deliveries, Expected expected, boolean overHttp) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("src/test/resources/cases");
    private static final String PAYLOAD = ".json";
    private static final String EXPECTED = ".expected.json";

    /**
     * One webhook.
     *
     * @param age how long ago Svix created its message
     * @param waits whether the next one is sent only after this one has come to its end
     */
    record Delivery(String type, byte[] body, Duration age, boolean waits) {}

    /**
     * What must come of the deliveries.
     *
     * @param ends of the deliveries in order, {@code state} or {@code state: reason}
     */
    record Expected(List<String> ends, List<ExpectedRecord> records) {}

    /** All cases; those of Emporix once over each of its delivery strategies. */
    static List<EventCase> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(PAYLOAD)
                            && !file.toString().endsWith(EXPECTED))
                    .sorted()
                    .flatMap(EventCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<EventCase> read(Path file) {
        String source = file.getParent().getFileName().toString();
        if (!source.equals("emporix")) {
            return Stream.of(read(file, source, "", false));
        }
        String only = json(file.resolveSibling(expectedOf(name(file))), "")
                .path("over")
                .asText("");
        return Stream.of(
                        only.equals("http") ? null : read(file, source, "", false),
                        only.equals("svix") ? null : read(file, source, "-http", true))
                .filter(Objects::nonNull);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(PAYLOAD, "");
    }

    private static String expectedOf(String name) {
        return name + EXPECTED;
    }

    private static EventCase read(Path file, String source, String suffix, boolean overHttp) {
        String name = name(file);
        String id = name.replace('.', '-') + suffix;
        JsonNode payload = json(file, id);
        JsonNode expected = json(file.resolveSibling(expectedOf(name)), id);
        if (overHttp) {
            expected.path("records").forEach(EventCase::withoutTime);
        }
        List<Delivery> deliveries = new ArrayList<>();
        (payload.isArray() ? payload : List.of(payload)).forEach(node -> deliveries.add(delivery(source, name, node)));
        return new EventCase(source + "/" + name, source, deliveries, expected(expected, deliveries.size()), overHttp);
    }

    private static Delivery delivery(String source, String name, JsonNode node) {
        boolean isWrapped = node.has("body") || node.has("text");
        JsonNode body = isWrapped ? node.path("body") : node;
        String type = node.path("event").isTextual() ? node.path("event").asText() : type(source, name, body);
        byte[] bytes =
                (node.has("text") ? node.path("text").asText() : body.toString()).getBytes(StandardCharsets.UTF_8);
        Duration age = Duration.ofSeconds(node.path("age").asLong(0));
        return new Delivery(type, bytes, age, !isWrapped || node.path("wait").asBoolean(true));
    }

    /** Emporix says the type in the path only, so that the file's name says it; the others say it in the body. */
    private static String type(String source, String name, JsonNode body) {
        return source.equals("emporix")
                ? Samples.names().stream()
                        .filter(sample -> sample.startsWith("emporix/"))
                        .map(sample -> sample.substring("emporix/".length()))
                        .filter(type -> name.equals(type) || name.startsWith(type + "."))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(
                                "Case emporix/" + name + " names no known type: say it as \"event\""))
                : body.path("type").asText();
    }

    /** Emporix signs no time over HTTP. */
    private static void withoutTime(JsonNode record) {
        if (record.get("fields") instanceof ObjectNode fields) {
            fields.remove("Emporix_Updated_At__c");
        }
    }

    private static Expected expected(JsonNode json, int deliveries) {
        List<String> ends = new ArrayList<>();
        json.path("ends").forEach(end -> ends.add(end.asText()));
        while (ends.size() < deliveries) {
            ends.add(0, "delivered");
        }
        List<ExpectedRecord> records = new ArrayList<>();
        json.path("records").forEach(record -> records.add(ExpectedRecord.of(record)));
        return new Expected(ends, records);
    }

    private static JsonNode json(Path file, String id) {
        try {
            return JSON.readTree(Files.readString(file).replace("${case}", id).replace("${secret}", secret(id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret(String id) {
        return "Kn0wnS3cret-" + id;
    }

    /** What must not be found in any file of the database: part of every {@code ${secret}}. */
    static String secretMark() {
        return secret("");
    }

    @Override
    public String toString() {
        if (!source.equals("emporix")) {
            return name;
        }
        return name + (overHttp ? " over HTTP" : " through Svix");
    }
}
