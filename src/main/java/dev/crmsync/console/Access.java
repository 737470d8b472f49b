package dev.crmsync.console;

import dev.crmsync.deadletter.Audit;
import dev.crmsync.deadletter.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Lets people in and keeps others out. */
final class Access {

    private static final String COOKIE = "crm-session";
    private static final String SESSION = "session";

    private final PasswordSignIn passwords;
    private final BearerTokens tokens;
    private final UserSessions sessions;
    private final Audit audit;
    private final Connections strangers;

    /**
     * @param tokens null where there is no OpenID provider
     * @param strangers whom to forget those among who are let in
     */
    Access(PasswordSignIn passwords, BearerTokens tokens, UserSessions sessions, Audit audit, Connections strangers) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.sessions = sessions;
        this.audit = audit;
        this.strangers = strangers;
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
        let(request, session.get());
        request.next();
    }

    private void let(RoutingContext request, UserSession session) {
        request.put(SESSION, session);
        strangers.forget(request.request().connection());
    }

    /** Forms: only those that this visit was shown. */
    void requireForm(RoutingContext request) {
        String token = request.request().getHeader("X-CSRF-Token");
        if (!current(request).isCsrf(token == null ? request.request().getFormAttribute("csrf") : token)) {
            throw new ConsoleException(403, "This form has expired. Go back, load the page again and repeat.");
        }
        request.next();
    }

    /** Pages and forms that change something, or lead to it. */
    static void requireOperator(RoutingContext request) {
        if (!current(request).user().isOperator()) {
            throw new ConsoleException(403, "You may look, but not change anything: that needs the role operator.");
        }
        request.next();
    }

    /** The API: name and password or a token with each request, or the session of the pages. For event loops. */
    void requireApiUser(RoutingContext request) {
        boolean changes = !request.request().method().name().equals("GET");
        String csrf = request.request().getHeader("X-CSRF-Token");
        blocking(request, () -> session(request).filter(session -> !changes || session.isCsrf(csrf)))
                .compose(
                        session -> session.isPresent() ? Future.succeededFuture(session) : sessionOfOneRequest(request))
                .onSuccess(session -> {
                    if (session.isEmpty()) {
                        request.fail(
                                new ConsoleException(401, "Name and password, or the token, are missing or wrong."));
                    } else if (changes && !session.get().user().isOperator()) {
                        request.fail(new ConsoleException(403, "That needs the role operator."));
                    } else {
                        let(request, session.get());
                        request.next();
                    }
                })
                .onFailure(request::fail);
    }

    private Future<Optional<UserSession>> sessionOfOneRequest(RoutingContext request) {
        Optional<String[]> pair = basic(request);
        Future<Optional<Account>> account =
                pair.isPresent() ? passwords.check(request, pair.get()[0], pair.get()[1]) : bearer(request);
        return account.map(known -> known.map(UserSession::ofOneRequest));
    }

    private static <T> Future<T> blocking(RoutingContext request, Callable<T> work) {
        return request.vertx().executeBlocking(work, false);
    }

    /** Name and password. */
    private static Optional<String[]> basic(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
            return Optional.of(pair.split(":", 2)).filter(parts -> parts.length == 2);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Future<Optional<Account>> bearer(RoutingContext request) {
        return tokens == null ? Future.succeededFuture(Optional.empty()) : tokens.check(request);
    }

    private Optional<UserSession> session(RoutingContext request) {
        return token(request).flatMap(sessions::find);
    }

    private static Optional<Token> token(RoutingContext request) {
        return Optional.ofNullable(request.request().getCookie(COOKIE))
                .map(Cookie::getValue)
                .map(Token::new);
    }

    /** Who asks, or null before signing in. */
    static UserSession current(RoutingContext request) {
        return request.get(SESSION);
    }

    /** The name of who asks, for the audit. */
    static String who(RoutingContext request) {
        return current(request).user().name();
    }

    /** Whether name and password are right, and so somebody is signed in now. For event loops. */
    Future<Boolean> signIn(RoutingContext request, String name, String password) {
        return passwords
                .check(request, name, password)
                .compose(account -> blocking(request, () -> {
                    account.ifPresent(known -> {
                        begin(request, known, "with a password");
                        passwords.remember(request, known);
                    });
                    return account.isPresent();
                }));
    }

    /** Lets somebody in who has proved who he is. */
    void begin(RoutingContext request, Account account, String how) {
        token(request).ifPresent(sessions::end);
        Cookies.set(request, COOKIE, sessions.begin(account).value(), CookieSameSite.STRICT);
        audit.record(new AuditEntry(null, account.user().name(), "sign in", null, how, 0));
    }

    void reveal(RoutingContext request, long event) {
        sessions.reveal(current(request), event);
    }

    void signOut(RoutingContext request) {
        token(request).ifPresent(sessions::end);
        Cookies.remove(request, COOKIE, CookieSameSite.STRICT);
    }
}
