package dev.crmsync.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows the browsers in which somebody has signed in before by a cookie, so that who guesses from the same address, such
 * as that of a proxy, does not slow them down: <a
 * href="https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies">device cookies</a>. The
 * cookie is an id and its seal, which holds at every replica until the person's password changes; nothing is stored.
 */
final class Devices {

    private static final String COOKIE = "crm-device";
    private static final Duration REMEMBERED = Duration.ofDays(180);

    private final Users users;

    Devices(Users users) {
        this.users = users;
    }

    /** The browser's id, if that person has signed in there with the present password. */
    Optional<String> find(RoutingContext request, String name) {
        Cookie cookie = request.request().getCookie(COOKIE);
        String[] parts = cookie == null ? new String[0] : cookie.getValue().split("\\.", 2);
        return parts.length == 2
                        && seal(name, parts[0])
                                .filter(seal -> Token.isSame(parts[1], seal))
                                .isPresent()
                ? Optional.of(parts[0])
                : Optional.empty();
    }

    /** That person has signed in there. */
    void remember(RoutingContext request, String name) {
        String id = Token.random().value();
        seal(name, id)
                .ifPresent(seal -> Cookies.set(request, COOKIE, id + "." + seal, CookieSameSite.STRICT)
                        .setMaxAge(REMEMBERED.toSeconds()));
    }

    private Optional<String> seal(String name, String id) {
        return users.seal(name, "device:" + name + ":" + id);
    }
}
