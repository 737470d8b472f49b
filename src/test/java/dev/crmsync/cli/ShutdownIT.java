package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop finishes what it has begun and leaves nothing locked. */
class ShutdownIT {

    /** Exit code of a process that ends on SIGTERM. */
    private static final int TERMINATED = 143;

    /** camel.main.shutdownTimeout and extraShutdownTimeout together; the pod's grace period is longer. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String LEASED_ON = "select count(*) from subject"
            + " where subject = 'customer:cus_1' and lease_owner is not null and claimable_at > 1000 * unixepoch()";

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private TestOrg org;

    @BeforeEach
    void startSalesforce() {
        sandbox = Sandbox.start(SandboxOptions.inMemory().withHost("127.0.0.1").withPort(0));
        org = new TestOrg(sandbox.url());
    }

    @AfterEach
    void stopSalesforce() throws Exception {
        sandbox.close();
    }

    @Test
    void aDeliveryInFlightIsFinishedAndReadinessFallsMeanwhile() throws Exception {
        try (PodProcess process = start()) {
            slowSalesforce(3_000);
            assertThat(send(process, 1)).isEqualTo(202);
            await().until(() -> query("select count(*) from subject where lease_owner is not null") == 1);

            process.terminate();

            await().atMost(Duration.ofSeconds(10)).until(() -> process.readiness() != 200);
            assertThat(process.exit(LONGEST)).isEqualTo(TERMINATED);
            assertThat(query("select count(*) from event where state = 'delivered'"))
                    .as(process.log())
                    .isEqualTo(1);
        }
    }

    @Test
    void whatWaitsIsReleasedAndTheNextProcessDeliversIt() throws Exception {
        try (PodProcess process = start()) {
            slowSalesforce(1_500);
            for (int customer = 1; customer <= 50; customer++) {
                assertThat(send(process, customer)).isEqualTo(202);
            }

            process.terminate();

            assertThat(process.exit(LONGEST)).isEqualTo(TERMINATED);
            assertThat(query("select count(*) from event")).isEqualTo(50);
            assertThat(query("select count(*) from subject where lease_owner is not null"))
                    .as(process.log())
                    .isZero();
        }
        org.control("DELETE", "/faults", "");
        try (PodProcess next = start()) {
            await().atMost(LONGEST).until(() -> query("select count(*) from event where state = 'delivered'") == 50);
            assertThat(next.isAlive()).isTrue();
        }
    }

    @Test
    void aCallThatDoesNotComeBackInTimeKeepsItsLeaseSinceItMayStillBeCommitted() throws Exception {
        try (PodProcess process = start()) {
            slowSalesforce(120_000);
            assertThat(send(process, 1)).isEqualTo(202);
            await().until(() -> query("select count(*) from subject where lease_owner is not null") == 1);

            process.terminate();

            assertThat(process.exit(Duration.ofSeconds(45))).isEqualTo(TERMINATED);
            assertThat(query(LEASED_ON)).as(process.log()).isEqualTo(1);
        }
        org.control("DELETE", "/faults", "");
        try (PodProcess next = start()) {
            assertThat(send(next, 2)).isEqualTo(202);
            await().until(() -> query("select count(*) from event where state = 'delivered'") == 1);
            assertThat(query(LEASED_ON)).as(next.log()).isEqualTo(1);
        }
    }

    private PodProcess start() throws IOException {
        if (!Files.exists(folder.resolve("application.properties"))) {
            Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
        }
        Map<String, String> settings = new HashMap<>(TestSender.SETTINGS);
        settings.put("crm.salesforce.login-url", sandbox.url());
        settings.put("crm.salesforce.client-id", "client");
        settings.put("crm.salesforce.client-secret", "secret");
        settings.put(
                "camel.main.routesIncludePattern",
                "file:" + Path.of("routes/*.camel.yaml").toAbsolutePath());
        return PodProcess.start(new JarRuntime(folder), folder, Map.of(), settings)
                .ready();
    }

    private void slowSalesforce(int millis) {
        org.control(
                "POST",
                "/faults",
                "{\"kind\": \"slow\", \"operation\": \"write\", \"nth\": 0, \"status\": 0, \"delayMillis\": " + millis
                        + "}");
    }

    private static int send(PodProcess process, int customer) {
        String body = """
                {"id": "evt_%1$d", "type": "customer.created", "created_at": "2026-01-01T00:00:00Z", "livemode": true,
                 "org_id": "org_1", "data": {"object": {"id": "cus_%1$d", "name": "Customer %1$d"}}}
                """.formatted(customer);
        return new TestSender(process.webhooks())
                .pivotal(body.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private int query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/crm-sync.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
