package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.EventState;
import dev.crmsync.inbox.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One event is applied once, however often and however concurrently it is delivered. */
class OnceTest {

    private static final int DELIVERIES = 50;

    @Test
    void appliesAnEventOnceWithSqlite(@TempDir Path data) throws Exception {
        appliesOnce(data, Map.of());
    }

    @Test
    void appliesAnEventOnceWithPostgres(@TempDir Path data) throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            appliesOnce(
                    data,
                    Map.of(
                            "crm.database.url", server.newDatabase(),
                            "crm.database.username", PostgresServer.USER,
                            "crm.database.password", PostgresServer.PASSWORD));
        }
    }

    private static void appliesOnce(Path data, Map<String, String> settings) throws Exception {
        try (TestApplication application = TestApplication.start(data, settings)) {
            byte[] body = PivotalEvent.of("once");

            List<Sent> all = concurrently(() -> application.sender().pivotal(body));

            assertThat(all).extracting(Sent::status).containsOnly(202);
            assertThat(application.ended(all.get(0)).state()).isEqualTo(EventState.DELIVERED);
            Sent late = application.sender().pivotal(body);
            assertThat(late.status()).isEqualTo(202);
            // An event of another customer that came later is through, so that nothing of the first is under way.
            application.ended(application.sender().pivotal(PivotalEvent.of("another")));
            assertThat(application.org().writes("Account", PivotalEvent.key("once")))
                    .hasSize(1);
            assertThat(application.inbox().counts().bySourceAndState().get("pivotal"))
                    .isEqualTo(Map.of(EventState.DELIVERED, 2L));
        }
    }

    private static <T> List<T> concurrently(Callable<T> call) throws Exception {
        CyclicBarrier together = new CyclicBarrier(DELIVERIES);
        ExecutorService threads = Executors.newFixedThreadPool(DELIVERIES);
        try {
            List<Future<T>> calls = threads.invokeAll(IntStream.range(0, DELIVERIES)
                    .<Callable<T>>mapToObj(i -> () -> {
                        together.await();
                        return call.call();
                    })
                    .toList());
            return calls.stream().map(OnceTest::result).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
