package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import dev.crmsync.sandbox.org.Org;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final String TOKEN = "/services/oauth2/token";
    private static final String JWT_BEARER = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";

    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&client_id=a&client_secret=b&format=json",
                "grant_type=password&client_id=a&client_secret=b&username=u&password=p",
                "grant_type=refresh_token&client_id=a&refresh_token=r"
            })
    void aGrantOpensASession(String form) {
        JsonNode answer = client.form(TOKEN, form).json();

        assertThat(answer.path("access_token").asText()).startsWith("00D");
        assertThat(answer.path("instance_url").asText()).isEqualTo(sandbox.url());
        assertThat(answer.path("id").asText()).matches(".*/id/00D\\w{15}/005\\w{15}");
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("issued_at").isTextual()).isTrue();
        assertThat(answer.has("expires_in")).isFalse();
    }

    @Test
    void aJwtWithPaddingAndATextForItsExpiryOpensASession() {
        assertThat(jwt("{\"iss\":\"a\",\"sub\":\"u\",\"aud\":\"https://login.salesforce.com\",\"exp\":\"4102444800\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({Org.USERNAME + "," + Org.USERNAME, Org.PERSON_USERNAME + "," + Org.PERSON_USERNAME, "u," + Org.USERNAME
    })
    void aLoginIsThePersonsOnlyUnderThatName(String username, String user) {
        String form = "grant_type=password&client_id=a&client_secret=b&password=p&username=" + Client.encoded(username);
        String claims = "{\"iss\":\"a\",\"sub\":\"" + username + "\",\"aud\":\"x\",\"exp\":4102444800}";

        assertThat(userOf(client.form(TOKEN, form))).isEqualTo(user);
        assertThat(userOf(jwt(claims))).isEqualTo(user);
    }

    private String userOf(Answer login) {
        String id = login.json().path("id").asText().substring(sandbox.url().length());
        return client.call("GET", id, "").json().path("username").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"iss":"a","sub":"u","exp":4102444800}             | Audience validation failed
            {"iss":"a","aud":"x","exp":4102444800}             | user hasn't approved this consumer
            {"iss":"a","sub":"u","aud":"x","exp":1}            | expired authorization code
            """, quoteCharacter = '`')
    void aJwtWithWrongClaimsIsRefused(String claims, String description) {
        Answer answer = jwt(claims);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.json().path("error_description").asText()).isEqualTo(description);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grant_type=magic                                   | unsupported_grant_type
            grant_type=client_credentials&client_id=a          | invalid_request
            grant_type=refresh_token&client_id=a               | invalid_request
            """)
    void aLoginThatLacksSomethingIsRefused(String form, String error) {
        Answer answer = client.form(TOKEN, form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }

    @Test
    void withoutASessionNothingIsAnswered() {
        client.call("POST", "/services/oauth2/revoke?token=" + Client.encoded(client.token()), "");

        Answer answer = client.get("/limits");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorCode()).isEqualTo("INVALID_SESSION_ID");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Token");
    }

    @Test
    void theVersionsAreAnsweredToEverybodyAndNotCounted() {
        client.control("POST", "/sessions/expire", "");

        assertThat(client.call("GET", "/services/data/", "").status()).isEqualTo(200);
        client.login();
        assertThat(client.get("/limits").header("Sforce-Limit-Info")).startsWith("api-usage=1/");
    }

    @Test
    void aSessionIsGoodForSoManyCalls() {
        client.control("PUT", "/settings", "{\"sessionCalls\":2}");

        assertThat(client.get("/limits").status()).isEqualTo(200);
        assertThat(client.get("/limits").status()).isEqualTo(200);
        assertThat(client.get("/limits").status()).isEqualTo(401);
    }

    @Test
    void anIdleSessionEnds() {
        client.control("PUT", "/settings", "{\"sessionSeconds\":60,\"clockOffsetMillis\":30000}");
        assertThat(client.get("/limits").status()).isEqualTo(200);

        client.control("PUT", "/settings", "{\"clockOffsetMillis\":120000}");
        assertThat(client.get("/limits").status()).isEqualTo(401);
    }

    @Test
    void tooManyLoginsAreRefused() {
        client.control("PUT", "/settings", "{\"loginsPerHour\":1}");

        assertThat(client.form(TOKEN, "grant_type=client_credentials&client_id=a&client_secret=b")
                        .json()
                        .path("error_description")
                        .asText())
                .isEqualTo("login rate exceeded");
    }

    @Test
    void theQuotaIsCountedAndKept() {
        client.control("PUT", "/settings", "{\"quota\":10}");
        client.control("PUT", "/usage", "{\"used\":8}");

        Answer limits = client.get("/limits");
        assertThat(limits.header("Sforce-Limit-Info")).isEqualTo("api-usage=9/10");
        assertThat(limits.json().path("DailyApiRequests").path("Remaining").asInt())
                .isEqualTo(1);
        client.get("/limits");
        Answer refused = client.get("/limits");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(refused.json().path(0).path("message").asText()).isEqualTo("TotalRequests Limit exceeded.");

        client.control("PUT", "/settings", "{\"clockOffsetMillis\":90000000}");
        client.login();
        assertThat(client.get("/limits").status()).isEqualTo(200);
    }

    @Nested
    class WithAConfiguredClient {
        @RegisterExtension
        final RunningSandbox strict =
                new RunningSandbox(SandboxOptions.inMemory().withClient("me", "secret"));

        @ParameterizedTest
        @CsvSource({"me,secret,", "me,wrong,invalid_client", "you,secret,invalid_client_id"})
        void onlyThatOneMayLogIn(String id, String secret, String error) {
            Answer answer = strict.client()
                    .form(TOKEN, "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret);

            assertThat(answer.status()).isEqualTo(error == null ? 200 : 400);
            assertThat(answer.json().path("error").textValue()).isEqualTo(error);
        }
    }

    private Answer jwt(String claims) {
        String padded = Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return client.form(
                TOKEN, "grant_type=" + JWT_BEARER + "&assertion=" + Client.encoded("e30=." + padded + ".c2ln"));
    }
}
