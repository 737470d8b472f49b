package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dashboards, alerts and guides speak of is there to be seen in a running application. */
class ObservabilityTest {

    private static final Pattern METRIC = Pattern.compile("\\b((?:crm|camel|jvm|process)_[a-z0-9_]+)\\b");
    private static final Pattern SERIES = Pattern.compile("^([a-z][a-z0-9_]*)[ {]", Pattern.MULTILINE);

    @TempDir
    static Path data;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TestApplication application;

    @BeforeAll
    static void deliverRefuseAndDeadLetter() throws Exception {
        application = TestApplication.start(data, Map.of());
        SampleSender sender =
                new SampleSender(application.application().addresses().webhooks(), TestSender.SETTINGS::get);
        byte[] customer = Samples.find("pivotal", "customer.created").orElseThrow();
        byte[] contact = Samples.find("plain", "customer.customer_created").orElseThrow();
        application.ended(application.sender().send("pivotal", "customer.created", customer));
        application
                .org()
                .control(
                        "POST",
                        "/faults",
                        "{\"kind\": \"row-error\", \"errorCode\": \"STRING_TOO_LONG\", \"count\": 1, \"nth\": 0, \"status\": 0, \"delayMillis\": 0}");
        application.ended(application.sender().send("plain", "customer.customer_created", contact));
        HTTP.send(
                HttpRequest.newBuilder(
                                URI.create(application.application().addresses().webhooks() + "/webhooks/plain"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        await().atMost(Duration.ofSeconds(40))
                .until(() -> get("/observe/metrics").body(), metrics -> metrics.contains("crm_inbox_events{"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void everyMetricOfTheAlertsIsExposed() throws IOException {
        Set<String> named = new LinkedHashSet<>();
        new YAMLMapper()
                .readTree(Path.of("k8s/monitoring/alerts.yaml").toFile())
                .findValuesAsText("expr")
                .forEach(expression -> named.addAll(metricsIn(expression)));

        assertThat(named).isNotEmpty();
        assertThat(exposed()).containsAll(named);
    }

    @Test
    void everyMetricOfTheDashboardIsExposed() throws IOException {
        Set<String> named = new LinkedHashSet<>();
        new ObjectMapper()
                .readTree(Path.of("k8s/monitoring/crm-sync.json").toFile())
                .findValuesAsText("expr")
                .forEach(expression -> named.addAll(metricsIn(expression)));

        assertThat(named).isNotEmpty();
        assertThat(exposed()).containsAll(named);
    }

    @Test
    void everyMetricOfTheProductIsDocumented() throws IOException {
        String documented = Files.readString(Path.of("src/docs/metrics.md"));
        Set<String> own = new TreeSet<>(exposed());
        own.removeIf(name -> !name.startsWith("crm_"));

        assertThat(own)
                .allSatisfy(name ->
                        assertThat(documented).contains("`" + name.replaceFirst("_(count|sum|max)$", "") + "`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.md", "runbook.md", "platform-guide.md"})
    void everyMetricOfTheGuidesIsExposed(String guide) throws IOException {
        Set<String> exposed = new TreeSet<>(exposed());
        exposed().forEach(name -> exposed.add(name.replaceFirst("_(count|sum|max)$", "")));

        assertThat(exposed)
                .containsAll(metricsIn(Files.readString(Path.of("src/docs").resolve(guide))));
    }

    @Test
    void aSilentWebhookRouteIsShownWithZero() {
        assertThat(get("/observe/metrics").body())
                .containsPattern("crm_webhooks_total\\{result=\"accepted\",route=\"receive-emporix\"} 0");
    }

    @Test
    void readinessNamesTheDatabaseAndTheRoutes() throws IOException {
        JsonNode ready =
                new ObjectMapper().readTree(get("/observe/health/ready").body());

        assertThat(ready.path("status").asText()).isEqualTo("UP");
        assertThat(ready.path("checks"))
                .extracting(check -> check.path("name").asText())
                .contains("context", "database", "routes-started");
    }

    @Test
    void livenessDoesNotAskTheDatabase() throws IOException {
        JsonNode live = new ObjectMapper().readTree(get("/observe/health/live").body());

        assertThat(live.path("checks"))
                .extracting(check -> check.path("name").asText())
                .doesNotContain("database");
    }

    private static Set<String> exposed() {
        Set<String> names = new TreeSet<>();
        Matcher series = SERIES.matcher(get("/observe/metrics").body());
        while (series.find()) {
            names.add(series.group(1));
        }
        return names;
    }

    private static Set<String> metricsIn(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher metric = METRIC.matcher(text);
        while (metric.find()) {
            names.add(metric.group(1));
        }
        return names;
    }

    private static HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(
                                    application.application().addresses().management() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
