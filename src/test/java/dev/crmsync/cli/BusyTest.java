package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.event.EventState;
import dev.crmsync.inbox.PostgresServer;
import dev.crmsync.webhook.SignedRequest;
import dev.crmsync.webhook.SvixSigner;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What senders are told when the application cannot take their webhooks now. */
class BusyTest {

    private static final int MOST_AT_ONCE = 4;

    private static PostgresServer database;
    private static String url;
    private static final ExecutorService SENDERS = Executors.newCachedThreadPool();
    private static TestApplication application;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        database = PostgresServer.start();
        url = database.newDatabase();
        application = TestApplication.start(
                data,
                Map.of(
                        "crm.webhooks.max-concurrent",
                        Integer.toString(MOST_AT_ONCE),
                        "crm.database.url",
                        url,
                        "crm.database.username",
                        PostgresServer.USER,
                        "crm.database.password",
                        PostgresServer.PASSWORD));
    }

    @AfterAll
    static void stop() throws Exception {
        SENDERS.shutdownNow();
        application.close();
        database.close();
    }

    @Test
    void sendsAwayWhatComesInOverTheLimitAndTakesItAfterwards() throws Exception {
        byte[] body = PivotalEvent.of("crowded");
        BlockingQueue<HttpResponse<byte[]>> answers = new LinkedBlockingQueue<>();
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table event in access exclusive mode");
            for (int i = 0; i < MOST_AT_ONCE + 1; i++) {
                SENDERS.execute(() -> answers.add(post(body)));
            }

            HttpResponse<byte[]> refused = answers.poll(10, TimeUnit.SECONDS);
            assertThat(refused).isNotNull();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).isEmpty();
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            connection.rollback();
        }

        await().untilAsserted(() -> assertThat(post(body).statusCode()).isEqualTo(202));
    }

    @Test
    void aBodyThatDoesNotComeHoldsNoPlace() throws Exception {
        List<RawHttp> unfinished = new ArrayList<>();
        try {
            for (int i = 0; i < 10 * MOST_AT_ONCE; i++) {
                unfinished.add(beginRequest(application));
            }

            assertThat(post(PivotalEvent.of("unhindered")).statusCode()).isEqualTo(202);
        } finally {
            for (RawHttp http : unfinished) {
                http.close();
            }
        }
    }

    @Test
    void sendsAwayWhatItCannotStoreAndTakesItOnceTheDatabaseIsBack() throws Exception {
        byte[] body = PivotalEvent.of("outage");
        database.stop();
        HttpResponse<byte[]> refused = post(body);
        database.startAgain();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEmpty();
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(post(body).statusCode()).isEqualTo(202));
        assertThat(application.ended(application.sender().pivotal(body)).state())
                .isEqualTo(EventState.DELIVERED);
        assertThat(application.org().writes("Account", PivotalEvent.key("outage")))
                .hasSize(1);
    }

    @Test
    void holdsNoPlaceForASenderWhoseBodyDoesNotCome() throws Exception {
        try (TestApplication impatient =
                        TestApplication.start(folder, Map.of("crm.webhooks.slowest-request", "200ms"));
                RawHttp slow = beginRequest(impatient)) {

            RawHttp.Answer answer = slow.answer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.has("retry-after")).isTrue();
        }
    }

    private static HttpResponse<byte[]> post(byte[] body) {
        SignedRequest signed = new SvixSigner(TestSender.PIVOTAL_SECRET, Clock.systemUTC()).sign(body);
        return application.sender().post("/webhooks/pivotal", signed);
    }

    /** A request whose body does not come. */
    private static RawHttp beginRequest(TestApplication application) throws Exception {
        RawHttp http = new RawHttp(application.application().addresses().webhooks());
        http.send("POST /webhooks/pivotal HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
        return http;
    }
}
