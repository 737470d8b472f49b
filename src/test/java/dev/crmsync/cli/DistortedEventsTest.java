package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.check.RouteCheck;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the sources leave out, null, blank or retype: no event writes a record that another one names. */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class DistortedEventsTest {

    private static final int TRIES = 5;
    private static final int AT_A_TIME = Integer.getInteger("distorted.events", 400) / TRIES;
    private static final List<String> PARENTS = List.of("pivotal/customer.created", "pivotal/onboarding.created");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path data;
    private static TestApplication application;
    private static int events = 1_000_000;

    /** By record, the event that wrote it. */
    private static final Map<String, DistortedEvent> WRITERS = new HashMap<>();

    @BeforeContainer
    static void start() throws IOException {
        data = Files.createTempDirectory("crm-sync-distorted");
        application = TestApplication.start(
                data, Map.of("camel.main.routesIncludePattern", "file:" + impatientRoutes() + "/*.camel.yaml"));
        PARENTS.forEach(parent -> application.ended(DistortedEvent.clean(parent).send(application.sender())));
    }

    /** Ours, in which no event waits longer than a second for the record that it changes. */
    private static Path impatientRoutes() throws IOException {
        Path routes = Files.createDirectory(data.resolve("routes"));
        for (Path file : RouteCheck.files(Path.of("routes"))) {
            String ours = Files.readString(file);
            Files.writeString(routes.resolve(file.getFileName()), ours.replaceAll("wait: \\S+", "wait: 1s"));
        }
        return routes;
    }

    @AfterContainer
    static void stop() throws IOException {
        application.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = TRIES)
    void everyEventEndsWithACompleteKeyOrAReasonAndNoTwoShareARecord(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Map<DistortedEvent, Sent> sent = new LinkedHashMap<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            DistortedEvent event = DistortedEvent.of(++events, random);
            sent.put(event, event.send(application.sender()));
        }

        for (Map.Entry<DistortedEvent, Sent> one : sent.entrySet()) {
            assertThat(one.getValue().status()).as("%s", one.getKey()).isEqualTo(202);
            check(one.getKey(), application.ended(one.getValue()));
        }
    }

    private static void check(DistortedEvent event, StoredEvent end) throws IOException {
        JsonNode records = end.upserts() == null ? JSON.createArrayNode() : JSON.readTree(end.upserts());
        if (end.state() == EventState.DELIVERED) {
            assertThat(records).as("%s", event).isNotEmpty();
        } else {
            assertThat(end.state()).as("%s", event).isIn(EventState.IGNORED, EventState.DEAD);
            assertThat(end.reason()).as("%s", event).isNotBlank();
        }
        for (JsonNode record : records) {
            String key = record.path("key").asText();
            assertThat(key).as("%s", event).matches("[^:]*\\w[^:]*:.*\\w.*").doesNotMatch("(null|default):.*|.*:null");
            String name = record.path("object").asText() + " "
                    + record.path("keyField").asText() + " " + key;
            assertThat(WRITERS.computeIfAbsent(name, first -> event))
                    .as("%s", name)
                    .isSameAs(event);
        }
    }
}
