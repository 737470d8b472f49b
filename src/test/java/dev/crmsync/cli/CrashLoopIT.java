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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One event halts the Java machine whenever it is mapped, as a fault of a native library would. */
class CrashLoopIT {

    private static final int INNOCENT = 30;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final String HALTING = """
            - beans:
                - name: machine
                  type: java.lang.Runtime
                  factoryMethod: getRuntime
            """;

    private static final String HALT = """
                    - choice:
                        when:
                          - expression:
                              jq:
                                expression: .data.object.name == "Poison"
                            steps:
                              - bean:
                                  ref: machine
                                  method: halt(1)
            """;

    @TempDir
    Path folder;

    private Sandbox sandbox;

    /** Kept open: one that is closed may take the log of a process that is starting away from it. */
    private Connection database;

    @BeforeEach
    void prepare() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.inMemory().withHost("127.0.0.1").withPort(0));
        Path routes = Files.createDirectory(folder.resolve("halting"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml"))
                    .toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Path pivotal = routes.resolve("sync-pivotal.camel.yaml");
        String from = "      uri: inbox:pivotal\n      steps:\n";
        String route = Files.readString(pivotal);
        assertThat(route).contains(from);
        Files.writeString(pivotal, HALTING + route.replace(from, from + HALT));
        Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
    }

    @AfterEach
    void close() throws SQLException {
        sandbox.close();
        if (database != null) {
            database.close();
        }
    }

    @Test
    void afterAFewRestartsTheEventThatHaltsTheProcessIsADeadLetterAndAllOthersAreDelivered() throws Exception {
        new TestOrg(sandbox.url())
                .control(
                        "POST",
                        "/faults",
                        "{\"kind\": \"slow\", \"operation\": \"write\", \"nth\": 0, \"status\": 0, \"delayMillis\": 300}");
        int starts = 1;
        String log = "";
        try (PodProcess process = start().ready()) {
            TestSender sender = new TestSender(process.webhooks());
            for (int i = 1; i <= INNOCENT; i++) {
                assertThat(sender.pivotal(customer("evt_" + i, "cus_" + i, "Innocent"))
                                .status())
                        .isEqualTo(202);
            }
            sender.pivotal(customer("evt_before", "cus_0", "Before"));
            sender.pivotal(customer("evt_poison", "cus_0", "Poison"));
            await().atMost(LONGEST).until(() -> !process.isAlive());
        }
        while (query("select count(*) from event where state = 'pending'") > 0) {
            starts++;
            assertThat(starts)
                    .as("starts of the process, of which the last said: " + log)
                    .isLessThan(8);
            try (PodProcess process = start()) {
                await().atMost(LONGEST)
                        .until(() ->
                                !process.isAlive() || query("select count(*) from event where state = 'pending'") == 0);
                log = process.log();
            }
        }

        assertThat(query("select count(*) from event where state = 'delivered'"))
                .isGreaterThanOrEqualTo(INNOCENT);
        assertThat(query("select count(*) from event where state = 'dead'")).isEqualTo(1);
        assertThat(query("select count(*) from event e join dead_letter d on d.event_id = e.id"
                        + " where e.event_id = 'evt_poison' and d.error_code = 'CLAIM_NEVER_SETTLED'"))
                .isEqualTo(1);
    }

    private PodProcess start() {
        Map<String, String> settings = new HashMap<>(TestSender.SETTINGS);
        settings.put("crm.salesforce.login-url", sandbox.url());
        settings.put("crm.salesforce.client-id", "client");
        settings.put("crm.salesforce.client-secret", "secret");
        settings.put("camel.main.routesIncludePattern", "file:" + folder.resolve("halting") + "/*.camel.yaml");
        return PodProcess.start(new JarRuntime(folder), folder, Map.of(), settings);
    }

    private static byte[] customer(String event, String customer, String name) {
        return """
                {"id": "%s", "type": "customer.created", "created_at": "2026-01-01T00:00:00Z", "livemode": true,
                 "org_id": "org_1", "data": {"object": {"id": "%s", "name": "%s"}}}
                """.formatted(event, customer, name).getBytes(StandardCharsets.UTF_8);
    }

    private int query(String sql) throws SQLException {
        if (database == null) {
            database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/crm-sync.db"));
        }
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
