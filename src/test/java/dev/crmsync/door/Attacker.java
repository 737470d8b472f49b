package dev.crmsync.door;

import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Thousands of connections at once, on one thread. Whoever is answered hangs up. For one thread at a time. */
final class Attacker implements AutoCloseable {

    private static final int CONTINUE = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final List<CompletableFuture<Integer>> answers = new ArrayList<>();

    /** Bytes that may be sent on any number of connections without a copy for each. */
    static Buffer shared(byte[] bytes) {
        return BufferImpl.buffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    /** Opens that many connections at once, each of which begins as it is told. */
    void connect(int port, int connections, Consumer<NetSocket> beginning) {
        for (int i = 0; i < connections; i++) {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            answers.add(answer);
            client.connect(port, "127.0.0.1")
                    .onFailure(refused -> answer.complete(Post.NO_ANSWER))
                    .onSuccess(socket -> begin(socket, answer, beginning));
        }
    }

    private void begin(NetSocket socket, CompletableFuture<Integer> answer, Consumer<NetSocket> beginning) {
        open.add(socket);
        socket.exceptionHandler(reset -> socket.close());
        socket.closeHandler(closed -> {
            open.remove(socket);
            answer.complete(Post.NO_ANSWER);
        });
        socket.handler(bytes -> {
            int status = Post.status(bytes.getBytes());
            if (status != CONTINUE) {
                answer.complete(status);
                socket.close();
            }
        });
        beginning.accept(socket);
    }

    /** As {@link #connect}, and sends the same bytes on each. */
    void send(int port, int connections, Buffer bytes) {
        connect(port, connections, socket -> socket.write(bytes));
    }

    /** Sends this on every open connection, again and again. */
    void repeat(Duration period, Buffer bytes) {
        vertx.setPeriodic(period.toMillis(), timer -> open.forEach(socket -> socket.write(bytes)));
    }

    /** Waits until each connection was answered or closed, at most that long. */
    void await(Duration longest) throws InterruptedException {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillOpen) {
            // an attack ends in time
        } catch (ExecutionException e) {
            throw new IllegalStateException("Answers do not fail", e);
        }
    }

    /** How often each status was the answer; {@link Post#NO_ANSWER} counts what was closed or is still open. */
    Map<Integer, Long> answers() {
        Map<Integer, Long> counts = new TreeMap<>();
        answers.forEach(answer -> counts.merge(answer.getNow(Post.NO_ANSWER), 1L, Long::sum));
        return counts;
    }

    @Override
    public void close() {
        CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
        try {
            closed.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Connections cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
