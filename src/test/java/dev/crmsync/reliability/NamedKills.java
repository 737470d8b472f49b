package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.inbox.Arrivals;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.PayloadCipher;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The application is killed at each step of an event's way, and started again. The steps are met from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NamedKills {

    private static final long VERY_LATE = 120_000;

    private Landscape landscape;

    abstract TestDatabase openDatabase(Path folder) throws IOException;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        landscape = new Landscape(openDatabase(folder), folder);
    }

    @AfterAll
    void stop() throws IOException {
        landscape.close();
    }

    @BeforeEach
    void begin() {
        landscape.begin();
    }

    @AfterEach
    void end() {
        landscape.end();
    }

    final Landscape landscape() {
        return landscape;
    }

    @Test
    void before_the_insert_nothing_was_promised_and_the_sender_sends_again() throws Exception {
        SentEvent event = landscape.event(1, 1);
        AtomicReference<Future<Integer>> answer = new AtomicReference<>();
        landscape.database().holdingEvents(() -> {
            answer.set(landscape.sender().postLater(event));
            await().during(Duration.ofMillis(700))
                    .until(() ->
                            landscape.database().isHeldUp() && !answer.get().isDone());
            landscape.kill();
        });
        assertThat(answer.get().get()).isEqualTo(Http.NO_ANSWER);
        assertThat(landscape.events()).isEmpty();

        landscape.sync().start();
        assertThat(landscape.sender().deliver(event)).isTrue();
        landscape.settle();
    }

    @Test
    void after_the_insert_but_before_the_answer_the_event_is_there_once() throws Exception {
        SentEvent event = landscape.event(1, 1);
        landscape.sandbox().answerLate(VERY_LATE);
        try (Socket unread = postUnread(event)) {
            await().until(() -> landscape.events().size() == 1);
            landscape.kill();
            assertThat(unread.isConnected()).isTrue();
        }
        landscape.sandbox().clearFaults();

        landscape.sync().start();
        assertThat(landscape.sender().deliver(event)).isTrue();
        landscape.settle();
    }

    @Test
    void after_the_claim_a_restarted_process_takes_the_event_over_at_once() throws Exception {
        landscape.sandbox().expireSessions();
        landscape.sandbox().fault("{\"kind\":\"slow\",\"operation\":\"token\",\"delayMillis\":" + VERY_LATE + "}");
        landscape.sender().deliver(landscape.event(1, 1));
        await().until(() -> landscape.database().leased() == 1);
        landscape.kill();
        assertThat(landscape.journal()).isEmpty();
        landscape.sandbox().clearFaults();

        takeOver();
        landscape.settle();
    }

    @Test
    void after_the_salesforce_commit_but_before_its_answer_the_write_is_repeated_and_changes_nothing()
            throws Exception {
        landscape.sandbox().answerLate(VERY_LATE);
        landscape.sender().deliver(landscape.event(1, 1));
        await().until(() -> landscape.journal().size() == 1);
        landscape.kill();
        assertThat(landscape.database().pending()).isEqualTo(1);
        landscape.sandbox().clearFaults();

        takeOver();
        landscape.settle();
    }

    @Test
    void after_the_salesforce_answer_but_before_its_record_the_write_is_repeated_and_changes_nothing()
            throws Exception {
        landscape.sandbox().answerLate(1_500);
        landscape.sender().deliver(landscape.event(1, 1));
        await().until(() -> landscape.journal().size() == 1);
        landscape.database().holdingEvents(() -> {
            await().during(Duration.ofMillis(2_500))
                    .until(() -> landscape.database().pending() == 1);
            await().until(() -> landscape.database().isHeldUp());
            landscape.kill();
        });
        assertThat(landscape.database().pending()).isEqualTo(1);
        landscape.sandbox().clearFaults();

        takeOver();
        landscape.settle();
    }

    @Test
    void between_two_writes_of_one_customer_none_overwrites_the_newer() throws Exception {
        landscape
                .sandbox()
                .fault("{\"kind\":\"slow\",\"operation\":\"upsert-collection\",\"nth\":2,\"delayMillis\":" + VERY_LATE
                        + "}");
        IntStream.rangeClosed(1, 5).forEach(version -> landscape.sender().deliver(landscape.event(1, version)));
        await().until(() -> landscape.journal().size() >= 2);
        landscape.kill();
        landscape.sandbox().clearFaults();

        takeOver();
        IntStream.rangeClosed(6, 8).forEach(version -> landscape.sender().deliver(landscape.event(1, version)));
        landscape.settle();
    }

    @Test
    void in_the_middle_of_many_batches_each_event_still_comes_to_one_end() throws Exception {
        landscape
                .sandbox()
                .fault("{\"kind\":\"slow\",\"operation\":\"upsert-collection\",\"nth\":3,\"count\":2,\"delayMillis\":"
                        + VERY_LATE + "}");
        List<Future<Boolean>> sent = IntStream.range(0, 600)
                .mapToObj(i -> landscape.event(i % 300, 1 + i / 300))
                .map(landscape.sender()::deliverLater)
                .toList();
        for (Future<Boolean> each : sent) {
            each.get();
        }
        await().until(() -> landscape.database().pending() > 0
                && landscape.journal().stream()
                                .map(SalesforceWrite::call)
                                .distinct()
                                .count()
                        >= 4);
        landscape.kill();
        landscape.sandbox().clearFaults();

        takeOver();
        landscape.settle();
    }

    @Test
    void in_the_middle_of_a_replay_every_dead_letter_ends_once_and_nothing_goes_back() throws Exception {
        landscape.sandbox().fault("{\"kind\":\"row-error\",\"errorCode\":\"STRING_TOO_LONG\",\"status\":400}");
        for (int customer = 0; customer < 40; customer++) {
            landscape.sender().deliver(landscape.event(customer, 1));
        }
        await().until(() -> landscape.database().count("select count(*) from event where state = 'dead'") == 40
                && landscape.database().leased() == 0);
        landscape.sandbox().clearFaults();
        for (int customer = 0; customer < 20; customer++) {
            landscape.sender().deliver(landscape.event(customer, 2));
        }
        landscape.drain();
        landscape.sandbox().answerLate(VERY_LATE);

        replayAllDeadLetters();
        await().until(() -> landscape.journal().size() > 20);
        landscape.kill();
        landscape.sandbox().clearFaults();

        takeOver();
        landscape.settle();
    }

    /** Starts the killed process again: what it had claimed must not wait for the end of a lease. */
    private void takeOver() throws SQLException {
        Set<Long> left = landscape.pendingIds();
        assertThat(left).isNotEmpty();
        landscape.sync().start();
        landscape.takenOver(left);
    }

    /** Twice, as an impatient operator does. */
    private void replayAllDeadLetters() throws SQLException {
        List<Long> dead = landscape.events().stream()
                .filter(event -> event.state().equals("dead"))
                .map(TestDatabase.Stored::id)
                .toList();
        assertThat(dead).hasSize(40);
        try (Database database = Database.open(landscape.database().url(), null, null, 2)) {
            Inbox inbox = new Inbox(database, PayloadCipher.of(List.of()), Clock.systemUTC(), new Arrivals());
            inbox.replays().requeue(dead);
            inbox.replays().requeue(dead);
        }
    }

    /** Sends a webhook and never reads the answer. */
    private Socket postUnread(SentEvent event) throws IOException {
        URI target = URI.create(landscape.sync().url());
        Socket socket = new Socket(target.getHost(), target.getPort());
        socket.getOutputStream().write(landscape.sender().rawRequest(event).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }
}
