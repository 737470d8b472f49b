package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application is killed at random moments under load, again and again: {@code -Dreliability.kills=200} for the long
 * form, {@code -Dreliability.seed} for the same moments again.
 */
abstract class RandomKills {

    private static final int CUSTOMERS = 40;
    private static final int SENDERS = 8;
    private static final int LONGEST_LIFE_MILLIS = 2_500;

    abstract TestDatabase openDatabase(Path folder) throws IOException;

    @Test
    void whatever_the_moment_of_a_kill_nothing_is_lost_doubled_or_set_back(@TempDir Path folder) throws Exception {
        int kills = Integer.getInteger("reliability.kills", 5);
        long seed = Long.getLong("reliability.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Landscape landscape = new Landscape(openDatabase(folder), folder)) {
            for (int kill = 1; kill <= kills; kill++) {
                landscape.begin();
                Load load = new Load(landscape, random.nextLong());
                int accepted = load.accepted();
                Duration life = Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS));
                landscape.sandbox().answerLate(random.nextInt(60));
                await().atMost(Duration.ofSeconds(30)).until(() -> load.accepted() > accepted + 20);
                long end = System.nanoTime() + life.toNanos();
                await().until(() -> System.nanoTime() > end);
                landscape.kill();
                Set<Long> left = landscape.pendingIds();
                landscape.sync().start();
                long started = System.nanoTime();
                landscape.takenOver(left);
                Duration takeover = Duration.ofNanos(System.nanoTime() - started);
                load.stop();
                landscape.end();
                assertThat(landscape.sender().accepted()).isNotEmpty();
                describe(kill, seed, landscape, left.size(), takeover);
                landscape.settle();
            }
        }
    }

    private static void describe(int kill, long seed, Landscape landscape, int left, Duration takeover) {
        System.out.printf(
                "kill %d (seed %d): %d accepted, %d attempts without a 2xx, the last of %d left events ended %d ms after the start%n",
                kill,
                seed,
                landscape.sender().accepted().size(),
                landscape.sender().refused(),
                left,
                takeover.toMillis());
    }

    /** Senders that post new changes and repeat old ones, until stopped. */
    private static final class Load {

        private final Sender sender;
        private final AtomicIntegerArray versions = new AtomicIntegerArray(CUSTOMERS);
        private volatile boolean stopped;

        private Load(Landscape landscape, long seed) {
            sender = landscape.sender();
            for (int i = 0; i < SENDERS; i++) {
                Random random = new Random(seed + i);
                sender.run(() -> {
                    while (!stopped) {
                        int customer = random.nextInt(CUSTOMERS);
                        int newest = versions.incrementAndGet(customer);
                        sender.deliver(landscape.event(customer, newest));
                        if (random.nextInt(4) == 0) {
                            sender.deliver(landscape.event(customer, 1 + random.nextInt(newest)));
                        }
                    }
                });
            }
        }

        private int accepted() {
            return sender.accepted().size();
        }

        private void stop() {
            stopped = true;
        }
    }
}
