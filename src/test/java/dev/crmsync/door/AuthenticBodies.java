package dev.crmsync.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Bodies of the largest size, all at once, by senders who have the secret and come back as long as they are told to.
 *
 * @param count bodies in all, shared out among the schemes
 * @param filler what makes them large
 */
record AuthenticBodies(String name, int count, IntFunction<String> filler) implements Attack {

    private static final long LONGEST_SECONDS = 90;
    private static final long COME_BACK_MILLIS = 1_000;

    @Override
    public void on(DoorProcess door, Attacker attacker) throws Exception {
        ExecutorService senders = Executors.newCachedThreadPool();
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Scheme scheme = Scheme.values()[i % Scheme.values().length];
                byte[] body = Bodies.largest(scheme, name + "_" + i, filler);
                answers.add(senders.submit(() -> deliver(scheme, body, door)));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
            assertThat(door.isAlive()).as("the process runs").isTrue();
            assertThat(statuses).as("the answers to authentic bodies").containsOnlyKeys(202);
        } finally {
            senders.shutdownNow();
            senders.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** @return the status of the last attempt */
    private static int deliver(Scheme scheme, byte[] body, DoorProcess door) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (true) {
            int status = Post.signed(scheme, body).send(door.webhooks());
            boolean told = status == 429 || status == 503 || status == Post.NO_ANSWER;
            if (!told || !door.isAlive() || System.nanoTime() > end) {
                return status;
            }
            Thread.sleep(COME_BACK_MILLIS);
        }
    }
}
