package dev.crmsync.webhook.http;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
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

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    private static final int LEAST_READ = 512;
    private static final int FIRST_READ = 2 << 10;
    private static final int MOST_READ = 16 << 10;

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

    /** Notes that a request came over a connection. @return false when it is being closed, and nothing is to be answered */
    synchronized boolean used(HttpConnection connection) {
        return open.get(connection) != null;
    }

    /**
     * Answers a request with a status and nothing else. After a refusal the connection is closed: what else is on its way over
     * it, from somebody who could not sign this one, would only cost work.
     */
    void end(HttpServerRequest request, int status) {
        HttpServerResponse response = request.response().setStatusCode(status);
        if (status < BAD_REQUEST || status >= INTERNAL_ERROR) {
            response.end();
            return;
        }
        HttpConnection connection = request.connection();
        forget(connection);
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).end().onComplete(sent -> connection.close());
    }

    private void opened(HttpConnection connection) {
        versions.watch(connection);
        readLittleAtATime(connection);
        connection.closeHandler(closed -> forget(connection));
        connection.exceptionHandler(broken -> LOG.debug("A sender's connection broke: {}", broken.toString()));
        HttpConnection displaced = add(connection);
        if (displaced != null) {
            displaced.close();
        }
    }

    /** Otherwise each of many large senders would have a mebibyte read before the next connection has its turn. */
    private static void readLittleAtATime(HttpConnection connection) {
        ((ConnectionBase) connection)
                .channel()
                .config()
                .setRecvByteBufAllocator(
                        new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ).maxMessagesPerRead(1));
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
