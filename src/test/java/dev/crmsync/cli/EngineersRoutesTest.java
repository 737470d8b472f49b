package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Received;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.webhook.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What routes do that an engineer has added without thinking of everything. */
class EngineersRoutesTest {

    /** Routes of an engineer who has thought of no error handling, or of an own one. */
    private static final String ROUTES = """
            - routeConfiguration:
                id: own
                description: Handles nothing that an event can end in.
                onException:
                  - onException:
                      exception:
                        - java.lang.InterruptedException
                      steps:
                        - to:
                            uri: direct:dead-letter
            - routeConfiguration:
                id: broken
                description: Fails itself.
                onException:
                  - onException:
                      exception:
                        - java.lang.Exception
                      steps: %1$s
            - route:
                id: broken
                routeConfigurationId: broken
                from:
                  uri: inbox:broken
                  steps: %1$s
            - route:
                id: receive-acme
                from:
                  uri: platform-http:/webhooks/acme
                  steps:
                    - process:
                        ref: no-signature
            - route:
                id: nameless
                from:
                  uri: inbox:nameless
                  steps:
                    - to:
                        uri: direct:nameless-mapping
            - route:
                id: nameless-mapping
                from:
                  uri: direct:nameless-mapping
                  steps: %1$s
            - route:
                id: own
                routeConfigurationId: own
                from:
                  uri: inbox:own
                  steps: %1$s
            - route:
                id: none
                routeConfigurationId: none
                from:
                  uri: inbox:none
                  steps: %1$s
            - route:
                id: rethrown
                from:
                  uri: inbox:rethrown
                  steps:
                    - doTry:
                        steps: %1$s
                        doCatch:
                          - exception:
                              - java.lang.Exception
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: caught and thrown again
            """.formatted("""

                    - setBody:
                        expression:
                          jq:
                            expression: '.name | ltrimstr(1) | error("not this one")'
                    - to:
                        uri: upsert:Account
                        parameters:
                          key: Pivotal_Key__c
            """.indent(14).stripTrailing());

    /** Its delivery is misspelt. */
    private static final String UNDELIVERED = """
            - beans:
                - name: beta-event
                  type: dev.crmsync.webhook.EnvelopeReader
                  properties:
                    source: beta
                    id: .id
                    type: .type
                    subject: .id
            - route:
                id: receive-beta
                from:
                  uri: platform-http:/webhooks/beta
                  steps:
                    - process:
                        ref: beta-event
                    - to: direct:accept
            - route:
                id: sync-beta
                from:
                  uri: inbox:btea
                  steps:
                    - to: inbox:ignored
            """;

    private static final String MISTAKEN = """
            - route:
                id: mistaken
                from:
                  uri: inbox:mistaken
                  steps:
                    - to: upsrt:Account
            """;

