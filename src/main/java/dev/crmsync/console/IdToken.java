package dev.crmsync.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a provider says of somebody, once its signature holds; at a sign-in checked as <a
 * href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core, 3.1.3.7</a> asks.
 */
record IdToken(JsonObject claims) {

    private static final long LEEWAY_SECONDS = 60;
    private static final Set<String> ID_TOKEN_CLAIMS = Set.of("nonce", "at_hash", "c_hash");

    /** The second one is that of RFC 9068. */
    private static final Set<String> CLIENT_CLAIMS = Set.of("azp", "client_id");

    /** @throws ConsoleException unless it was made for this client and this attempt to sign in, and holds now */
    void verify(OidcSettings settings, String nonce, Instant now) {
        boolean holds = isForUs(settings, now)
                && (audience().size() == 1 || claims.containsKey("azp"))
                && (!claims.containsKey("azp") || settings.clientId().equals(text("azp")))
                && Token.isSame(text("nonce"), nonce);
        if (!holds) {
            throw new ConsoleException(
                    401, "What the identity provider says was not meant for this sign-in: try again.");
        }
    }

    /**
     * Whether the provider has made it for this console and it holds now: what is asked of the token that a program brings,
     * which may be another client's (<a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068, 4</a>).
     */
    boolean isForUs(OidcSettings settings, Instant now) {
        return settings.issuer().equals(withoutSlash(text("iss")))
                && audience().contains(settings.clientId())
                && seconds("exp") > now.getEpochSecond() - LEEWAY_SECONDS
                && seconds("iat") < now.getEpochSecond() + LEEWAY_SECONDS;
    }

    /**
     * Whether the provider says that it has told somebody's client who he is: nonce and hashes are claims of ID tokens alone
     * (<a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core, 2 and 3.3.2.11</a>), and
     * Keycloak says it in so many words.
     */
    boolean isMarkedAsIdToken() {
        return ID_TOKEN_CLAIMS.stream().anyMatch(claims::containsKey) || "ID".equals(text("typ"));
    }

    /** Whether the client that got it, where it is named, is the console's or one of those that may use the API. */
    boolean isOfClient(OidcSettings settings) {
        return CLIENT_CLAIMS.stream()
                .filter(claims::containsKey)
                .map(this::text)
                .allMatch(client -> settings.clientId().equals(client)
                        || client != null && settings.apiClients().contains(client));
    }

    private List<String> audience() {
        return texts(claims.getValue("aud")).toList();
    }

    private static String withoutSlash(String url) {
        return url != null && url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private String text(String claim) {
        return claims.getValue(claim) instanceof String text ? text : null;
    }

    /** 0 when it is missing or no number, which no check passes for {@code exp}. */
    private long seconds(String claim) {
        return claims.getValue(claim) instanceof Number number ? number.longValue() : 0;
    }

    /** The name for the audit: the claim asked for, else the provider's own id of the person. */
    String name(String claim) {
        return Stream.of(claim, "email", "sub")
                .map(this::text)
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElseThrow(() -> new ConsoleException(401, "The identity provider does not say who you are."));
    }

    /** The highest role among those claimed; empty when none of them means anything here. */
    Optional<Role> role(OidcSettings settings) {
        Set<String> claimed = texts(find(settings.rolesClaim())).collect(Collectors.toSet());
        if (claimed.stream().anyMatch(settings.operatorRoles()::contains)) {
            return Optional.of(Role.OPERATOR);
        }
        return claimed.stream().anyMatch(settings.viewerRoles()::contains)
                ? Optional.of(Role.VIEWER)
                : Optional.empty();
    }

    /** The claim of that name, which may have dots in it as URLs have; else what lies on that way. */
    private Object find(String path) {
        if (claims.containsKey(path)) {
            return claims.getValue(path);
        }
        Object found = claims;
        for (String name : path.split("\\.")) {
            found = found instanceof JsonObject object ? object.getValue(name) : null;
        }
        return found;
    }

    private static Stream<String> texts(Object claim) {
        if (claim instanceof JsonArray several) {
            return several.stream().filter(String.class::isInstance).map(String.class::cast);
        }
        return claim instanceof String one ? Stream.of(one) : Stream.empty();
    }
}
