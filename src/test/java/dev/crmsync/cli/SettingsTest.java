package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.crmsync.event.EventState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application says about its settings, and where it takes them from. */
class SettingsTest {

    static final Map<String, String> PRODUCTION = new HashMap<>(Map.of(
            "crm.profile", "prod",
            "crm.database.url", "jdbc:postgresql://db.example/crmsync",
            "crm.salesforce.login-url", "https://acme.my.salesforce.com",
            "crm.salesforce.client-id", "consumer-key",
            "crm.salesforce.client-secret", "Kn0wnS3cret"));

    static {
        PRODUCTION.putAll(TestSender.SETTINGS);
        PRODUCTION.putAll(TestSender.OWN_SECRETS);
    }

    @Test
    void productionNamesEverythingThatIsMissingAtOnce() {
        assertThat(refusal(Map.of("crm.profile", "prod")))
                .contains("crm.database.url is missing", "CRM_DATABASE_URL")
                .contains("crm.salesforce.login-url is missing", "CRM_SALESFORCE_LOGIN_URL")
                .contains("crm.salesforce.client-id is missing", "CRM_SALESFORCE_CLIENT_ID")
                .contains("crm.salesforce.client-secret is missing", "CRM_SALESFORCE_CLIENT_SECRET")
                .contains("Signing secret for 'pivotal' is missing: set crm.pivotal.signing-secrets")
                .contains("Event types of 'emporix' that change data need a signing secret each")
                .contains("Signing secret for 'plain' is missing: set crm.plain.signing-secrets")
                .startsWith("7 settings need attention");
    }

    @ParameterizedTest
    @CsvSource({
        "crm.webhooks.port, 70000, crm.webhooks.port is '70000'",
        "crm.webhooks.max-concurrent, many, crm.webhooks.max-concurrent is 'many'",
        "crm.delivery.lease, soon, crm.delivery.lease is 'soon'",
        "crm.test-events, maybe, crm.test-events is 'maybe'",
        "crm.test-events, deliver, is a production org",
        "crm.salesforce.login-url, acme, crm.salesforce.login-url is 'acme'",
        "crm.salesforce.login-url, http://acme.my.salesforce.com, must begin with https:// in prod",
        "crm.salesforce.login-url, HTTP://acme.my.salesforce.com, crm.salesforce.login-url is 'HTTP://acme.my.salesforce.com'",
        "crm.salesforce.login-url, http://localhost.example.com, must begin with https:// in prod",
        "crm.salesforce.login-url, http://127.0.0.1.example.com, must begin with https:// in prod",
        "crm.salesforce.api-version, latest, crm.salesforce.api-version is 'latest'",
        "crm.database.url, jdbc:mysql://db/crm?password=Kn0wnS3cret, crm.database.url must start with jdbc:postgresql:",
        "crm.pivotal.signing-secrets, whsec_Kn0wnS3cret, crm.pivotal.signing-secrets holds an unusable secret",
        "crm.console.oidc.client-id, crm-sync, crm.console.oidc.issuer is missing",
        "crm.console.behind-tls, maybe, crm.console.behind-tls is 'maybe'",
        "crm.delivery.first-retry, 2h, crm.delivery.first-retry must be positive and at most",
    })
    void refusesAValueThatMakesNoSenseAndSaysWhatWould(String setting, String value, String complaint) {
        Map<String, String> settings = new HashMap<>(PRODUCTION);
        settings.put(setting, value);

        assertThat(refusal(settings)).startsWith("1 setting needs attention").contains(complaint);
    }

    @Test
    void productionDemandsASecretForEachEmporixTypeThatChangesData() {
        Map<String, String> settings = new HashMap<>(PRODUCTION);
        settings.remove("crm.emporix.signing-secrets.customer.created");
        settings.put("crm.emporix.signing-secrets.customer.updated", "new, one of two");
        settings.put("crm.emporix.signing-secrets.customer.deleted", "one of two");
        settings.put("crm.emporix.signing-secrets.customer.logged.in", TestSender.EMPORIX_HTTP_SECRET);

        assertThat(refusal(settings))
                .startsWith("1 setting needs attention")
                .contains("Event types of 'emporix' that change data need a signing secret each, or one could be posted"
                        + " as another: set crm.emporix.signing-secrets.customer.created,"
                        + " crm.emporix.signing-secrets.customer.updated,"
                        + " crm.emporix.signing-secrets.customer.deleted,"
                        + " crm.emporix.signing-secrets.customer.logged.in to secrets that no other type has")
                .doesNotContain("one of two", TestSender.EMPORIX_HTTP_SECRET);
    }

    @Test
    void productionSignsPeopleInOverTlsOnly() {
        Map<String, String> settings = new HashMap<>(PRODUCTION);
        settings.put("crm.console.oidc.issuer", "http://id.example.com");
        settings.put("crm.console.oidc.redirect-url", "https://crm.example.com/login");

        assertThat(refusal(settings))
                .startsWith("3 settings need attention")
                .contains("crm.console.oidc.client-id is missing", "CRM_CONSOLE_OIDC_CLIENT_ID")
                .contains("crm.console.oidc.issuer is 'http://id.example.com', must begin with https://")
                .contains("crm.console.oidc.redirect-url is 'https://crm.example.com/login', its path must be"
                        + " /login/oidc/callback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8082", "http://127.0.0.1:8082", "http://[::1]:8082"})
    void productionTakesASandboxOnTheSameMachineWithoutTls(String url) {
        Map<String, String> settings = new HashMap<>(PRODUCTION);
        settings.put("crm.salesforce.login-url", url);
        settings.put("crm.webhooks.port", "x");

        assertThat(refusal(settings)).startsWith("1 setting needs attention").contains("crm.webhooks.port");
    }

