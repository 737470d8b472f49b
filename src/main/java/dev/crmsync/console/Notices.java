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
        request.response()
                .addCookie(Cookie.cookie(COOKIE, value)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setMaxAge(SECONDS)
                        .setSameSite(CookieSameSite.STRICT));
    }

    /** What is to be said, or null. */
    static String take(RoutingContext request) {
        Cookie cookie = request.request().getCookie(COOKIE);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        request.response()
                .addCookie(
                        Cookie.cookie(COOKIE, "").setPath("/").setHttpOnly(true).setMaxAge(0));
        try {
            return new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
