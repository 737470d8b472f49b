package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application starts from exactly the files and variables that the operator gives a pod. */
abstract class PodBehaviour {

    private static final String SALESFORCE_SECRET = "salesforce-client-secret-of-a-test";

    /** Exit code of a process that ends on SIGTERM. */
    private static final int TERMINATED = 143;

    private static final Duration GRACE_PERIOD = Duration.ofSeconds(45);

    @TempDir
    Path folder;

    private final Map<String, String> secrets = new HashMap<>();
    private EmbeddedPostgres postgres;
    private Sandbox sandbox;
    private PodRuntime runtime;
    private MountedFiles pod;

    /** @param folder of this test, its mounts to lie in {@code etc-camel} */
    abstract PodRuntime runtime(Path folder) throws IOException;

    @BeforeEach
    void mount() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "localhost")
                .start();
        sandbox = Sandbox.start(SandboxOptions.inMemory().withHost("127.0.0.1").withPort(0));
        runtime = runtime(folder);
        pod = new MountedFiles(folder.resolve("etc-camel"), runtime.mounts());
        pod.sources(Path.of("routes"));
        pod.configMap("crm-sync-config", Map.of("application.properties", settings()));
        TestSender.SETTINGS.forEach((name, value) -> secrets.put(name, value + "\n"));
        TestSender.OWN_SECRETS.forEach((name, value) -> secrets.put(name, value + "\n"));
        secrets.put("crm.database.username", "postgres\n");
        secrets.put("crm.database.password", "postgres\n");
        secrets.put("crm.database.encryption-keys", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n");
        secrets.put("crm.salesforce.client-id", "client\n");
        secrets.put(
                "console-users",
                "ann:operator:" + BCrypt.withDefaults().hashToString(4, "operator".toCharArray()) + "\n");
        secrets.put("crm.salesforce.client-secret", SALESFORCE_SECRET + "\n");
    }

    /** Production's, but for where the database and the org are. */
    private String settings() throws IOException {
        return Files.readString(Path.of("k8s/config/production/application.properties"))
                .replaceAll(
                        "(?m)^crm.database.url = .*$",
                        "crm.database.url = " + postgres.getJdbcUrl("postgres", "postgres"))
                .replace("/etc/camel", runtime.mounts())
                .replaceAll("(?m)^crm.salesforce.login-url = .*$", "crm.salesforce.login-url = " + sandbox.url());
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
        postgres.close();
    }

    @Test
    void aSignedWebhookReachesSalesforce() throws Exception {
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start().ready()) {
            byte[] body = Samples.find("pivotal", "customer.created").orElseThrow();

            assertThat(new TestSender(process.webhooks()).pivotal(body).status())
                    .isEqualTo(202);

            await().atMost(Duration.ofSeconds(30)).until(() -> states().equals(Map.of("delivered", 1)));
            assertThat(process.log()).doesNotContain(SALESFORCE_SECRET);
            TestSender.SETTINGS
                    .values()
                    .forEach(secret -> assertThat(process.log()).doesNotContain(secret));
        }
    }

    @Test
    void theConsoleKnowsTheUsersOfItsMountedFileAndNobodyElse() throws Exception {
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start().ready()) {
            assertThat(console(process, "/", "").headers().firstValue("Location"))
                    .contains("/login");
            assertThat(console(process, "/api/events", "nobody:nothing").statusCode())
                    .isEqualTo(401);
            assertThat(console(process, "/api/events", "ann:operator").statusCode())
                    .isEqualTo(200);
            try (PodProcess command = PodProcess.start(
                    runtime,
                    folder,
                    Map.of("CRM_CONSOLE_PASSWORD", "operator"),
                    Map.of(),
                    "dead-letters",
                    "list",
                    "--url",
                    process.console(),
                    "--user",
                    "ann")) {
                assertThat(command.exit(Duration.ofSeconds(60))).isZero();
                assertThat(command.log()).contains("Nothing matches.");
            }
        }
    }

    @Test
    void aCommandInThePodWorksOnTheDatabaseOfThePod() throws Exception {
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start().ready()) {
            refuseTheNextRecord();
            new TestSender(process.webhooks())
                    .pivotal(Samples.find("pivotal", "customer.created").orElseThrow());
            await().atMost(Duration.ofSeconds(30)).until(() -> states().equals(Map.of("dead", 1)));
        }
        try (PodProcess command = start("dead-letters", "list")) {
            assertThat(command.exit(Duration.ofSeconds(60))).isZero();
            assertThat(command.log()).contains("customer.created").contains("STRING_TOO_LONG");
        }
    }

    private PodProcess start(String... arguments) throws IOException {
        return PodProcess.start(runtime, folder, pod.environment(), Map.of(), arguments);
    }

    private void refuseTheNextRecord() {
        new TestOrg(sandbox.url())
                .control(
                        "POST",
                        "/faults",
                        "{\"kind\": \"row-error\", \"errorCode\": \"STRING_TOO_LONG\", \"count\": 1, \"nth\": 0,"
                                + " \"status\": 0, \"delayMillis\": 0}");
    }

    private static HttpResponse<Void> console(PodProcess process, String path, String credentials) throws Exception {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(process.console() + path));
        if (credentials.contains(":")) {
            request.header("Authorization", "Basic " + basic);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void everyLineOfTheLogIsJson() throws Exception {
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start().ready()) {
            assertThatEveryLineIsJson(process.log());
        }
    }

    @Test
    void theLineOfADeadLetterNamesItsEventAndTheRouteAtWork() throws Exception {
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start().ready()) {
            byte[] body = Samples.find("pivotal", "customer.created").orElseThrow();
            refuseTheNextRecord();

            Sent sent = new TestSender(process.webhooks()).pivotal(body);

            await().atMost(Duration.ofSeconds(30)).until(() -> states().equals(Map.of("dead", 1)));
            ObjectMapper json = new ObjectMapper();
            assertThat(process.log().lines())
                    .filteredOn(line -> line.contains("dead letter: "))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(json.readTree(line).path("event.id").asText())
                                .isEqualTo(sent.ids().get(0).toString());
                        assertThat(json.readTree(line).path("route.id").asText())
                                .isEqualTo("dead-letter");
                    });
        }
    }

    @Test
    void onSigtermItEndsInOrder() throws Exception {
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start().ready()) {
            process.terminate();

            assertThat(process.exit(GRACE_PERIOD)).isEqualTo(TERMINATED);
            assertThat(process.readiness()).isZero();
        }
    }

    @Test
    void aMissingSecretOfAMountedSourceStopsTheStartWithItsName() throws Exception {
        secrets.remove("crm.plain.signing-secrets");
        pod.secret("crm-sync-secrets", secrets);
        try (PodProcess process = start()) {
            assertThat(process.exit(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(process.log()).contains("Signing secret for 'plain' is missing: set crm.plain.signing-secrets");
            assertThatEveryLineIsJson(process.log());
        }
    }

    private static void assertThatEveryLineIsJson(String log) {
        ObjectMapper json = new ObjectMapper();
        assertThat(log.lines())
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(json.readTree(line).has("@timestamp")).isTrue());
    }

    private Map<String, Integer> states() throws SQLException {
        Map<String, Integer> states = new HashMap<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select state, count(*) from event group by state")) {
            while (rows.next()) {
                states.put(rows.getString(1), rows.getInt(2));
            }
        }
        return states;
    }
}
