package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptQueueTest {

    @TempDir
    Path folder;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch writerMayGoOn = new CountDownLatch(1);
    private InboxUnderTest inbox;

    @BeforeEach
    void open() {
        inbox = new InboxUnderTest(Database.open("jdbc:sqlite:" + folder.resolve("crm-sync.db"), null, null));
    }

    @AfterEach
    void close() {
        writerMayGoOn.countDown();
        callers.shutdownNow();
        inbox.close();
    }

    @Test
    void aCallerWaitsNoLongerThanAgreed() {
        holdTheWriter();
        try (AcceptQueue queue = new AcceptQueue(inbox.inbox, GroupLimits.DEFAULT, Duration.ofMillis(50))) {
            assertThatThrownBy(() -> queue.accept(new Received(event("e1", "s1"), null)))
                    .isInstanceOf(InboxUnavailableException.class)
                    .hasMessageContaining("within 50 ms");
            writerMayGoOn.countDown();
        }
    }

    @Test
    void overItsCapacityItRefusesAtOnce() {
        holdTheWriter();
        GroupLimits two = new GroupLimits(1, 1_000, 2);
        try (AcceptQueue queue = new AcceptQueue(inbox.inbox, two, Duration.ofMinutes(1))) {
            callers.submit(() -> queue.accept(new Received(event("e1", "s1"), null)));
            await().until(() -> inbox.number("select count(*) from event") == 1);
            callers.submit(() -> queue.accept(new Received(event("e2", "s1"), null)));
            callers.submit(() -> queue.accept(new Received(event("e3", "s1"), null)));
            await().until(() -> queue.waiting() == 2);

            assertThatThrownBy(() -> queue.accept(new Received(event("e4", "s1"), null)))
                    .isInstanceOf(InboxUnavailableException.class)
                    .hasMessageContaining("2 wait to be written already");
            writerMayGoOn.countDown();
        }
    }

    @Test
    void storesWhatWaitsWhenItIsClosedAndThenRefuses() {
        holdTheWriter();
        AcceptQueue queue = new AcceptQueue(inbox.inbox);
        callers.submit(() -> queue.accept(new Received(event("e1", "s1"), null)));
        await().until(() -> inbox.number("select count(*) from event") == 1);
        callers.submit(() -> queue.accept(new Received(event("e2", "s1"), null)));
        await().until(() -> queue.waiting() == 1);
        writerMayGoOn.countDown();

        queue.close();

        assertThat(inbox.number("select count(*) from event")).isEqualTo(2);
        assertThatThrownBy(() -> queue.accept(new Received(event("e3", "s1"), null)))
                .isInstanceOf(InboxUnavailableException.class)
                .hasMessageContaining("stopping");
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        holdTheWriter();
        try (AcceptQueue queue = new AcceptQueue(inbox.inbox, GroupLimits.DEFAULT, Duration.ofMinutes(1))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> queue.accept(new Received(event("e1", "s1"), null)))
                    .isInstanceOf(InboxUnavailableException.class)
                    .hasMessageContaining("Interrupted");
            assertThat(Thread.interrupted()).isTrue();
            writerMayGoOn.countDown();
        }
    }

    /** Each writer stops after its commit until the test lets it go on. */
    private void holdTheWriter() {
        inbox.inbox.arrivals().listen("pivotal", () -> {
            try {
                writerMayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
