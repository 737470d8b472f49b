package dev.crmsync.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the next page shall say, once. It travels in a cookie: the next page may come from another replica. */
final class Notices {

    private static final String COOKIE = "crm-notice";
    private static final long SECONDS = 60;

    private Notices() {}

    static void say(RoutingContext request, String text) {
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        Cookies.set(request, COOKIE, value, CookieSameSite.STRICT).setMaxAge(SECONDS);
    }

    /** What is to be said, or null. */
    static String take(RoutingContext request) {
        Cookie cookie = request.request().getCookie(COOKIE);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        Cookies.remove(request, COOKIE, CookieSameSite.STRICT);
        try {
            return new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
