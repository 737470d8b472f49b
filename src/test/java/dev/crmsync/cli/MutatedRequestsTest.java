package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.inbox.StoredEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signed requests, changed at random on their way to a running application: what is accepted is what was signed, for the
 * path that it was signed for, and nothing else is done but to refuse.
 *
 * <p>{@code -Dfuzz.mutations} says how many in all, ten times as many as are sent here; {@code -Dfuzz.seed} repeats those of
 * a failure.
 */
class MutatedRequestsTest {

    private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 20_000) / 10;
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int CONNECTIONS = 24;
    private static final int ONE_RESET_IN = 20;
    private static final int MOST_SHOWN = 5;

    /** Ends the connection, once what came before it has been answered. */
    private static final String LAST = "\r\nGET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static final Queue<String> FAILURES = new ConcurrentLinkedQueue<>();

    private static CapturedLog log;
    private static TestApplication application;

    @BeforeAll
    static void start(@TempDir Path data) {
        log = new CapturedLog();
        application = TestApplication.start(data, SignedDelivery.SETTINGS);
    }

    @AfterAll
    static void stop() {
        application.close();
        log.close();
    }

    @Test
    void nothingIsAcceptedButWhatWasSignedAndNothingFails() throws Exception {
        List<SignedDelivery> all = new ArrayList<>();
        List<Future<Boolean>> accepted = new ArrayList<>();
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            for (int i = 0; i < MUTATIONS; i++) {
                SignedDelivery delivery = SignedDelivery.of(i);
                Random random = new Random(SEED + i);
                all.add(delivery);
                accepted.add(senders.submit(() -> accepts(delivery, random)));
            }
            int count = 0;
            for (Future<Boolean> each : accepted) {
                count += each.get() ? 1 : 0;
            }
            assertThat(FAILURES.stream().limit(MOST_SHOWN))
                    .as("of %d", FAILURES.size())
                    .isEmpty();
            assertThat(count).as("changes that change nothing").isPositive().isLessThan(MUTATIONS / 2);
        } finally {
            senders.shutdownNow();
        }
        assertNothingElseIsStored(all);
        assertThat(log.text()).doesNotContain("ERROR ").doesNotContain("\n\tat ");
        assertAllIsWellAfterwards();
    }

    /** Whether one of the answers says so; each must be one that may be given. */
    private static boolean accepts(SignedDelivery delivery, Random random) {
        byte[] sent = new RawMutations(random).of(RawRequest.of(delivery));
        String text = new String(sent, StandardCharsets.ISO_8859_1);
        try (RawHttp http = new RawHttp(application.application().addresses().webhooks())) {
            if (random.nextInt(ONE_RESET_IN) == 0) {
                http.sendAndReset(text);
                return false;
            }
            boolean accepted = false;
            for (int status : http.exchange(text + LAST, random.nextInt(10) == 0)) {
                accepted |= status == 202;
                assertThat(status).isIn(100, 200, 202, 204, 400, 401, 404, 405, 408, 413, 414, 415, 417, 429, 431, 503);
                if (status == 200 || status == 204) {
                    assertThat(text).containsPattern("(HEAD|OPTIONS) [^ ]*/webhooks/emporix/");
                }
            }
            if (accepted
                    && !delivery.isSignedInCanonicalForm()
                    && !text.toLowerCase(Locale.ROOT).contains("chunked")) {
                assertThat(text).contains(new String(delivery.signed().body(), StandardCharsets.ISO_8859_1));
            }
            return accepted;
        } catch (IOException | AssertionError e) {
            FAILURES.add("-Dfuzz.seed=" + SEED + ", " + delivery.id() + ": " + e.getMessage() + "\n" + text);
            return false;
        }
    }

    private static void assertNothingElseIsStored(List<SignedDelivery> all) {
        List<StoredEvent> stored = new ArrayList<>();
        for (SignedDelivery delivery : all) {
            List<StoredEvent> found = Stream.of(delivery.id(), delivery.idIfUnreadable())
                    .flatMap(id -> application.inbox().events().find(id).stream())
                    .toList();
            assertThat(found).as("-Dfuzz.seed=%d", SEED).allMatch(delivery::isStoredAs);
            stored.addAll(found);
        }
        long total = application.inbox().counts().bySourceAndState().values().stream()
                .flatMap(states -> states.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        assertThat(total).as("-Dfuzz.seed=%d: events that nobody signed", SEED).isEqualTo(stored.size());
    }

    private static void assertAllIsWellAfterwards() {
        assertThat(application.sender().pivotal(PivotalEvent.of("afterwards")).status())
                .isEqualTo(202);
        await().until(() -> metrics().contains("crm_http_memory_used_bytes 0.0"));
    }

    private static String metrics() {
        String management = application.application().addresses().management();
        return new String(
                application
                        .sender()
                        .exchange(HttpRequest.newBuilder(URI.create(management + "/observe/metrics")))
                        .body(),
                StandardCharsets.UTF_8);
    }
}
