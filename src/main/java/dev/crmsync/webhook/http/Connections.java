package dev.crmsync.webhook.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a server, which never are more than a limit: a new one takes the place of the one that has been
 * silent longest, so that whoever opens many and sends nothing keeps nobody out.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final boolean LATEST_LAST = true;

    private final KnownVersions versions = new KnownVersions();
    private final int most;
    private final Map<HttpConnection, Boolean> open = new LinkedHashMap<>(16, 0.75f, LATEST_LAST);

    /** @param most 1 or more */
    Connections(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("A server needs at least 1 connection, was: " + most);
        }
        this.most = most;
    }

    /** Watches all connections that the server will accept; call it before the server listens. */
    HttpServer watch(HttpServer server) {
        return server.connectionHandler(this::opened);
    }

    /** Tells that something came over a connection. */
    synchronized void used(HttpConnection connection) {
        open.get(connection);
    }

    /** How many are open. */
    synchronized int count() {
        return open.size();
    }

    private void opened(HttpConnection connection) {
        versions.watch(connection);
        connection.closeHandler(closed -> forget(connection));
        connection.exceptionHandler(broken -> LOG.debug("A sender's connection broke: {}", broken.toString()));
        HttpConnection displaced = add(connection);
        if (displaced != null) {
            displaced.close();
        }
    }

    private synchronized HttpConnection add(HttpConnection connection) {
        open.put(connection, true);
        if (open.size() <= most) {
            return null;
        }
        HttpConnection silentLongest = open.keySet().iterator().next();
        open.remove(silentLongest);
        return silentLongest;
    }

    private synchronized void forget(HttpConnection connection) {
        open.remove(connection);
    }
}
