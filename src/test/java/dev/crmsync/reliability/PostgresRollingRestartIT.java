package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas on one PostgreSQL are replaced one after the other, as a rollout does it, while webhooks come in. */
class PostgresRollingRestartIT {

    private static final int REPLICAS = 3;
    private static final int SENDERS = 4;
    private static final int CUSTOMERS_OF_EACH = 5;
    private static final int ACCEPTED = 202;
    private static final int BUSY = 503;

    /** Exit code of a process that ends on SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    private final List<SyncProcess> started = new CopyOnWriteArrayList<>();
    private final List<SyncProcess> serving = new CopyOnWriteArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final Sender sender = new Sender(this::anyReplica);
    private TestDatabase database;
    private SandboxProcess sandbox;

    @BeforeEach
    void startTogetherOnAnEmptyDatabase() throws Exception {
        database = new PostgresDatabase(folder.resolve("postgresql"));
        sandbox = new SandboxProcess(folder.resolve("salesforce"));
        IntStream.range(0, REPLICAS)
                .mapToObj(number -> CompletableFuture.supplyAsync(this::replica))
                .toList()
                .forEach(CompletableFuture::join);
        serving.addAll(started);
    }

    @AfterEach
    void stop() throws Exception {
        sending.set(false);
        sender.close();
        started.forEach(SyncProcess::close);
        sandbox.close();
        database.close();
    }

    @Test
    void noWebhookFailsNothingIsLostAndOrderHolds() throws Exception {
        assertThat(database.count("select count(*) - count(distinct version) from flyway_schema_history"))
                .as("migrations that were run twice")
                .isZero();

        List<? extends Future<?>> load = IntStream.range(0, SENDERS)
                .mapToObj(number -> sender.run(() -> sendUntilTold(number)))
                .toList();
        for (SyncProcess old : List.copyOf(serving)) {
            serving.add(replica());
            // preStop: endpoints forget a pod before it is told to stop.
            serving.remove(old);
            assertThat(old.terminate()).isEqualTo(TERMINATED);
        }
        sending.set(false);
        for (Future<?> each : load) {
            each.get();
        }

        assertThat(refusals)
                .as("answers other than 202, all of which were tried again")
                .allMatch(status -> status == BUSY);
        await().atMost(Duration.ofMinutes(2)).until(() -> database.pending() == 0 && database.leased() == 0);
        new Invariants(database, sandbox).check(sender, 0);
        System.out.printf(
                "rolling restart: %d events accepted, %d answers 503%n",
                sender.accepted().size(), refusals.size());
    }

    /** One round of its customers after the other; a later change is not sent before the earlier one was accepted. */
    private void sendUntilTold(int number) {
        for (int version = 1; sending.get(); version++) {
            for (int customer = 0; customer < CUSTOMERS_OF_EACH; customer++) {
                sendUntilAccepted(new SentEvent("cus_" + number + "_" + customer, version));
            }
        }
    }

    private void sendUntilAccepted(SentEvent event) {
        for (int status = sender.post(event); status != ACCEPTED; status = sender.post(event)) {
            refusals.add(status);
            pause();
        }
        pause();
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    /** As a load balancer chooses. */
    private String anyReplica() {
        Object[] now = serving.toArray();
        return ((SyncProcess) now[Math.floorMod(turn.getAndIncrement(), now.length)]).url();
    }

    private SyncProcess replica() {
        SyncProcess replica = new SyncProcess(
                "replica-" + names.incrementAndGet(),
                database,
                sandbox,
                folder.resolve("data"),
                "crm.database.connections=5");
        started.add(replica);
        return replica;
    }
}
