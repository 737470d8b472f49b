package dev.crmsync.console;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the OpenID provider. Its description and keys are fetched when somebody first signs in, so that a provider
 * that is away keeps nothing else from working; keys it adds later are fetched when a token names them. Whoever waits for
 * it waits without a thread, and it is asked for a few things at a time, however many people or programs come: a provider
 * that is slow, or whom strangers keep busy, keeps nobody else waiting.
 */
final class OidcProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long KEYS_MILLIS = 60_000;

    /** Codes exchanged at the same time, so that made-up ones occupy neither us nor the provider. */
    private static final int MOST_EXCHANGES = 4;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final OidcSettings settings;
    private final Supplier<String> otherwiseBack;
    private final Clock clock;
    private final AtomicLong keysAsked = new AtomicLong();
    private final Semaphore exchanges = new Semaphore(MOST_EXCHANGES);
    private final AtomicReference<Future<Discovered>> discovering = new AtomicReference<>();

    private record Discovered(OAuth2Auth auth, String logoutUrl) {}

    /** @param otherwiseBack yields the redirect URL when the settings have none */
    OidcProvider(Vertx vertx, OidcSettings settings, Supplier<String> otherwiseBack, Clock clock) {
        this.clock = clock;
        this.vertx = vertx;
        this.settings = settings;
        this.otherwiseBack = otherwiseBack;
    }

    /** Where to send a browser that wants to sign in. Fails with a {@link ConsoleException} when the provider is away. */
    Future<String> authorizationUrl(OidcAttempt attempt) {
        return discovered()
                .map(known -> known.auth()
                        .authorizeURL(new OAuth2AuthorizationURL()
                                .setRedirectUri(redirectUrl())
                                .setScopes(settings.scopes())
                                .setState(attempt.state())
                                .setAdditionalParameters(Map.of(
                                        "nonce", attempt.nonce(),
                                        "code_challenge", attempt.challenge(),
                                        "code_challenge_method", "S256"))));
    }

    /**
     * Exchanges the code that a browser brought back. Fails with a {@link ConsoleException} when the provider refuses it, its
     * ID token is not signed by it, or too many codes are being exchanged.
     */
    Future<IdToken> exchange(String code, OidcAttempt attempt) {
        if (!exchanges.tryAcquire()) {
            return Future.failedFuture(
                    new ConsoleException(503, "Too many are signing in at this moment: try again.", RETRY));
        }
        return discovered()
                .compose(known -> answered(known.auth()
                                .authenticate(new Oauth2Credentials()
                                        .setFlow(OAuth2FlowType.AUTH_CODE)
                                        .setCode(code)
                                        .setRedirectUri(redirectUrl())
                                        .setCodeVerifier(attempt.verifier())))
                        .compose(user -> idToken(known.auth(), user)))
                .onComplete(done -> exchanges.release());
    }

    private static Future<IdToken> idToken(OAuth2Auth auth, User user) {
        String token = user.principal().getString("id_token");
        JsonObject read = user.attributes().getJsonObject("idToken");
        Future<Optional<JsonObject>> claims = read == null && user.attributes().containsKey("missing-kid")
                ? answered(auth.jWKSet()).compose(fetched -> claims(auth, token))
                : Future.succeededFuture(Optional.ofNullable(read));
        return claims.map(found -> found.filter(any -> JoseHeader.of(token).isUnderstood())
                .map(IdToken::new)
                .orElseThrow(() -> new ConsoleException(
                        401, "The identity provider sent no ID token that it has signed for us.")));
    }

    /**
     * What the provider says of whoever brings this token, if it has signed it. It is asked for new keys at most once a
     * minute, and for nothing else: made-up tokens cost it nothing. Fails with a {@link ConsoleException} when the provider's
     * description cannot be had.
     */
    Future<Optional<IdToken>> read(String token) {
        return discovered()
                .compose(known -> read(known.auth(), token))
                .map(claims -> claims.filter(read -> JoseHeader.of(token).isUnderstood())
                        .map(IdToken::new));
    }

    private Future<Optional<JsonObject>> read(OAuth2Auth auth, String token) {
        return decode(auth, token).transform(first -> {
            if (first.cause() instanceof NoSuchKeyIdException && mayAskForKeys()) {
                return answered(auth.jWKSet()).compose(fetched -> claims(auth, token));
            }
            return Future.succeededFuture(claims(first));
        });
    }

    private static Future<Optional<JsonObject>> claims(OAuth2Auth auth, String token) {
        return decode(auth, token).transform(decoded -> Future.succeededFuture(claims(decoded)));
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
        Future<Discovered> known = discovering.get();
        if (!account.credential().equals(settings.credential())
                || known == null
                || !known.succeeded()
                || known.result().logoutUrl() == null) {
            return Optional.empty();
        }
        String there = known.result().logoutUrl();
        String back = redirectUrl().replace(OidcSettings.CALLBACK, "/login");
        return Optional.of(there + (there.contains("?") ? "&" : "?") + "client_id=" + encoded(settings.clientId())
                + "&post_logout_redirect_uri=" + encoded(back));
    }

    private String redirectUrl() {
        return settings.redirectUrl() == null ? otherwiseBack.get() : settings.redirectUrl();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Asked for once by all who come at that time, and again only when that failed. */
    private Future<Discovered> discovered() {
        Promise<Discovered> mine = Promise.promise();
        Future<Discovered> others = discovering.compareAndExchange(null, mine.future());
        if (others != null) {
            return others;
        }
        discover().onComplete(done -> {
            if (done.failed()) {
                discovering.set(null);
            }
            mine.handle(done);
        });
        return mine.future();
    }

    private Future<Discovered> discover() {
        OAuth2Options options = new OAuth2Options()
                .setSite(settings.issuer())
                .setClientId(settings.clientId())
                .setClientSecret(settings.clientSecret())
                .setHttpClientOptions(new HttpClientOptions()
                        .setConnectTimeout(TIMEOUT_MILLIS)
                        .setReadIdleTimeout(TIMEOUT_MILLIS / 1_000));
        return answered(OpenIDConnectAuth.discover(vertx, options)).map(auth -> {
            requireTls(options);
            Discovered known = new Discovered(auth, options.getLogoutPath());
            // Tokens are read here or not at all: nobody shall make us ask the provider about what he has made up.
            options.setIntrospectionPath(null);
            return known;
        });
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
    private static Future<User> decode(OAuth2Auth auth, String token) {
        return Future.succeededFuture(new TokenCredentials(token)).compose(auth::authenticate);
    }

    /** What the provider answers, in time. */
    private static <T> Future<T> answered(Future<T> asked) {
        return asked.timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).recover(failure -> {
            LOG.warn("Signing in at the identity provider failed: {}", failure.toString());
            return Future.failedFuture(
                    new ConsoleException(502, "The identity provider did not confirm it; the console's log says why."));
        });
    }
}
