package dev.crmsync.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.door.SteadyDelivery.Answer;
import dev.crmsync.reliability.SentEvent;
import dev.crmsync.reliability.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One process for all attacks of a class; an attack that ends it fails alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Door {

    private static final int FEWEST_DELIVERIES = 30;
    private static final int CALM_DELIVERIES = 10;
    private static final Duration CALM = Duration.ofMillis(200);
    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final long HEAP_SLACK = 40L << 20;

    private Path folder;
    private TestDatabase database;
    private DoorProcess process;
    private String name;
    private int attacks;

    abstract TestDatabase openDatabase(Path folder) throws IOException;

    @BeforeAll
    final void open(@TempDir Path folder) throws IOException {
        this.folder = folder;
        database = openDatabase(folder);
    }

    @AfterAll
    final void close() throws IOException {
        if (process != null) {
            process.close();
        }
        database.close();
    }

    @BeforeEach
    final void startUnlessRunning(TestInfo test) throws Exception {
        name = test.getDisplayName();
        attacks++;
        if (process == null || !process.isAlive()) {
            process = new DoorProcess(getClass().getSimpleName(), database, folder.resolve("data"));
        }
        awaitCalm();
    }

    /** The first requests load the classes, and an attack before may have left work: neither is a matter of this one. */
    private void awaitCalm() {
        try (SteadyDelivery steady = new SteadyDelivery("calm" + attacks, process.webhooks())) {
            await("without an attack the answers come soon")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> isCalm(steady.answers()));
        }
    }

    private static boolean isCalm(List<Answer> answers) {
        return answers.size() >= CALM_DELIVERIES
                && answers.subList(answers.size() - CALM_DELIVERIES, answers.size()).stream()
                        .allMatch(answer ->
                                answer.status() == 202 && answer.after().compareTo(CALM) < 0);
    }

    final DoorProcess process() {
        return process;
    }

    final TestDatabase database() {
        return database;
    }

    /** Carries out the attack; meanwhile and afterwards everything must be as without it. */
    final void withstands(Attack attack) throws Exception {
        long heap = process.liveHeap();
        SteadyDelivery steady = new SteadyDelivery(String.valueOf(attacks), process.webhooks());
        try (steady;
                Attacker attacker = new Attacker()) {
            attack.on(process, attacker);
            await().atMost(Duration.ofSeconds(60)).until(() -> steady.answered() >= FEWEST_DELIVERIES);
            System.out.printf("%s: strangers were answered %s%n", name, attacker.answers());
            assertThat(attacker.answers().keySet())
                    .as("what strangers were answered with")
                    .allMatch(status -> status < 500 && status / 100 != 2 || status == 503);
        }
        System.out.printf(
                "%s: the sender was answered %s, p99 %d ms%n",
                name, statuses(steady.answers()), p99(steady.answers()).toMillis());
        assertThat(process.isAlive()).as("the process runs").isTrue();
        assertThat(statuses(steady.answers()))
                .as("what the sender was answered with")
                .containsOnlyKeys(202);
        assertThat(p99(steady.answers())).as("p99 of the sender's answers").isLessThan(SLOWEST);
        areWritten(steady.answers());
        await("live heap is where it was")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(process::liveHeap, live -> live < heap + HEAP_SLACK);
    }

    private void areWritten(List<Answer> answers) {
        Set<String> keys = Set.copyOf(
                answers.stream().map(Answer::event).map(SentEvent::key).toList());
        await("what the sender delivered is in Salesforce")
                .atMost(Duration.ofSeconds(60))
                .until(() -> process.written().containsAll(keys));
    }

    private static Map<Integer, Long> statuses(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }

    private static Duration p99(List<Answer> answers) {
        List<Duration> sorted = answers.stream().map(Answer::after).sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }
}
