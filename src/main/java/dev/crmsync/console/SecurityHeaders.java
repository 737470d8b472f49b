package dev.crmsync.console;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** What every answer of the console tells the browser to forbid. */
final class SecurityHeaders implements Handler<RoutingContext> {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final boolean behindTls;

    SecurityHeaders(boolean behindTls) {
        this.behindTls = behindTls;
    }

    @Override
    public void handle(RoutingContext request) {
        request.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
        if (behindTls) {
            request.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        request.next();
    }
}
