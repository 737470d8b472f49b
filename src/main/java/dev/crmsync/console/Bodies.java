package dev.crmsync.console;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.Locale;

/** Reads bodies late: once it is known who asks, while the memory budget has room, and no longer than they keep coming. */
final class Bodies {

    /** Of forms and documents, in bytes: they may hold an event's payload. */
    static final int LARGEST = 2 << 20;

    /** Of a name and a password, in bytes. */
    static final int LARGEST_SIGN_IN = 4 << 10;

    /** A body is held as bytes, as text, and taken apart. */
    private static final int COPIES = 4;

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
    private static final int LEAST_BYTES_PER_CHECK = 5 << 10;
    private static final int MOST_CHECKS = 6;

    /** Until a sender that still sends has read the answer. */
    private static final long HANG_UP_MILLIS = 500;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final MemoryBudget budget;

    Bodies(Vertx vertx, MemoryBudget budget) {
        this.vertx = vertx;
        this.budget = budget;
    }

    /** Leaves the body where it is; who is answered before it was read must send the next request over a new connection. */
    void hold(RoutingContext request) {
        if (hasBody(request.request())) {
            request.request().pause();
            request.addHeadersEndHandler(answering -> hangUpUnlessRead(request));
        }
        request.next();
    }

    private static void hangUpUnlessRead(RoutingContext request) {
        if (request.request().isEnded()) {
            return;
        }
        request.request().pause();
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        HttpConnection connection = request.request().connection();
        request.vertx().setTimer(HANG_UP_MILLIS, timer -> connection.close());
    }

    /**
     * A handler that reads what was held.
     *
     * @param limit in bytes; who sends more gets 413, who comes when the budget is used up 503, who is too slow 408
     */
    Handler<RoutingContext> upTo(int limit) {
        BodyHandler reader = BodyHandler.create(false).setBodyLimit(limit);
        return request -> {
            if (hasBody(request.request())) {
                requireFormOrJson(request.request());
                reserve(request, limit);
                vertx.setPeriodic(CHECK_INTERVAL.toMillis(), new Pace(request));
            }
            reader.handle(request);
        };
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static void requireFormOrJson(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String type = header == null ? "" : header.toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json") && !type.startsWith("application/x-www-form-urlencoded")) {
            throw new ConsoleException(415, "The body must be a form or JSON.");
        }
    }

    private void reserve(RoutingContext request, int limit) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long size = length == null ? limit : Long.parseLong(length);
        if (size > limit) {
            throw new ConsoleException(413, "The body has " + size + " bytes; at most " + limit + " are taken here.");
        }
        MemoryBudget.Share share = budget.share();
        if (!share.grow(size * COPIES)) {
            throw new ConsoleException(503, "Other requests use up the memory at this moment: try again.", RETRY);
        }
        Context context = vertx.getOrCreateContext();
        request.addEndHandler(ended -> context.runOnContext(now -> share.close()));
    }

    /** Looks now and then whether a body comes on, and gives up on one that hardly does. */
    private final class Pace implements Handler<Long> {

        private final RoutingContext request;
        private int checks;
        private long received;

        private Pace(RoutingContext request) {
            this.request = request;
        }

        @Override
        public void handle(Long timer) {
            HttpServerRequest sender = request.request();
            if (sender.isEnded()
                    || request.response().ended()
                    || request.response().closed()) {
                vertx.cancelTimer(timer);
                return;
            }
            long before = received;
            received = sender.bytesRead();
            checks++;
            if (received - before < LEAST_BYTES_PER_CHECK || checks == MOST_CHECKS) {
                vertx.cancelTimer(timer);
                sender.pause();
                request.fail(new ConsoleException(
                        408,
                        "Of the body " + received + " bytes came in "
                                + checks * CHECK_INTERVAL.toSeconds() + " s: it must come within "
                                + MOST_CHECKS * CHECK_INTERVAL.toSeconds() + " s, and at least "
                                + LEAST_BYTES_PER_CHECK + " bytes of it every "
                                + CHECK_INTERVAL.toSeconds() + " s."));
            }
        }
    }
}
