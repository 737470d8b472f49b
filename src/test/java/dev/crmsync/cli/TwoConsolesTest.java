package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.crmsync.inbox.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one PostgreSQL behind one address: people notice nothing of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoConsolesTest {

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private PostgresServer server;
    private OpenIdProvider provider;
    private TestApplication one;
    private TestApplication other;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        server = PostgresServer.start();
        String hash = BCrypt.withDefaults().hashToString(4, "secret".toCharArray());
        Path users = Files.write(
                data.resolve("users"), List.of("ann:operator:" + hash, "ben:operator:" + hash, "cem:operator:" + hash));
        provider = new OpenIdProvider();
        Map<String, String> settings = new HashMap<>(ConsoleProviderTest.settings(provider));
        settings.put("crm.console.oidc.redirect-url", "https://console.example.com/login/oidc/callback");
        settings.put("crm.console.users-file", users.toString());
        settings.put("crm.console.behind-tls", "true");
        settings.put("crm.database.url", server.newDatabase());
        settings.put("crm.database.username", PostgresServer.USER);
        settings.put("crm.database.password", PostgresServer.PASSWORD);
        one = TestApplication.start(data.resolve("one"), settings);
        other = TestApplication.start(data.resolve("other"), settings);
    }

    @AfterAll
    void stop() throws Exception {
        one.close();
        other.close();
        provider.close();
        server.close();
    }

    @Test
    void whoSignedInAtOneIsKnownToTheOther() throws Exception {
        String cookie = signIn(one, "ann");

        HttpResponse<String> page = get(other, "/", cookie);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("ann · operator");
        HttpResponse<String> acted = post(
                one,
                "/pauses",
                Map.of("csrf", csrf(page), "scope", "object:Contact", "reason", "a form of the other"),
                cookie);
        assertThat(acted.statusCode()).isEqualTo(303);
        assertThat(get(other, "/", cookie + "; " + cookie(acted, "crm-notice")).body())
                .contains("Delivery of object:Contact is paused");
    }

    @Test
    void aSignInAtTheProviderMayBeginAtOneAndEndAtTheOther() throws Exception {
        provider.person("olga@example.com", List.of("admins"));
        HttpResponse<String> begun = get(one, "/login/oidc", "");
        HttpResponse<String> there = send(HttpRequest.newBuilder(location(begun)));

        HttpResponse<String> back = get(other, path(location(there)), cookie(begun, "crm-sign-in"));

        assertThat(get(one, "/", cookie(back, "crm-session")).body()).contains("olga@example.com · operator");
    }

    @Test
    void whoSignedOutAtOneIsAVisitorAtTheOther() throws Exception {
        String cookie = signIn(one, "ann");
        post(other, "/logout", Map.of("csrf", csrf(get(one, "/", cookie))), cookie);

        assertThat(get(one, "/", cookie).statusCode()).isEqualTo(303);
        assertThat(get(other, "/", cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void aFormWithTheTokenOfAnotherSessionIsRefusedByBoth() throws Exception {
        String cookie = signIn(one, "ann");
        String foreign = csrf(get(other, "/", signIn(other, "ben")));

        for (TestApplication replica : List.of(one, other)) {
            Map<String, String> form = Map.of("csrf", foreign, "scope", "all", "reason", "forged");
            assertThat(post(replica, "/pauses", form, cookie).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void guessesAtBothAreCountedTogether() throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(signIn(i % 2 == 0 ? one : other, "guessed", "wrong" + i).statusCode());
        }

        assertThat(answers).startsWith(401, 401, 401, 401, 401).contains(429);
    }

    @Test
    void aBrowserKnownToOneIsKnownToTheOther() throws Exception {
        String device = cookie(signIn(one, "cem", "secret"), "crm-device");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> signIn(one, "cem", "wrong").statusCode() == 429);

        assertThat(post(other, "/login", Map.of("name", "cem", "password", "secret"), device)
                        .statusCode())
                .isEqualTo(303);
    }

    private String signIn(TestApplication replica, String name) throws Exception {
        return cookie(signIn(replica, name, "secret"), "crm-session");
    }

    private HttpResponse<String> signIn(TestApplication replica, String name, String password) throws Exception {
        return post(replica, "/login", Map.of("name", name, "password", password), "");
    }

    private HttpResponse<String> get(TestApplication replica, String path, String cookie) throws Exception {
        return send(HttpRequest.newBuilder(uri(replica, path)).header("Cookie", cookie));
    }

    private HttpResponse<String> post(TestApplication replica, String path, Map<String, String> form, String cookie)
            throws Exception {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(uri(replica, path))
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(TestApplication replica, String path) {
        return URI.create(replica.application().addresses().console() + path);
    }

    private static URI location(HttpResponse<?> answer) {
        return URI.create(answer.headers().firstValue("location").orElseThrow());
    }

    private static String path(URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String cookie(HttpResponse<?> answer, String name) {
        List<String> set = answer.headers().allValues("set-cookie");
        assertThat(set).allMatch(line -> line.contains("; HTTPOnly") && line.contains("; Secure"));
        return set.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static String csrf(HttpResponse<String> page) {
        Matcher field = CSRF.matcher(page.body());
        assertThat(field.find()).isTrue();
        return field.group(1);
    }
}
