package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bodies take of the memory that all servers share. */
class BodiesTest {

    private static final int LIMIT = 10_000;
    private static final int COPIES = 4;

    private final MemoryBudget budget = new MemoryBudget(COPIES * LIMIT + LIMIT);
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() {
        Bodies bodies = new Bodies(vertx, budget);
        Router router = Router.router(vertx);
        router.route().handler(bodies::hold).failureHandler(BodiesTest::refuse);
        router.post("/unread").handler(request -> request.response().end());
        router.post("/read")
                .handler(bodies.upTo(LIMIT))
                .handler(request -> request.response().end("" + budget.used()));
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void refuse(RoutingContext request) {
        if (request.failure() instanceof ConsoleException refused) {
            request.response()
                    .setStatusCode(refused.status())
                    .end(refused.retryAfter().toString());
        }
    }

    @Test
    void aBodyIsCountedUntilItsRequestIsAnswered() throws Exception {
        assertThat(post("/read", HttpRequest.BodyPublishers.ofString("{\"ids\":1}"))
                        .body())
                .isEqualTo("" + COPIES * 9);
        awaitNothingUsed();
    }

    @Test
    void aBodyOfUnknownLengthIsCountedAsTheLargest() throws Exception {
        HttpRequest.BodyPublisher chunks =
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("{}"));

        assertThat(post("/read", chunks).body()).isEqualTo("" + COPIES * LIMIT);
        awaitNothingUsed();
    }

    @Test
    void aBodyForWhichThereIsNoRoomIsRefusedForNow() throws Exception {
        Socket half = halfSent("/read", LIMIT);
        await().until(() -> budget.used() == COPIES * LIMIT);

        HttpResponse<String> refused = post("/read", HttpRequest.BodyPublishers.ofString("x".repeat(LIMIT)));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("PT5S");
        assertThat(post("/read", HttpRequest.BodyPublishers.ofString("{}")).statusCode())
                .isEqualTo(200);
        half.close();
        awaitNothingUsed();
    }

    @Test
    void aBodyThatNobodyReadsCostsNothing() throws Exception {
        try (Socket half = halfSent("/unread", LIMIT)) {
            assertThat(half.getInputStream().readAllBytes())
                    .startsWith("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII));
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void filesAreNotTaken() throws Exception {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(uri("/read"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString("--x--")));

        assertThat(refused.statusCode()).isEqualTo(415);
    }

    private void awaitNothingUsed() {
        await().until(() -> budget.used() == 0);
    }

    private Socket halfSent(String path, int length) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + length + "\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(body));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
