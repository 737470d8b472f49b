package dev.crmsync.console;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The console's cookies: no script reads them, and where the console is behind TLS they travel in nothing else. */
final class Cookies implements Handler<RoutingContext> {

    private static final String SECURE = "secure-cookies";

    private final boolean behindTls;

    Cookies(boolean behindTls) {
        this.behindTls = behindTls;
    }

    /** Comes before all that set cookies. */
    @Override
    public void handle(RoutingContext request) {
        request.put(SECURE, behindTls);
        request.next();
    }

    /** Sets a cookie, until the browser is closed unless it gets a greatest age. */
    static Cookie set(RoutingContext request, String name, String value, CookieSameSite sameSite) {
        Cookie cookie = Cookie.cookie(name, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(request.get(SECURE))
                .setSameSite(sameSite);
        request.response().addCookie(cookie);
        return cookie;
    }

    static void remove(RoutingContext request, String name, CookieSameSite sameSite) {
        set(request, name, "", sameSite).setMaxAge(0);
    }
}
