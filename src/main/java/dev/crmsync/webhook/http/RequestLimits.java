package dev.crmsync.webhook.http;

import java.time.Duration;

/**
 * What senders may ask of the webhook server.
 *
 * @param concurrentRequests complete requests in progress, above which senders are told to come back: at least 1
 * @param slowestRequest how long a request may take, body included; then its sender is told to come back
 * @param connections open at the same time, at least 1; above it, the one that has been silent longest is closed
 */
public record RequestLimits(int concurrentRequests, Duration slowestRequest, int connections) {

    /** Largest accepted body in bytes; counted while reading, so a chunked body cannot pass it. */
    public static final int BODY_BYTES = 1 << 20;

    /** Most header fields of a request; their bytes are bounded by the server's 8 KiB. */
    static final int HEADERS = 100;

    /** Longer than proxies keep idle connections for their next request, which therefore finds an open one. */
    static final int IDLE_SECONDS = 120;

    /** Time in which a body may come as slowly as it likes; any event that a sender knows of comes whole in it. */
    static final Duration UNMEASURED = Duration.ofSeconds(5);

    /** Slowest that a body may come on average after that: 1 MiB in 30 s needs four times as much. */
    static final int BYTES_PER_SECOND = 8 << 10;

    /** Each piece of a body costs as much work as some hundred bytes; networks and senders make pieces of thousands. */
    private static final int PIECES_OF_ANY_SIZE = 500;

    private static final int BYTES_PER_PIECE = 32;

    public RequestLimits {
        if (concurrentRequests < 1 || connections < 1 || slowestRequest.isNegative() || slowestRequest.isZero()) {
            throw new IllegalArgumentException("Limits of webhooks must be positive, were: " + concurrentRequests
                    + " requests, " + slowestRequest + ", " + connections + " connections");
        }
    }

    /** Whether a body that has come so far comes too slowly to go on. */
    boolean isTooSlow(long bytes, Duration elapsed) {
        return elapsed.compareTo(slowestRequest) > 0
                || elapsed.compareTo(UNMEASURED) > 0 && bytes * 1000 / elapsed.toMillis() < BYTES_PER_SECOND;
    }

    /** Whether a body has come in far more pieces than any network makes of it. */
    static boolean isCrumbled(long bytes, int pieces) {
        return pieces > PIECES_OF_ANY_SIZE && bytes / pieces < BYTES_PER_PIECE;
    }
}
