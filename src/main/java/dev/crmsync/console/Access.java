package dev.crmsync.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Lets people in and keeps others out. */
final class Access {

    private static final String COOKIE = "crm-session";
    private static final String SESSION = "session";

    /** Checking a password costs a tenth of a second of a processor: few at once, so that a flood starves nobody. */
    private static final int MOST_CHECKS = 2;

    /** Failures after which to wait. Many people may come from one address, such as that of an ingress. */
    private static final int MOST_OF_PAIR = 5;

    private static final int MOST_OF_NAME = 20;
    private static final int MOST_OF_ADDRESS = 50;

    private final Users users;
    private final UserSessions sessions;
    private final Lockout lockout;
    private final boolean behindTls;
    private final Semaphore checks = new Semaphore(MOST_CHECKS);

    Access(Users users, Clock clock, boolean behindTls) {
        this.users = users;
        this.sessions = new UserSessions(clock);
        this.lockout = new Lockout(clock);
        this.behindTls = behindTls;
    }

    /** Pages: whoever is not signed in is sent to sign in. */
    void requireSession(RoutingContext request) {
        Optional<UserSession> session = session(request);
        if (session.isEmpty()) {
            request.response()
                    .setStatusCode(303)
                    .putHeader("Location", "/login")
                    .putHeader("HX-Redirect", "/login")
                    .end();
            return;
        }
        request.put(SESSION, session.get());
        request.next();
    }

    /** Pages that change something: needs an operator, and the session's own form. */
    void requireOperator(RoutingContext request) {
        UserSession session = current(request);
        String token = request.request().getHeader("X-CSRF-Token");
        if (!session.isCsrf(token == null ? request.request().getFormAttribute("csrf") : token)) {
            throw new ConsoleException(403, "This form has expired. Go back, load the page again and repeat.");
        }
        requireOperatorRole(request);
    }

    /** Pages that only lead to a change. */
    static void requireOperatorRole(RoutingContext request) {
        if (!current(request).user().isOperator()) {
            throw new ConsoleException(403, "You may look, but not change anything: that needs the role operator.");
        }
        request.next();
    }

    /** The API: name and password with each request, or the session of the pages. */
    void requireApiUser(RoutingContext request) {
        Optional<UserSession> session = session(request);
        boolean changes = !request.request().method().name().equals("GET");
        if (session.isPresent()
                && (!changes || session.get().isCsrf(request.request().getHeader("X-CSRF-Token")))) {
            request.put(SESSION, session.get());
        } else {
            User user = basic(request)
                    .orElseThrow(() -> new ConsoleException(401, "Name and password are missing or wrong."));
            request.put(SESSION, new UserSession(user, "", Instant.EPOCH));
        }
        if (changes && !current(request).user().isOperator()) {
            throw new ConsoleException(403, "That needs the role operator.");
        }
        request.next();
    }

    private Optional<User> basic(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : check(request, pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<UserSession> session(RoutingContext request) {
        Cookie cookie = request.request().getCookie(COOKIE);
        return sessions.find(cookie == null ? null : cookie.getValue());
    }

    static UserSession current(RoutingContext request) {
        return request.get(SESSION);
    }

    /** @return false when name or password are wrong */
    boolean signIn(RoutingContext request, String name, String password) {
        Optional<User> user = check(request, name, password);
        user.ifPresent(signedIn -> request.response()
                .addCookie(Cookie.cookie(COOKIE, sessions.begin(signedIn))
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(behindTls)
                        .setSameSite(CookieSameSite.STRICT)));
        return user.isPresent();
    }

    private Optional<User> check(RoutingContext request, String name, String password) {
        String address = request.request().remoteAddress().hostAddress();
        Map<String, Integer> limits = Map.of(
                "pair " + name + "@" + address, MOST_OF_PAIR,
                "name " + name, MOST_OF_NAME,
                "address " + address, MOST_OF_ADDRESS);
        if (limits.entrySet().stream().anyMatch(limit -> lockout.isLocked(limit.getKey(), limit.getValue()))) {
            throw new ConsoleException(429, "Too many failed attempts: try again in five minutes.");
        }
        if (!checks.tryAcquire()) {
            throw new ConsoleException(429, "Too many are signing in at this moment: try again.");
        }
        Optional<User> user;
        try {
            user = users.authenticate(name, password);
        } finally {
            checks.release();
        }
        limits.keySet().forEach(user.isPresent() ? lockout::succeeded : lockout::failed);
        return user;
    }

    void signOut(RoutingContext request) {
        Cookie cookie = request.request().getCookie(COOKIE);
        if (cookie != null) {
            sessions.end(cookie.getValue());
        }
        request.response().removeCookie(COOKIE);
    }
}
