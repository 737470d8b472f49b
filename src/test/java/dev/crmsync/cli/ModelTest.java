package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever the order in which word of them arrives, however often, and whatever Salesforce does meanwhile: the records
 * end as if the changes had been applied one by one in order, and never go back on the way.
 *
 * <p>{@code -Dreliability.histories} says how many in all; they go through one application, many at a time.
 */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class ModelTest {

    private static final int TRIES = 10;
    private static final int AT_A_TIME = Integer.getInteger("reliability.histories", 500) / TRIES;
    private static final int SENDERS = 6;
    private static final List<String> FAULTS = List.of(
            "{\"kind\":\"drop-after\",\"operation\":\"upsert-collection\",\"probability\":0.1}",
            "{\"kind\":\"drop-before\",\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"slow\",\"operation\":\"upsert-collection\",\"delayMillis\":40,\"probability\":0.3}",
            "{\"kind\":\"malformed\",\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"truncated\",\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"http\",\"status\":503,\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"row-error\",\"errorCode\":\"UNABLE_TO_LOCK_ROW\",\"probability\":0.1}",
            "{\"kind\":\"error\",\"errorCode\":\"INVALID_SESSION_ID\",\"status\":401,\"probability\":0.05}");

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    private static Path data;
    private static TestApplication application;

    @BeforeContainer
    static void start() throws IOException {
        data = Files.createTempDirectory("crm-sync-model");
        application = TestApplication.start(data, Map.of("crm.delivery.longest-retry", "1s"));
    }

    @AfterContainer
    static void stop() throws IOException {
        application.close();
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<History>> histories() {
        return Histories.any().list().ofSize(AT_A_TIME);
    }

    @Property(tries = TRIES)
    void recordsEndAsIfEveryChangeHadBeenAppliedInOrder(@ForAll("histories") List<History> histories, @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        application.org().control("POST", "/reset", "");
        for (String fault : FAULTS) {
            if (random.nextInt(3) == 0) {
                application.org().control("POST", "/faults", fault);
            }
        }
        Map<String, History> byCustomer = new HashMap<>();
        histories.forEach(history -> byCustomer.put("m" + CUSTOMERS.incrementAndGet(), history));

        sendAll(byCustomer, random);
        application.org().control("DELETE", "/faults", "");
        drain();

        checkRecords(byCustomer);
        checkJournal();
    }

    /** The histories mix, each keeps its own order of arrival. */
    private static void sendAll(Map<String, History> histories, Random random)
            throws InterruptedException, ExecutionException {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Map.Entry<String, History>> shuffled = new ArrayList<>(histories.entrySet());
            Collections.shuffle(shuffled, random);
            List<Future<?>> sent = new ArrayList<>();
            for (Map.Entry<String, History> entry : shuffled) {
                sent.add(senders.submit(() -> entry.getValue()
                        .arrivals()
                        .forEach(number -> entry.getValue().send(application.sender(), entry.getKey(), number))));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static void drain() {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        application.inbox().counts().backlog().stream().allMatch(backlog -> backlog.pending() == 0));
    }

    private static void checkRecords(Map<String, History> histories) {
        JsonNode state = application.org().control("GET", "/state", "");
        Map<String, JsonNode> records = new HashMap<>();
        for (History.Source source : History.Source.values()) {
            state.path(source.object)
                    .forEach(record -> records.put(
                            source.keyField + record.path(source.keyField).asText(), record));
        }
        Map<String, Optional<String>> expected = new HashMap<>();
        Map<String, Optional<String>> actual = new HashMap<>();
        histories.forEach((customer, history) -> {
            expected.put(customer + " " + history, history.lastName());
            JsonNode record = records.get(history.source().keyField + history.key(customer));
            actual.put(
                    customer + " " + history,
                    Optional.ofNullable(record)
                            .map(found -> found.path(history.source().nameField).asText())
                            .filter(name -> !name.equals("[deleted]")));
        });
        assertThat(actual).isEqualTo(expected);
    }

    private static void checkJournal() {
        Map<String, Integer> reached = new HashMap<>();
        for (JsonNode write : application.org().control("GET", "/journal", "")) {
            String name = write.path("fields")
                    .path(write.path("object").asText().equals("Account") ? "Name" : "LastName")
                    .asText();
            if (name.startsWith("v")) {
                int version = Integer.parseInt(name.substring(1));
                Integer before = reached.put(write.path("key").asText(), version);
                assertThat(version)
                        .as("version of %s after %s", write.path("key").asText(), before)
                        .isGreaterThanOrEqualTo(before == null ? 0 : before);
            }
        }
    }
}
