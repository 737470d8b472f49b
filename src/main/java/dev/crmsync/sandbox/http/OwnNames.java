package dev.crmsync.sandbox.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses requests to a name that is not the sandbox's: somebody may have their own name point to this machine, so that
 * a browser takes the sandbox for a part of their site (DNS rebinding). An address, a name that no one can register, and
 * the configured name are none of theirs.
 */
public final class OwnNames {

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

    /** Such as {@code localhost}, {@code org.localhost}, or {@code sandbox} between containers. */
    private static final Pattern UNREGISTRABLE = Pattern.compile("([a-z0-9_-]+\\.)*localhost\\.?|[a-z0-9_-]+");

    private final String configured;

    /** @param configured what the sandbox listens on */
    public OwnNames(String configured) {
        this.configured = configured.toLowerCase(Locale.ROOT);
    }

    /** Answers 403, or lets the request go on. Programs may leave the name out; browsers do not. */
    public void check(RoutingContext context) {
        String header = context.request().getHeader("Host");
        if (header == null || isOwn(header.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", ""))) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "text/plain;charset=UTF-8")
                    .end(
                            "This name is not the sandbox's: call it localhost, by its address, or as it was told to listen\n");
        }
    }

    private boolean isOwn(String host) {
        return host.equals(configured)
                || ADDRESS.matcher(host).matches()
                || UNREGISTRABLE.matcher(host).matches();
    }
}
