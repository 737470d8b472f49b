package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The vendors' own examples are taken as they stand. Where an example abbreviates its event id ({@code evt_2nQv...}),
 * which several do alike, the id is completed, for otherwise they would be duplicates; and where it leaves the organisation
 * out, which every event has, it is put in.
 */
class SeedPayloadsTest {

    private static final Path SHARED = Path.of("../shared");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ABBREVIATED_EVENT_ID = Pattern.compile("\"(evt_[^\"]*)\\.\\.\\.\"");
    private static final Pattern JSON_START = Pattern.compile("(?m)^\\{");

    private static TestApplication application;

    @BeforeAll
    static void start(@TempDir Path data) {
        assumeTrue(Files.isDirectory(SHARED), "The vendors' examples are not here: " + SHARED.toAbsolutePath());
        application = TestApplication.start(data, Map.of());
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void appliesTheExamplesOfTheFirstDocuments() throws IOException {
        Map<String, StoredEvent> ends = ends(send(seeds()));

        assertThat(ends).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ends).allSatisfy((name, event) -> assertThat(event.state()).isEqualTo(EventState.DELIVERED));
        assertThat(application.org().record("Account", "Pivotal_Key__c", "org_2bH...:cus_2N..."))
                .hasValueSatisfying(account -> {
                    assertThat(account.path("Pivotal_Health_Score__c").asInt()).isEqualTo(38);
                    assertThat(account.path("Pivotal_Previous_Health_Score__c").asInt())
                            .isEqualTo(72);
                });
    }

    @Test
    void bringsEveryCollectedExampleToItsEnd() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String folder : List.of(
                "pivotal/examples-documented",
                "pivotal/examples-inferred",
                "plain/examples",
                "emporix/examples-inferred")) {
            examples.addAll(inFolder(folder));
        }
        assumeTrue(!examples.isEmpty(), "There are no collected examples below " + SHARED.toAbsolutePath());

        assertThat(ends(send(examples)))
                .allSatisfy((name, event) -> assertThat(event.state())
                        .as("%s: %s", name, event.reason())
                        .isNotIn(EventState.DEAD, EventState.PENDING));
    }

    /** One body, of a source, named after its type. */
    private record Example(String name, String source, String type, String body) {}

    private static List<Example> seeds() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path file : files(SHARED.resolve("seeds"))) {
            String text = Files.readString(file);
            Matcher start = JSON_START.matcher(text);
            while (start.find()) {
                JsonNode event = JSON.readTree(text.substring(start.start()));
                if (event.has("data") && event.has("created_at")
                        || event.path("id").asText().startsWith("evt_")) {
                    examples.add(
                            new Example(file.getFileName() + "@" + start.start(), "pivotal", "", event.toString()));
                } else if (event.has("webhookMetadata")) {
                    examples.add(new Example(file.getFileName().toString(), "plain", "", event.toString()));
                }
            }
        }
        return examples;
    }

    private static List<Example> inFolder(String folder) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path file : files(SHARED.resolve("data").resolve(folder))) {
            String source = folder.substring(0, folder.indexOf('/'));
            String type = file.getFileName().toString().replace(".json", "").replace(".rest-like-variants", "");
            examples.add(new Example(folder + "/" + file.getFileName(), source, type, Files.readString(file)));
        }
        return examples;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Map<String, Sent> send(List<Example> examples) throws IOException {
        Map<String, Sent> sent = new LinkedHashMap<>();
        for (Example example : examples) {
            String id = "\"$1-" + Integer.toHexString(example.name().hashCode()) + "\"";
            byte[] body =
                    ABBREVIATED_EVENT_ID.matcher(whole(example)).replaceAll(id).getBytes(StandardCharsets.UTF_8);
            Sent one = application.sender().send(example.source(), example.type(), body);
            assertThat(one.status()).as(example.name()).isEqualTo(202);
            sent.put(example.name(), one);
        }
        return sent;
    }

    private static String whole(Example example) throws IOException {
        JsonNode body = JSON.readTree(example.body());
        return example.source().equals("pivotal") && body instanceof ObjectNode event && !event.has("org_id")
                ? event.put("org_id", "org_2bH...").toString()
                : example.body();
    }

    private static Map<String, StoredEvent> ends(Map<String, Sent> sent) {
        Map<String, StoredEvent> ends = new LinkedHashMap<>();
        sent.forEach((name, one) -> ends.put(name, application.ended(one)));
        return ends;
    }
}
