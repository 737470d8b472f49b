package dev.crmsync.console;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.NoSuchKeyIdException;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the OpenID provider. Its description and keys are fetched when somebody first signs in, so that a provider
 * that is away keeps nothing else from working; keys it adds later are fetched when a token names them.
 */
final class OidcProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long KEYS_MILLIS = 60_000;

    private final Vertx vertx;
    private final OidcSettings settings;
    private final Supplier<String> otherwiseBack;
    private final Clock clock;
    private final AtomicLong keysAsked = new AtomicLong();
    private volatile Discovered discovered;

    private record Discovered(OAuth2Auth auth, String logoutUrl) {}

    /** @param otherwiseBack yields the redirect URL when the settings have none */
    OidcProvider(Vertx vertx, OidcSettings settings, Supplier<String> otherwiseBack, Clock clock) {
        this.clock = clock;
        this.vertx = vertx;
        this.settings = settings;
        this.otherwiseBack = otherwiseBack;
    }

    /**
     * Where to send a browser that wants to sign in.
     *
     * @throws ConsoleException when the provider cannot be reached
     */
    String authorizationUrl(OidcAttempt attempt) {
        return discovered()
                .auth()
                .authorizeURL(new OAuth2AuthorizationURL()
                        .setRedirectUri(redirectUrl())
                        .setScopes(settings.scopes())
                        .setState(attempt.state())
                        .setAdditionalParameters(Map.of(
                                "nonce", attempt.nonce(),
                                "code_challenge", attempt.challenge(),
                                "code_challenge_method", "S256")));
    }

    /**
     * Exchanges the code that a browser brought back.
     *
     * @throws ConsoleException when the provider refuses it, or its ID token is not signed by it
     */
    IdToken exchange(String code, OidcAttempt attempt) {
        OAuth2Auth auth = discovered().auth();
        User user = await(auth.authenticate(new Oauth2Credentials()
                .setFlow(OAuth2FlowType.AUTH_CODE)
                .setCode(code)
                .setRedirectUri(redirectUrl())
                .setCodeVerifier(attempt.verifier())));
        Optional<JsonObject> claims = Optional.ofNullable(user.attributes().getJsonObject("idToken"));
        if (claims.isEmpty() && user.attributes().containsKey("missing-kid")) {
            await(auth.jWKSet());
            claims = claims(decode(auth, user.principal().getString("id_token")));
        }
        return claims.filter(read ->
                        JoseHeader.of(user.principal().getString("id_token")).isUnderstood())
                .map(IdToken::new)
                .orElseThrow(() ->
                        new ConsoleException(401, "The identity provider sent no ID token that it has signed for us."));
    }

    /**
     * What the provider says of whoever brings this token, if it has signed it. It is asked for new keys at most once a
     * minute, and for nothing else: made-up tokens cost it nothing.
     *
     * @throws ConsoleException when the provider's description cannot be had
     */
    Optional<IdToken> read(String token) {
        OAuth2Auth auth = discovered().auth();
        AsyncResult<User> first = decode(auth, token);
        if (first.cause() instanceof NoSuchKeyIdException && mayAskForKeys()) {
            await(auth.jWKSet());
            first = decode(auth, token);
        }
        return claims(first).filter(read -> JoseHeader.of(token).isUnderstood()).map(IdToken::new);
    }

    private static Optional<JsonObject> claims(AsyncResult<User> decoded) {
        return Optional.ofNullable(decoded.result())
                .map(user -> user.attributes().getJsonObject("accessToken"));
    }

    private boolean mayAskForKeys() {
        long now = clock.millis();
        long last = keysAsked.get();
        return now - last >= KEYS_MILLIS && keysAsked.compareAndSet(last, now);
    }

    /** Where the provider ends its own session, and then sends the browser back; empty when there is no such place. */
    Optional<String> signOutUrl(Account account) {
        Discovered known = discovered;
        if (!account.credential().equals(settings.credential()) || known == null || known.logoutUrl() == null) {
            return Optional.empty();
        }
        String back = redirectUrl().replace(OidcSettings.CALLBACK, "/login");
        return Optional.of(known.logoutUrl() + (known.logoutUrl().contains("?") ? "&" : "?") + "client_id="
                + encoded(settings.clientId()) + "&post_logout_redirect_uri=" + encoded(back));
    }

    private String redirectUrl() {
        return settings.redirectUrl() == null ? otherwiseBack.get() : settings.redirectUrl();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Discovered discovered() {
        Discovered known = discovered;
        if (known != null) {
            return known;
        }
        OAuth2Options options = new OAuth2Options()
                .setSite(settings.issuer())
                .setClientId(settings.clientId())
                .setClientSecret(settings.clientSecret())
                .setHttpClientOptions(new HttpClientOptions()
                        .setConnectTimeout(TIMEOUT_MILLIS)
                        .setReadIdleTimeout(TIMEOUT_MILLIS / 1_000));
        OAuth2Auth auth = await(OpenIDConnectAuth.discover(vertx, options));
        requireTls(options);
        known = new Discovered(auth, options.getLogoutPath());
        // Tokens are read here or not at all: nobody shall make us ask the provider about what he has made up.
        options.setIntrospectionPath(null);
        discovered = known;
        return known;
    }

    /** A provider that is asked over TLS names nothing where the client's secret or a code would go without. */
    static void requireTls(OAuth2Options options) {
        Stream.of(options.getAuthorizationPath(), options.getTokenPath(), options.getJwkPath())
                .filter(url -> options.getSite().startsWith("https:") && url != null && url.startsWith("http:"))
                .findFirst()
                .ifPresent(url -> {
                    LOG.warn("The identity provider {} names {}: it must begin with https://", options.getSite(), url);
                    throw new ConsoleException(502, "The identity provider is set up unsafely; the log says how.");
                });
    }

    /** Within {@code compose}, since a wrong signature is thrown at once. */
    private static AsyncResult<User> decode(OAuth2Auth auth, String token) {
        return await(Future.succeededFuture(new TokenCredentials(token))
                .compose(auth::authenticate)
                .transform(Future::succeededFuture));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsoleException(503, "The console is stopping.");
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Signing in at the identity provider failed: {}", e.toString());
            throw new ConsoleException(502, "The identity provider did not confirm it; the console's log says why.");
        }
    }
}
