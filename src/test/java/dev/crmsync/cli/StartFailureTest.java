package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an application that cannot start: which setting, which value, what to do. */
class StartFailureTest {

    @TempDir
    Path data;

    private Map<String, String> settings;

    @BeforeEach
    void everythingInOrder() {
        settings = new HashMap<>(TestApplication.settings(data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crm.webhooks.port", "crm.management.port", "crm.console.port"})
    void namesThePortThatIsTaken(String setting) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put(setting, String.valueOf(taken.getLocalPort()));

            assertThat(failure())
                    .contains("127.0.0.1:" + taken.getLocalPort() + ": Address already in use")
                    .endsWith("Set " + setting + " to a free port");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1/crmsync, Connection to 127.0.0.1:1 refused",
        "no-such-host.invalid/crmsync, java.net.UnknownHostException: no-such-host.invalid",
    })
    void namesTheDatabaseThatCannotBeReached(String address, String reason) {
        settings.put("crm.database.url", "jdbc:postgresql://" + address + "?password=Kn0wnS3cret");

        assertThat(failure())
                .startsWith("The database jdbc:postgresql://" + address + " cannot be used: ")
                .contains(reason)
                .contains("Check crm.database.url, crm.database.username")
                .doesNotContain("Kn0wnS3cret");
    }

    @Test
    void namesTheFolderThatCannotBe() throws IOException {
        Path file = Files.createFile(data.resolve("file"));
        settings.put("crm.database.url", "jdbc:sqlite:" + file.resolve("crm-sync.db"));

        assertThat(failure())
                .startsWith("The folder of the SQLite file of crm.database.url cannot be created: " + file)
                .contains("FileAlreadyExistsException");
    }

    @Test
    void namesTheUsersFileThatIsMissing() {
        settings.put("crm.console.users-file", data.resolve("users").toString());

        assertThat(failure())
                .isEqualTo("crm.console.users-file " + data.resolve("users")
                        + " cannot be read: java.nio.file.NoSuchFileException: " + data.resolve("users"));
    }

    @Test
    void namesTheKeyThatIsNone() {
        settings.put("crm.database.encryption-keys", "a2V5");

        assertThat(failure())
                .startsWith("1 setting needs attention")
                .contains("crm.database.encryption-keys: A payload key has 3 bytes, needs 32")
                .contains("openssl rand -base64 32");
    }

    /** Without routes it would be ready, and refuse every webhook. */
    @Test
    void doesNotStartWithoutRoutes() {
        settings.put("camel.main.routesIncludePattern", "file:" + data + "/*.camel.yaml");

        assertThat(failure())
                .startsWith("1 setting needs attention")
                .contains("No route files are at file:" + data + "/*.camel.yaml: set camel.main.routesIncludePattern");
    }

    @Test
    void prodRefusesRoutesThatCannotRunAndNamesAllThatIsWrongWithFileAndLine() throws IOException {
        Path mistaken = Files.writeString(data.resolve("mistaken.camel.yaml"), """
                - route:
                    id: mistaken
                    from:
                      uri: direct:mistaken
                      steps:
                        - to: direct:nowhere
                        - choise: {}
                """);
        Path unreadable = Files.writeString(data.resolve("unreadable.camel.yaml"), "- route:\n\tid: unreadable\n");
        settings.putAll(SettingsTest.PRODUCTION);
        settings.put("crm.database.url", "jdbc:sqlite:" + data.resolve("crm-sync.db"));
        settings.put("camel.main.routesIncludePattern", "file:" + data + "/*.camel.yaml");

        assertThat(failure())
                .startsWith("The routes have 3 errors:")
                .contains(mistaken + ":6: mistaken: no route is from direct:nowhere")
                .contains(mistaken + ":7: mistaken: Camel has no 'choise' here: did you mean choice?")
                .contains(unreadable + ":2: it is no YAML: ");
    }

    @Test
    void saysItWithoutATrace() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CapturedLog log = new CapturedLog()) {
            settings.put("crm.webhooks.port", String.valueOf(taken.getLocalPort()));

            assertThat(failure()).contains("Address already in use");

            assertThat(log.text()).doesNotContain("\tat ", "ERROR");
        }
    }

    @Test
    void showsTheTraceOfAFaultOfTheProgram() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(StartFailure.of(new IllegalStateException("wrapped", new NullPointerException("nothing there"))))
                    .hasMessage("wrapped: nothing there");

            assertThat(log.text()).contains("NullPointerException", "\tat dev.crmsync.cli.StartFailureTest");
        }
    }

    private String failure() {
        try (Application application = new Application(settings)) {
            Throwable failure = catchThrowable(application::start);
            assertThat(failure).isNotNull();
            return failure.getMessage();
        }
    }
}