    private static CapturedLog log;
    private static TestConsole console;
    private static TestApplication application;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("own.camel.yaml"), ROUTES);
        Files.writeString(data.resolve("mistaken.camel.yaml"), MISTAKEN);
        log = new CapturedLog();
        Files.writeString(data.resolve("undelivered.camel.yaml"), UNDELIVERED);
        console = TestConsole.start(
                data,
                Map.of("camel.main.routesIncludePattern", "file:routes/*.camel.yaml,file:" + data + "/*.camel.yaml"),
                "viewer:viewer");
        application = console.application();
    }

    @AfterAll
    static void stop() {
        console.close();
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "receive-pivotal, refusals",
        "receive-acme, refusals",
        "check-emporix-url, refusals",
        "accept, refusals",
        "sync-pivotal, delivery-errors",
        "pivotal-customer, delivery-errors",
        "read-again, delivery-errors",
        "nameless, delivery-errors",
        "nameless-mapping, delivery-errors",
        "own, own",
        "none, none",
        "dead-letter, none",
        "retry-later, none",
    })
    void aRouteThatNamesNoneIsGivenTheOneForWhatItIsThereFor(String route, String configuration) {
        RouteDefinition definition = application
                .application()
                .context()
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteDefinition(route);

        assertThat(definition.getRouteConfigurationId()).isEqualTo(configuration);
    }

    /** In prod it would refuse to start. */
    @Test
    void aFileThatCannotRunIsLeftOutInDevAndTheRestRuns() throws Exception {
        assertThat(log.text()).contains("mistaken.camel.yaml:6: mistaken: there is no component 'upsrt'");
        assertThat(application.application().context().getRoute("mistaken")).isNull();
        assertThat(readiness().statusCode()).isEqualTo(503);
        assertThat(readiness().body())
                .contains("Left out: ", "mistaken.camel.yaml:6: mistaken: there is no component 'upsrt'");
    }

    /** Its events waited for ever, while readiness said UP and nobody said a word. */
    @Test
    void aSourceThatNobodyDeliversIsSaidByLogReadinessMetricsAndConsole() throws Exception {
        assertThat(log.text())
                .contains("webhooks of beta are accepted, but no route from inbox:beta delivers them:"
                        + " there is one from inbox:btea");
        store("beta");

        assertThat(readiness().statusCode()).isEqualTo(503);
        assertThat(readiness().body()).contains("Accepted, but not delivered by any running route: [beta]");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log.text()).contains("Nobody delivers beta"));
        assertThat(metrics())
                .contains("crm_inbox_consumers{source=\"beta\"} 0")
                .contains("crm_inbox_consumers{source=\"pivotal\"} 1");
        assertThat(overview())
                .contains("not delivered", "No running route is from <code>inbox:beta</code>")
                .contains("Routes left out", "there is no component 'upsrt'");
    }

    private static String overview() throws Exception {
        String session = TestConsole.cookie(
                console.signIn("127.0.0.1", "viewer", TestConsole.PASSWORD, "none=1"), "crm-session");
        return console.get("/", "Cookie: " + session).body();
    }

    private static String metrics() throws Exception {
        return get("/observe/metrics").body();
    }

    private static HttpResponse<String> readiness() throws Exception {
        return get("/observe/health/ready");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        application.application().addresses().management() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aReceivingRouteThatNamesNoneRefusesWhatIsNotAuthentic() throws Exception {
        assertThat(application
                        .sender()
                        .post("/webhooks/acme", new SignedRequest(Map.of(), new byte[] {'{', '}'}))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nameless", "own", "none", "broken"})
    void aMappingThatFailsIsADeadLetterAtOnceWhateverTheRouteNames(String source) {
        StoredEvent dead = ended(store(source));

        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(dead.reason()).startsWith("JsonQuery");
        assertThat(log.text()).doesNotContain("\tat ");
    }

    /** It would loop for ever, with more than a hundred lines of log each time. */
    @Test
    void whatAnOwnHandlerThrowsAgainIsTriedWithGrowingPausesAndDeadAfterADay() throws Exception {
        EventId id = store("rethrown");
        await().until(() -> application.inbox().events().find(id).orElseThrow().attempts() > 1);

        assertThat(application.inbox().events().find(id).orElseThrow().state()).isEqualTo(EventState.PENDING);
        assertThat(log.text())
                .doesNotContain("\tat ")
                .contains(
                        "IllegalStateException in route rethrown was not handled there: event rethrown:evt_1 is tried again");

        letADayPass(id);

        assertThat(ended(id).state()).isEqualTo(EventState.DEAD);
    }

    private static void letADayPass(EventId id) throws SQLException {
        DataSource database = application
                .application()
                .context()
                .getRegistry()
                .lookupByNameAndType("inbox-database", DataSource.class);
        try (Connection connection = database.getConnection();
                PreparedStatement age = connection.prepareStatement(
                        "update event set received_at = received_at - 86400001 where source = ?");
                PreparedStatement due = connection.prepareStatement(
                        "update subject set due_at = 1, claimable_at = 1 where source = ?")) {
            age.setString(1, id.source());
            age.executeUpdate();
            due.setString(1, id.source());
            due.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private static EventId store(String source) {
        EventId id = new EventId(source, "evt_1");
        Event event = new Event(
                id,
                "customer.created",
                "default",
                "customer:1",
                Event.STATE,
                OrderKey.NONE,
                Instant.parse("2026-05-26T14:00:00Z"),
                true,
                "{\"name\": \"Ann\"}",
                null);
        application.inbox().accept(List.of(new Received(event, null)));
        return id;
    }

    private static StoredEvent ended(EventId id) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> application
                        .inbox()
                        .events()
                        .find(id)
                        .filter(event -> event.state().isEnd())
                        .isPresent());
        return application.inbox().events().find(id).orElseThrow();
    }
}
