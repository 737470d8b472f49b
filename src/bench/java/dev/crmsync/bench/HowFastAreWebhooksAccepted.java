package dev.crmsync.bench;

import dev.crmsync.reliability.Sender;
import dev.crmsync.reliability.SentEvent;
import dev.crmsync.reliability.SyncProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Signed webhooks per second that are answered durably, beside a bare HTTP server that stores nothing. */
final class HowFastAreWebhooksAccepted {

    private static final int ROUNDS = 2;

    private HowFastAreWebhooksAccepted() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = Bench.option("seconds", 45);
        int senders = Bench.option("senders", 32);
        Table table = new Table("Webhooks a second, " + senders + " connections; signing is part of the sender's work",
                "server", "requests/s", "of bare server");
        Vertx vertx = Vertx.vertx();
        HttpServer bare = vertx.createHttpServer()
                .requestHandler(request -> request.body().onComplete(body -> request.response()
                        .setStatusCode(202)
                        .end()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        try (Bench bench = new Bench();
                SyncProcess sync = bench.startSync()) {
            bench.pause();
            for (int round = 0; round < ROUNDS; round++) {
                double reference = rate("http://127.0.0.1:" + bare.actualPort(), seconds, senders, "b" + round);
                double ours = rate(sync.url(), seconds, senders, "s" + round);
                table.row("bare Vert.x, round " + (round + 1), reference, 1.0);
                table.row("crm-sync, round " + (round + 1), ours, ours / reference);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static double rate(String url, int seconds, int senders, String prefix) throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        try (Sender sender = new Sender(url)) {
            for (int i = 0; i < senders; i++) {
                Thread thread = new Thread(() -> {
                    while (System.nanoTime() < end) {
                        if (sender.post(new SentEvent("cus_" + prefix + number.incrementAndGet(), 1)) == 202) {
                            accepted.incrementAndGet();
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return accepted.get() / ((System.nanoTime() - start) / 1e9);
    }
}
