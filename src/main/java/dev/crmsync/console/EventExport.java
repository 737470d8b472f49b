package dev.crmsync.console;

import dev.crmsync.deadletter.Cursor;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.EventPage;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All events that match a filter as CSV, written as they are read. If reading fails on the way, the answer breaks off
 * without its end, so that nobody takes a part for the whole.
 */
final class EventExport {

    private static final int PAGE_SIZE = 500;
    private static final int MOST_AT_ONCE = 2;

    /** A reader who is slower than that for one page is given up. */
    private static final long PATIENCE_SECONDS = 30;

    private final ConsoleData data;
    private final Semaphore exports = new Semaphore(MOST_AT_ONCE);

    EventExport(ConsoleData data) {
        this.data = data;
    }

    void export(RoutingContext request) {
        EventFilter filter = Forms.filter(request.queryParams());
        if (!exports.tryAcquire()) {
            throw new ConsoleException(429, "Others are exporting at this moment: try again when they are done.");
        }
        try {
            HttpServerResponse response = request.response()
                    .setChunked(true)
                    .putHeader("Content-Type", "text/csv; charset=utf-8")
                    .putHeader("Content-Disposition", "attachment; filename=\"events.csv\"");
            write(response, Csv.TITLES);
            Cursor next = null;
            do {
                EventPage found = data.deadLetters().history().page(filter, next, PAGE_SIZE);
                write(response, Csv.lines(found.events()));
                next = found.next();
            } while (next != null);
            response.end();
        } finally {
            exports.release();
        }
    }

    /** Waits until it has left: what is read ahead of a slow reader would fill the memory. */
    private static void write(HttpServerResponse response, String text) {
        if (text.isEmpty()) {
            return;
        }
        try {
            response.write(text).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsoleException(503, "The console is stopping.");
        } catch (ExecutionException | TimeoutException e) {
            throw new ConsoleException(499, "The reader of the export is gone or too slow.");
        }
    }
}
