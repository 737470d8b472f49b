package dev.crmsync.console;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Signing in at an OpenID provider: there, and back. */
final class OidcPages {

    private static final String COOKIE = "crm-sign-in";
    private static final long SECONDS = 600;

    private static final int LONGEST_SHOWN = 100;

    private final OidcSettings settings;
    private final OidcProvider provider;
    private final Access access;
    private final Renderer renderer;
    private final Clock clock;

    OidcPages(OidcSettings settings, OidcProvider provider, Access access, Renderer renderer, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.access = access;
        this.renderer = renderer;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/login/oidc").handler(this::start);
        router.get(OidcSettings.CALLBACK).handler(this::back);
    }

    /** Sends the browser to the provider. */
    private void start(RoutingContext request) {
        OidcAttempt attempt = OidcAttempt.begin();
        provider.authorizationUrl(attempt)
                .onSuccess(url -> {
                    Cookies.set(request, COOKIE, attempt.token().value(), CookieSameSite.LAX)
                            .setMaxAge(SECONDS);
                    request.response()
                            .setStatusCode(303)
                            .putHeader("Location", url)
                            .end();
                })
                .onFailure(request::fail);
    }

    /**
     * Takes the provider's answer. It ends in a page that leads on by itself: a redirect would still count as coming from
     * the provider's site, and the browser would keep the new session's cookie back.
     */
    private void back(RoutingContext request) {
        account(request)
                .compose(account -> request.vertx()
                        .executeBlocking(
                                () -> {
                                    access.begin(request, account, "at " + settings.issuer());
                                    return account;
                                },
                                false))
                .onSuccess(account -> renderer.render(request, "onward", "Signed in", "", Map.of("target", "/")))
                .onFailure(request::fail);
    }

    private Future<Account> account(RoutingContext request) {
        Cookie cookie = request.request().getCookie(COOKIE);
        OidcAttempt attempt = cookie == null ? null : new OidcAttempt(new Token(cookie.getValue()));
        if (attempt == null || !Token.isSame(request.request().getParam("state"), attempt.state())) {
            throw new ConsoleException(
                    401, "This sign-in was not begun in this browser, or more than ten minutes ago: try again.");
        }
        Cookies.remove(request, COOKIE, CookieSameSite.LAX);
        String code = request.request().getParam("code");
        if (code == null) {
            throw new ConsoleException(401, "The identity provider refused: " + refusal(request));
        }
        return provider.exchange(code, attempt).map(token -> account(token, attempt));
    }

    private Account account(IdToken token, OidcAttempt attempt) {
        token.verify(settings, attempt.nonce(), clock.instant());
        String name = token.name(settings.nameClaim());
        Role role = token.role(settings)
                .orElseThrow(() -> new ConsoleException(
                        403, name + " has no role here: ask who administers the identity provider for one."));
        return new Account(new User(name, role), settings.credential());
    }

    private static String refusal(RoutingContext request) {
        String error =
                Optional.ofNullable(request.request().getParam("error")).orElse("it sent neither code nor error");
        return error.substring(0, Math.min(error.length(), LONGEST_SHOWN));
    }
}
