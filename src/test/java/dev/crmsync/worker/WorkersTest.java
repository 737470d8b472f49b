package dev.crmsync.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Workers workers = new Workers(metrics);
    private final Worker worker = workers.named("inbox-plain");

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    @Test
    void anErrorIsCountedAndTheWorkerGoesOn() {
        AtomicInteger turns = new AtomicInteger();
        worker.scheduleWithFixedDelay(
                () -> {
                    if (turns.incrementAndGet() < 3) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                },
                0,
                1,
                TimeUnit.MILLISECONDS);

        await().until(() -> turns.get() > 3);
        assertThat(metrics.counter("crm.worker.failures", "worker", "inbox-plain")
                        .count())
                .isEqualTo(2);
        assertThat(workers.dead()).isEmpty();
    }

    @Test
    void anErrorInOneTaskKeepsNoOtherFromBeingDone() {
        AtomicInteger done = new AtomicInteger();
        worker.execute(() -> {
            throw new StackOverflowError();
        });
        worker.execute(done::incrementAndGet);

        await().until(() -> done.get() == 1);
    }

    @Test
    void aWorkerThatStoppedByItselfIsToldByName() {
        worker.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.HOURS).cancel(true);

        assertThat(workers.dead()).containsExactly("inbox-plain");
    }

    @Test
    void aWorkerThatWasShutDownIsNotDead() {
        worker.keepDoing(() -> {});
        worker.shutdownNow();

        assertThat(workers.dead()).isEmpty();
    }
}
