package dev.crmsync.cli;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an application and its Salesforce. On demand it holds a call that writes until the caller has given it up,
 * and only then lets it through: it commits late, and nobody reads the answer.
 */
final class LateProxy implements AutoCloseable {

    private static final int CONNECTIONS = 64;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final AtomicInteger toHold = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final int target;
    private final Duration hold;
    private final HttpServer server;

    /**
     * @param target the port on this machine that it leads to
     * @param hold longer than callers wait for an answer
     */
    LateProxy(int target, Duration hold) throws Exception {
        this.target = target;
        this.hold = hold;
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> received(request, body))
                        .onFailure(gone -> request.connection().close()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    String url() {
        return "http://localhost:" + server.actualPort();
    }

    /** Makes the next calls that write come late, so many of them. */
    void holdNext(int calls) {
        toHold.set(calls);
    }

    /** True when nothing that was held is still to come. */
    boolean hasLetThroughAll() {
        return held.get() == 0;
    }

    private void received(HttpServerRequest request, Buffer body) {
        boolean writes = request.method().equals(HttpMethod.PATCH);
        if (writes && toHold.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            held.incrementAndGet();
            vertx.setTimer(hold.toMillis(), timer -> forward(request, body).onComplete(done -> held.decrementAndGet()));
        } else {
            forward(request, body);
        }
    }

    private Future<Void> forward(HttpServerRequest request, Buffer body) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        headers.remove("Content-Length").remove("Transfer-Encoding").remove("Connection");
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(target)
                .setMethod(request.method())
                .setURI(request.uri())
                .setHeaders(headers);
        return client.request(options)
                .compose((HttpClientRequest forwarded) -> forwarded.send(body))
                .compose(answer -> answer.body().compose(content -> {
                    answer.headers().remove("Transfer-Encoding").remove("Connection");
                    request.response().headers().addAll(answer.headers());
                    return request.response().setStatusCode(answer.statusCode()).end(content);
                }))
                .onFailure(broken -> request.connection().close());
    }

    @Override
    public void close() {
        vertx.close();
    }
}
