package dev.crmsync.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Signing in at an OpenID provider: there, and back. */
final class OidcPages {

    private static final String COOKIE = "crm-sign-in";
    private static final long SECONDS = 600;

    /** Codes exchanged at the same time, so that made-up ones occupy neither us nor the provider. */
    private static final int MOST_EXCHANGES = 4;

    private static final int LONGEST_SHOWN = 100;

    private final OidcSettings settings;
    private final OidcProvider provider;
    private final Access access;
    private final Renderer renderer;
    private final Clock clock;
    private final Semaphore exchanges = new Semaphore(MOST_EXCHANGES);

    OidcPages(OidcSettings settings, OidcProvider provider, Access access, Renderer renderer, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.access = access;
        this.renderer = renderer;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/login/oidc").blockingHandler(this::start, false);
        router.get(OidcSettings.CALLBACK).blockingHandler(this::back, false);
    }

    /** Sends the browser to the provider. */
    private void start(RoutingContext request) {
        OidcAttempt attempt = OidcAttempt.begin();
        String url = provider.authorizationUrl(attempt);
        Cookies.set(request, COOKIE, attempt.token().value(), CookieSameSite.LAX)
                .setMaxAge(SECONDS);
        request.response().setStatusCode(303).putHeader("Location", url).end();
    }

    /**
     * Takes the provider's answer. It ends in a page that leads on by itself: a redirect would still count as coming from
     * the provider's site, and the browser would keep the new session's cookie back.
     */
    private void back(RoutingContext request) {
        Account account = account(request);
        access.begin(request, account, "at " + settings.issuer());
        renderer.render(request, "onward", "Signed in", "", Map.of("target", "/"));
    }

    private Account account(RoutingContext request) {
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
        IdToken token = exchange(code, attempt);
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

    private IdToken exchange(String code, OidcAttempt attempt) {
        if (!exchanges.tryAcquire()) {
            throw new ConsoleException(429, "Too many are signing in at this moment: try again.");
        }
        try {
            return provider.exchange(code, attempt);
        } finally {
            exchanges.release();
        }
    }
}
