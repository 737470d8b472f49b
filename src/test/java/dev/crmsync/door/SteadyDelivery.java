package dev.crmsync.door;

import dev.crmsync.reliability.SentEvent;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A correctly signed webhook every 100 ms, whatever became of those before. Each has a connection of its own, so that a
 * server whose connections are taken is noticed.
 */
final class SteadyDelivery implements AutoCloseable {

    private static final long PERIOD_MILLIS = 100;
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final String name;
    private final int port;

    /** @param name distinguishes its customers from those of others */
    SteadyDelivery(String name, int port) {
        this.name = name;
        this.port = port;
        clock.scheduleAtFixedRate(this::deliver, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param after from the moment at which it was due */
    record Answer(SentEvent event, int status, Duration after) {}

    private void deliver() {
        long due = System.nanoTime();
        SentEvent event = new SentEvent("cus_" + name + "_" + number.incrementAndGet(), 1);
        senders.execute(() -> {
            int status = Post.signed(Scheme.PIVOTAL, event.body()).send(port);
            answers.add(new Answer(event, status, Duration.ofNanos(System.nanoTime() - due)));
        });
    }

    int answered() {
        return answers.size();
    }

    /** All answers once it is closed. */
    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Sends no more, and waits for the answers that are missing. */
    @Override
    public void close() {
        clock.shutdown();
        senders.shutdown();
        try {
            if (!senders.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException e) {
            senders.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
