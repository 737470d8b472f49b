package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider's ID token means, once its signature holds. */
class IdTokenTest {

    private static final Instant NOW = Instant.parse("2026-05-26T12:00:00Z");

    @Test
    void aTokenForThisSignInHolds() {
        assertThatCode(() -> new IdToken(claims()).verify(settings("roles"), "nonce", NOW))
                .doesNotThrowAnyException();
        assertThatCode(() -> new IdToken(claims().put("iss", "https://id.example.com/"))
                        .verify(settings("roles"), "nonce", NOW))
                .doesNotThrowAnyException();
        assertThatCode(() -> new IdToken(
                                claims().put("aud", new JsonArray().add("crm").add("other"))
                                        .put("azp", "crm"))
                        .verify(settings("roles"), "nonce", NOW))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example.com",
        "aud, other",
        "azp, other",
        "nonce, another",
        "exp, never",
        "iat, 99999999999",
    })
    void aTokenForAnythingElseDoesNot(String claim, String value) {
        JsonObject claims = claims().put(claim, value.matches("\\d+") ? Long.valueOf(value) : value);

        assertThatThrownBy(() -> new IdToken(claims).verify(settings("roles"), "nonce", NOW))
                .isInstanceOf(ConsoleException.class);
    }

    @ParameterizedTest
    @CsvSource({"nonce", "exp", "iss", "aud"})
    void aTokenThatLeavesOutWhatCountsDoesNot(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);

        assertThatThrownBy(() -> new IdToken(claims).verify(settings("roles"), "nonce", NOW))
                .isInstanceOf(ConsoleException.class);
    }

    @Test
    void severalAudiencesNeedTheOneItWasIssuedTo() {
        JsonObject claims = claims().put("aud", new JsonArray().add("crm").add("other"));

        assertThatThrownBy(() -> new IdToken(claims).verify(settings("roles"), "nonce", NOW))
                .isInstanceOf(ConsoleException.class);
    }

    @Test
    void rolesAreFoundWhereProvidersPutThem() {
        JsonObject nested = new JsonObject()
                .put(
                        "realm_access",
                        new JsonObject()
                                .put("roles", new JsonArray().add("operator").add("viewer")));
        assertThat(new IdToken(nested).role(settings("realm_access.roles"))).contains(Role.OPERATOR);
        JsonObject url = new JsonObject().put("https://example.com/roles", new JsonArray().add("viewer"));
        assertThat(new IdToken(url).role(settings("https://example.com/roles"))).contains(Role.VIEWER);
        assertThat(new IdToken(new JsonObject().put("role", "operator")).role(settings("role")))
                .contains(Role.OPERATOR);
        assertThat(new IdToken(new JsonObject().put("roles", new JsonArray().add("admin"))).role(settings("roles")))
                .isEmpty();
        assertThat(new IdToken(new JsonObject()).role(settings("realm_access.roles")))
                .isEmpty();
    }

    @Test
    void aPersonIsNamedByTheClaimOrElseByTheProvidersId() {
        assertThat(new IdToken(claims().put("preferred_username", "ann")).name("preferred_username"))
                .isEqualTo("ann");
        assertThat(new IdToken(claims()).name("preferred_username")).isEqualTo("person-1");
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "https://id.example.com")
                .put("aud", "crm")
                .put("sub", "person-1")
                .put("nonce", "nonce")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 300);
    }

    private static OidcSettings settings(String rolesClaim) {
        return new OidcSettings(
                "https://id.example.com",
                "crm",
                null,
                null,
                List.of("openid"),
                "preferred_username",
                rolesClaim,
                Set.of("operator"),
                Set.of("viewer"),
                Set.of());
    }
}