    @Test
    void developmentListensOnThisMachineOnlyUnlessToldOtherwise() {
        assertThat(host(Map.of(), true)).isEqualTo("127.0.0.1");
        assertThat(host(Map.of("crm.http.host", "0.0.0.0"), true)).isEqualTo("0.0.0.0");
        assertThat(host(Map.of(), false)).isEqualTo("0.0.0.0");
    }

    private static String host(Map<String, String> settings, boolean dev) {
        return Ports.read(new SettingsReader(name -> Optional.ofNullable(settings.get(name))), dev)
                .host();
    }

    @Test
    void refusesAnUnknownProfile(@TempDir Path data) {
        assertThat(refusal(Map.of("crm.profile", "production", "crm.data.directory", data.toString())))
                .contains("crm.profile is 'production', expected dev or prod");
    }

    @Test
    void neverRepeatsASecret() {
        Map<String, String> settings = new HashMap<>(PRODUCTION);
        settings.put("crm.database.encryption-keys", "Kn0wnS3cret-no-key");
        settings.put("crm.database.password", "Kn0wnS3cret");
        settings.put("crm.pivotal.signing-secrets", "whsec_Kn0wnS3cret,whsec_!Kn0wnS3cret");
        settings.put("crm.webhooks.port", "x");

        assertThat(refusal(settings)).doesNotContain("Kn0wnS3cret");
    }

    @Test
    void readsMountedFilesAndLogsNothingOfThem(@TempDir Path data, @TempDir Path mounted) throws Exception {
        for (Map.Entry<String, String> setting : TestApplication.settings(data).entrySet()) {
            Files.writeString(mounted.resolve(setting.getKey()), setting.getValue() + "\n");
        }

        System.setProperty("camel.main.cloud-properties-location", mounted.toString());
        try (CapturedLog log = new CapturedLog();
                Application application = new Application(Map.of())) {
            application.start();
            TestSender sender = new TestSender(application.addresses().webhooks());

            assertThat(sender.pivotal(PivotalEvent.of("mounted")).status()).isEqualTo(202);
            assertThat(Files.exists(data.resolve(DevDefaults.FILE))).isFalse();
            assertThat(log.text())
                    .contains("Routes startup")
                    .doesNotContain(TestSender.PIVOTAL_SECRET)
                    .doesNotContain(TestSender.PLAIN_SECRET)
                    .doesNotContain(TestSender.EMPORIX_HTTP_SECRET);
        } finally {
            System.clearProperty("camel.main.cloud-properties-location");
        }
    }

    @Test
    void makesUpSecretsInDevelopmentAndKeepsThem(@TempDir Path data) throws Exception {
        Map<String, String> settings = new HashMap<>(TestApplication.settings(data));
        TestSender.SETTINGS.keySet().forEach(settings::remove);
        settings.put("crm.test-events", "deliver");

        for (int start = 0; start < 2; start++) {
            try (Application application = new Application(settings)) {
                application.start();
            }
        }

        assertThat(Files.readAllLines(data.resolve(DevDefaults.FILE)).stream().filter(line -> line.contains("whsec_")))
                .hasSize(3);
    }

    @Test
    void endsTheProcessWithOneMessageAndAnErrorCode(@TempDir Path home) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.crmsync.cli.CrmSync")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().put("CRM_PROFILE", "prod");
        builder.environment().put("CRM_SALESFORCE_CLIENT_SECRET", "Kn0wnS3cret");
        builder.environment().put("CRM_PLAIN_SIGNING_SECRETS", "Kn0wnS3cret");
        builder.environment().put("CRM_EMPORIX_SIGNING_SECRETS_CUSTOMER_CREATED", "Kn0wnS3cret");
        builder.environment().put("CRM_PIVOTAL_SIGNING_SECRETS", "whsec_Kn0wnS3cret");

        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(home.resolve("output"), StandardCharsets.UTF_8))
                .containsOnlyOnce("settings need attention")
                .contains("crm.database.url is missing", "crm.pivotal.signing-secrets holds an unusable secret")
                .contains(
                        "set crm.emporix.signing-secrets.customer.updated, crm.emporix.signing-secrets.customer.deleted,")
                .doesNotContain("client-secret is missing", "crm.plain.signing", "signing-secrets.customer.created")
                .doesNotContain("Kn0wnS3cret", "\tat ");
    }

    @Test
    void deliversTestEventsOnlyWhereItIsToldTo(@TempDir Path data) {
        byte[] event = new String(PivotalEvent.of("practice"), StandardCharsets.UTF_8)
                .replace("\"livemode\": true", "\"livemode\": false")
                .getBytes(StandardCharsets.UTF_8);

        try (TestApplication application = TestApplication.start(data, Map.of("crm.test-events", "deliver"))) {
            assertThat(application.ended(application.sender().pivotal(event)).state())
                    .isEqualTo(EventState.DELIVERED);
        }
    }

    private static String refusal(Map<String, String> settings) {
        try (Application application = new Application(settings)) {
            return catchThrowable(application::start).getMessage();
        }
    }
}
