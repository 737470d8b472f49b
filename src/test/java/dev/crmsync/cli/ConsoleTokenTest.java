package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.deadletter.EventFilter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs at the API with a token of the OpenID provider. */
class ConsoleTokenTest {

    private OpenIdProvider provider;
    private TestApplication application;
    private String console;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        provider = new OpenIdProvider();
        signIn();
        Map<String, String> settings = new HashMap<>(ConsoleProviderTest.settings(provider));
        settings.put("crm.console.oidc.api-clients", "pipeline, reports");
        application = TestApplication.start(data, settings);
        console = application.application().addresses().console();
    }

    @AfterEach
    void stop() {
        application.close();
        provider.close();
    }

    private void signIn() {
        provider.person("robot@example.com", List.of("admins"));
    }

    @Test
    void hasTheRightsOfWhomItWasMadeFor() {
        DeadLettersApi operator = RemoteDeadLetters.withToken(console, provider.token());

        assertThat(operator.discard(List.of(Long.MAX_VALUE), "a test")).isZero();

        provider.person("vera@example.com", List.of("crm-viewers"));
        DeadLettersApi viewer = RemoteDeadLetters.withToken(console, provider.token());

        assertThat(viewer.page(EventFilter.dead(), null, 1).has("events")).isTrue();
        assertThatThrownBy(() -> viewer.discard(List.of(1L), "a test")).hasMessageContaining("role operator");
    }

    @Test
    void mayBeThatOfAClientThatTheSettingsName() throws Exception {
        provider.lie("aud", List.of("elsewhere", OpenIdProvider.CLIENT));
        provider.lie("azp", "pipeline");
        provider.lie("client_id", OpenIdProvider.CLIENT);

        assertThat(statusWith(provider.token())).isEqualTo(200);
    }

    @Test
    void isRefusedWhenItIsThatOfAForeignClient() throws Exception {
        assertRefused("azp", "another");
        assertRefused("azp", List.of("pipeline"));
        assertRefused("client_id", "another");
    }

    @Test
    void isRefusedWhenItIsAnIdToken() throws Exception {
        assertRefused("nonce", "of-a-sign-in");
        assertRefused("at_hash", "77QmUPtjPfzWtF2AnpK9RQ");
        assertRefused("c_hash", "LDktKdoQak3Pk0cnXxCltA");
        assertRefused("typ", "ID");
        assertRefusedWithHeader("typ", "logout+jwt");
        assertRefusedWithHeader("typ", 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt", "application/at+jwt", "AT+JWT"})
    void mayHaveATypeOfAccessTokens(String type) throws Exception {
        provider.head("typ", type);

        assertThat(statusWith(provider.token())).isEqualTo(200);
    }

    @Test
    void isRefusedWhenItAsksForWhatIsNotUnderstood() throws Exception {
        assertRefusedWithHeader("crit", List.of("b64"));
        assertRefusedWithHeader("crit", List.of());
    }

    @Test
    void isRefusedUnlessItWasMadeForTheConsoleByItsProviderAndHoldsNow() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertRefused("aud", "another");
        assertRefused("iss", "https://elsewhere.example.com");
        assertRefused("exp", now - 3_600);
        assertRefused("iat", now + 3_600);
        assertRefused("realm_access", "nothing");
        signIn();
        provider.forge();
        assertThat(statusWith(provider.token())).isEqualTo(401);
        signIn();
        provider.leaveUnsigned();
        assertThat(statusWith(provider.token())).isEqualTo(401);
    }

    @Test
    void isReadWithAKeyThatTheProviderHasTakenIntoUseLately() throws Exception {
        assertThat(statusWith(provider.token())).isEqualTo(200);

        provider.rotate();

        assertThat(statusWith(provider.token())).isEqualTo(200);
    }

    @Test
    void costsTheProviderNothingWhenItIsMadeUp() throws Exception {
        String header = Base64.getUrlEncoder()
                .encodeToString("{\"alg\":\"RS256\",\"kid\":\"made-up\"}".getBytes(StandardCharsets.UTF_8));
        statusWith(header + ".e30.c2lnbmF0dXJl");
        int keysAsked = provider.keysAsked();
        for (int i = 0; i < 5; i++) {
            assertThat(statusWith(header + ".e30.c2lnbmF0dXJl")).isEqualTo(401);
            assertThat(statusWith("opaque")).isEqualTo(401);
        }

        assertThat(provider.keysAsked()).isEqualTo(keysAsked);
        assertThat(provider.introspections()).isZero();
    }

    private void assertRefusedWithHeader(String name, Object value) throws Exception {
        signIn();
        provider.head(name, value);
        assertThat(statusWith(provider.token())).as(name + " " + value).isEqualTo(401);
    }

    private void assertRefused(String claim, Object value) throws Exception {
        signIn();
        provider.lie(claim, value);
        assertThat(statusWith(provider.token())).as(claim).isEqualTo(401);
    }

    private int statusWith(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console + "/api/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
