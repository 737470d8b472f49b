package dev.crmsync.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.http.MemoryBudget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over real connections, with limits so small that a test reaches them. */
class WebhookServerTest {

    private static final int BUDGET = 256 << 10;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final RequestLimits LIMITS = new RequestLimits(2, Duration.ofSeconds(30), 20);

    private final MemoryBudget budget = new MemoryBudget(BUDGET);
    private final CamelContext context = new DefaultCamelContext();
    private final List<Socket> sockets = new ArrayList<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private WebhookServer server;

    private void start(RequestLimits limits) {
        server = WebhookServer.on(
                "127.0.0.1", 0, limits, budget, new Answers(new SimpleMeterRegistry(), Clock.systemUTC()));
        context.disableJMX();
        context.getRegistry().bind("platform-http-engine", server);
        try {
            context.addService(server);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/take?httpMethodRestrict=POST")
                            .setHeader("X-Reflected", simple("${header.X-Sent}"))
                            .setBody(simple("${bodyAs(byte[]).length}"))
                            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202));
                    from("platform-http:/take?httpMethodRestrict=HEAD").setHeader("any", constant(""));
                    from("platform-http:/wait").process(new UntilReleased()).setBody(constant(""));
                    from("platform-http:/fail").process(exchange -> {
                        throw new IOException("hidden");
                    });
                }
            });
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes on where the exchange says, as a step that waits for a commit does. */
    private final class UntilReleased extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Executor executor = exchange.getProperty("executor", Executor.class);
            released.thenRunAsync(() -> callback.done(false), executor);
            return false;
        }
    }

    @AfterEach
    void stop() throws IOException {
        released.complete(null);
        for (Socket socket : sockets) {
            socket.close();
        }
        context.stop();
        assertThat(budget.used()).as("memory that nobody gave back").isZero();
    }

    @Test
    void answersWithTheStatusOfTheRouteAndNothingElse() throws Exception {
        start(LIMITS);

        List<String> answer = answer(send("POST /take", "X-Sent: secret\r\nContent-Length: 3\r\n", "abc"));

        assertThat(answer.get(0)).isEqualTo("HTTP/1.1 202 Accepted");
        assertThat(answer).containsExactly("HTTP/1.1 202 Accepted", "content-length: 0");
    }

    @Test
    void answersSeveralRequestsOfOneConnectionInTheirOrder() throws Exception {
        start(LIMITS);
        String request = "POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
        Socket socket = open();

        write(socket, request + request + "POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

        BufferedReader in = reader(socket);
        assertThat(head(in).get(0)).contains("202");
        assertThat(head(in).get(0)).contains("202");
        assertThat(head(in).get(0)).contains("404");
    }

    @Test
    void takesABodyInManyPieces() throws Exception {
        start(LIMITS);
        Socket socket = send("POST /take", "Transfer-Encoding: chunked\r\n", "");
        for (int i = 0; i < 400; i++) {
            write(socket, "64\r\n" + "x".repeat(100) + "\r\n");
        }
        write(socket, "0\r\n\r\n");

        assertThat(answer(socket).get(0)).contains("202");
    }

    @Test
    void refusesABodyThatCostsMoreToPutTogetherThanToRead() throws Exception {
        start(LIMITS);

        Socket socket = send("POST /take", "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n".repeat(10_000));

        assertThat(answer(socket).get(0)).contains("400");
    }

    @Test
    void answersNothingMoreOverAConnectionWhoseRequestItRefused() throws Exception {
        start(LIMITS);
        String refused = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
        Socket socket = open();

        write(socket, refused.repeat(100));

        BufferedReader in = reader(socket);
        assertThat(head(in).get(0)).contains("404");
        assertThat(in.readLine()).as("what follows").isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /take, 405, 'allow: POST, HEAD'",
        "PUT /take, 405, 'allow: POST, HEAD'",
        "POST /nowhere, 404, content-length: 0",
        "POST /%zz, 400, content-length: 0",
        "POST /take?a=%, 400, content-length: 0",
        "POST *, 404, content-length: 0",
        "POST /fail, 500, content-length: 0",
        "BREW /take, 405, 'allow: POST, HEAD'",
    })
    void saysWhatIsWrongWithARequest(String line, int status, String header) throws Exception {
        start(LIMITS);

        List<String> answer = answer(send(line, "Content-Length: 0\r\n", ""));

        assertThat(answer.get(0)).startsWith("HTTP/1.1 " + status);
        assertThat(answer.stream().map(each -> each.replace("HEAD, POST", "POST, HEAD")))
                .contains(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /take HTTP/0.9\r\nHost: x\r\n",
                "POST /take HTTP/2.0\r\nHost: x\r\n",
                "POST /take http/1.1\r\nHost: x\r\n",
                "POST /take HTTP/1.1\r\nHost: a b\r\n",
                "POST /take HTTP/1.1\r\n",
                "POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n",
            })
    void saysNothingMoreToWhatIsNoRequest(String head) throws Exception {
        start(LIMITS);

        assertThat(answer(write(open(), head + "\r\n"))).contains("HTTP/1.1 400 Bad Request", "content-length: 0");
    }

    @Test
    void refusesMoreHeadersThanAnybodyNeeds() throws Exception {
        start(LIMITS);

        assertThat(answer(send("POST /take", "a: b\r\n".repeat(RequestLimits.HEADERS), ""))
                        .get(0))
                .contains("431");
    }

    @Test
    void asksForTheBodyOnlyOfARequestThatItTakes() throws Exception {
        start(LIMITS);
        String expecting = "Expect: 100-continue\r\nContent-Length: ";

        assertThat(answer(send("POST /take", expecting + "2000000\r\n", "")).get(0))
                .contains("413");
        Socket taken = send("POST /take", expecting + "3\r\n", "");
        assertThat(answer(taken).get(0)).contains("100");
        write(taken, "abc");
        assertThat(answer(taken).get(0)).contains("202");
    }

    @Test
    void stalledBodiesGiveWayToThoseThatCome() throws Exception {
        start(LIMITS);
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stalled.add(send("POST /take", "Content-Length: 60000\r\n", "x".repeat(30_000)));
        }
        await().until(() -> budget.used() >= 5 * 30_000);

        assertThat(answer(send("POST /take", "Content-Length: 40000\r\n", "x".repeat(40_000)))
                        .get(0))
                .contains("202");

        assertThat(answer(stalled.get(0)))
                .anyMatch(line -> line.contains("503"))
                .anyMatch(line -> line.startsWith("retry-after"));
    }

    @Test
    void whatIsAtWorkDoesNotGiveWay() throws Exception {
        start(LIMITS);
        Socket working = send("POST /wait", "Content-Length: 40000\r\n", "x".repeat(40_000));
        await().until(() -> budget.used() > 4 * 40_000);

        assertThat(answer(send("POST /take", "Content-Length: 40000\r\n", "x".repeat(40_000)))
                        .get(0))
                .contains("503");

        released.complete(null);
        assertThat(answer(working).get(0)).contains("204");
    }

    @Test
    void aLargeBodyLeavesRoomForSmallOnes() throws Exception {
        start(LIMITS);
        send("POST /take", "Content-Length: 300000\r\n", "x".repeat(250_000));

        for (int i = 0; i < 10; i++) {
            assertThat(answer(send("POST /take", "Content-Length: 3\r\n", "abc"))
                            .get(0))
                    .contains("202");
        }
    }

    @Test
    void sendsAwayMoreThanTheMostAtWork() throws Exception {
        start(LIMITS);
        Socket first = send("POST /wait", "Content-Length: 3\r\n", "abc");
        Socket second = send("POST /wait", "Content-Length: 3\r\n", "abc");
        await().until(() -> budget.used() == 2 * 4 * 3);

        assertThat(answer(send("POST /wait", "Content-Length: 3\r\n", "abc"))).anyMatch(line -> line.contains("429"));

        released.complete(null);
        assertThat(answer(first).get(0)).contains("204");
        assertThat(answer(second).get(0)).contains("204");
    }

    @Test
    void givesUpWhatTakesTooLong() throws Exception {
        start(new RequestLimits(2, Duration.ofMillis(200), 20));

        assertThat(answer(send("POST /take", "Content-Length: 3\r\n", "a")).get(0))
                .contains("503");
        assertThat(answer(send("POST /wait", "Content-Length: 3\r\n", "abc")).get(0))
                .contains("503");
    }

    @Test
    void givesBackTheMemoryOfASenderThatGoesAway() throws Exception {
        start(LIMITS);
        Socket socket = send("POST /take", "Content-Length: 60000\r\n", "x".repeat(40_000));
        await().until(() -> budget.used() > 0);

        socket.close();

        await().until(() -> budget.used() == 0);
    }

    @Test
    void closesTheConnectionThatWasSilentLongestForANewOne() throws Exception {
        start(new RequestLimits(2, Duration.ofSeconds(30), 3));
        Socket silent = open();
        Socket used = open();
        answer(write(used, "POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
        List<Socket> later = List.of(open(), open());

        assertThat(silent.getInputStream().read()).as("end of the stream").isEqualTo(-1);
        for (Socket socket : later) {
            assertThat(answer(write(socket, "POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"))
                            .get(0))
                    .contains("202");
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        sockets.add(socket);
        return socket;
    }

    private Socket send(String line, String headers, String body) throws IOException {
        return write(open(), line + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body);
    }

    private static Socket write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static List<String> answer(Socket socket) throws IOException {
        return head(reader(socket));
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static List<String> head(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
        }
        return lines;
    }
}
