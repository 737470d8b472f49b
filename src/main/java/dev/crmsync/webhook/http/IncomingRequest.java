package dev.crmsync.webhook.http;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One request, from its headers to its answer. What it does happens on the event loop of its connection, unless a method says
 * otherwise.
 */
final class IncomingRequest {

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int TOO_MANY_HEADERS = 431;
    private static final int UNAVAILABLE = 503;

    private static final String BUSY_SECONDS = "5";
    private static final String CROWDED_SECONDS = "1";
    private static final long HANG_UP_MILLIS = 500;

    /** While it is at work, an event is there as bytes, as text, and as what the database is sent. */
    private static final int COPIES_AT_WORK = 3;

    /** What is done with a request whose body is complete. */
    interface Work {
        void begin(IncomingRequest request, byte[] body);
    }

    private final HttpServerRequest request;
    private final IncomingRequests all;
    private final Work work;
    private final Context context = Vertx.currentContext();
    private final long began = System.nanoTime();
    private final int announced;
    private final IncomingBody body;
    private int pieces;
    private boolean atWork;
    private volatile boolean givesWay;

    IncomingRequest(HttpServerRequest request, MemoryBudget budget, IncomingRequests all, Work work) {
        this.request = request;
        this.all = all;
        this.work = work;
        this.announced = announcedLength(request);
        this.body = new IncomingBody(budget, announced);
    }

    /** Reads the body, unless it is clear already that it cannot be taken. */
    void read() {
        all.add(this);
        if (hasTooManyHeaders()) {
            refuse(TOO_MANY_HEADERS);
        } else if (announced > RequestLimits.BODY_BYTES) {
            refuse(TOO_LARGE);
        } else if (!takes(0)) {
            refuse(UNAVAILABLE);
        } else {
            request.handler(this::add).endHandler(end -> complete()).exceptionHandler(broken -> release());
            if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                request.response().writeContinue();
            }
        }
    }

    private boolean hasTooManyHeaders() {
        int count = 0;
        for (var ignored : request.headers()) {
            count++;
        }
        return count > RequestLimits.HEADERS;
    }

    /** What Vert.x let through is a number of digits; more than an int holds is too large anyway. */
    private static int announcedLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return -1;
        }
        try {
            return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(length.strip()));
        } catch (NumberFormatException moreThanALong) {
            return Integer.MAX_VALUE;
        }
    }

    private void add(Buffer chunk) {
        if (!canAnswer()) {
            return;
        }
        pieces++;
        if (body.length() + chunk.length() > RequestLimits.BODY_BYTES) {
            refuse(TOO_LARGE);
        } else if (RequestLimits.isCrumbled(body.length(), pieces)) {
            refuse(BAD_REQUEST);
        } else if (takes(chunk.length())) {
            body.add(chunk);
        } else {
            refuse(UNAVAILABLE);
        }
    }

    private boolean takes(int more) {
        boolean taken = all.grow(this, body.cost(more));
        if (taken) {
            body.ensure(more);
        }
        return taken;
    }

    private void complete() {
        if (!canAnswer()) {
            return;
        }
        if (!all.takePlace()) {
            refuse(TOO_MANY_REQUESTS);
        } else if (!all.grow(this, (long) COPIES_AT_WORK * body.length())) {
            all.leavePlace();
            refuse(UNAVAILABLE);
        } else {
            atWork = true;
            work.begin(this, body.bytes());
        }
    }

    /** Ends the work on a complete request: answers, unless that was done, and gives everything back. On any thread. */
    void done(int status) {
        if (Vertx.currentContext() == context) {
            finish(status);
        } else {
            context.runOnContext(here -> finish(status));
        }
    }

    private void finish(int status) {
        all.leavePlace();
        answer(status);
        release();
    }

    private void refuse(int status) {
        if (!request.isEnded() && canAnswer()) {
            hangUp();
        }
        answer(status);
        release();
    }

    private boolean canAnswer() {
        return !request.response().ended() && !request.response().closed();
    }

    private void answer(int status) {
        if (!canAnswer()) {
            return;
        }
        HttpServerResponse response = request.response();
        if (status == UNAVAILABLE || status == TOO_MANY_REQUESTS) {
            response.putHeader(HttpHeaders.RETRY_AFTER, status == UNAVAILABLE ? BUSY_SECONDS : CROWDED_SECONDS);
            response.setStatusCode(status).end();
        } else {
            all.connections().end(request, status);
        }
    }

    /** Reads no further, and closes the connection once the sender has had the time to read the answer. */
    private void hangUp() {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.pause();
        context.owner().setTimer(HANG_UP_MILLIS, timer -> request.connection().close());
    }

    private void release() {
        if (all.remove(this)) {
            body.release();
        }
    }

    /** Bytes a second since its headers came. On any thread. */
    double rate() {
        return body.length() / (double) (System.nanoTime() - began);
    }

    /** Gives up a request that is too slow to go on. */
    void check(RequestLimits limits) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        if (atWork) {
            if (elapsed.compareTo(limits.slowestRequest()) > 0) {
                answer(UNAVAILABLE);
            }
        } else if (limits.isTooSlow(body.length(), elapsed)) {
            refuse(UNAVAILABLE);
        }
    }

    /** Makes room for others, unless it is at work. On any thread. */
    void giveWay() {
        givesWay = true;
        body.release();
        context.runOnContext(here -> refuse(UNAVAILABLE));
    }

    /** Whether it still reads its body: it neither is at work nor has given way. On any thread. */
    boolean isReading() {
        return !atWork && !givesWay;
    }

    boolean grow(long cost) {
        return body.grow(cost);
    }

    HttpServerRequest http() {
        return request;
    }

    /** Where steps that have waited go on: the event loop of the connection. */
    Executor executor() {
        return step -> context.runOnContext(here -> step.run());
    }
}
