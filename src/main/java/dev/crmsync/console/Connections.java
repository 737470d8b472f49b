package dev.crmsync.console;

import io.vertx.core.http.HttpConnection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections over which nobody has signed in yet. There are only so many: one more costs the address that has most of
 * them its eldest, so that who opens many closes his own, and a newcomer is let in.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final int most;
    private final Map<String, Set<HttpConnection>> byAddress = new HashMap<>();
    private int count;

    /** @param most at least 1 */
    Connections(int most) {
        this.most = most;
    }

    /** For each new connection. */
    synchronized void opened(HttpConnection connection) {
        connection.closeHandler(closed -> forget(connection));
        connection.exceptionHandler(broken -> LOG.debug("A connection to the console broke: {}", broken.toString()));
        byAddress
                .computeIfAbsent(address(connection), any -> new LinkedHashSet<>())
                .add(connection);
        count++;
        if (count > most) {
            HttpConnection eldest = byAddress.values().stream()
                    .max(Comparator.comparingInt(Set::size))
                    .orElseThrow()
                    .iterator()
                    .next();
            forget(eldest);
            eldest.close();
        }
    }

    /** Somebody who may use the console is at its other end, or it is closed. */
    synchronized void forget(HttpConnection connection) {
        Set<HttpConnection> same = byAddress.getOrDefault(address(connection), Set.of());
        if (same.contains(connection)) {
            same.remove(connection);
            count--;
        }
        if (same.isEmpty()) {
            byAddress.remove(address(connection));
        }
    }

    private static String address(HttpConnection connection) {
        return connection.remoteAddress().hostAddress();
    }
}
