package dev.crmsync.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.reliability.SqliteDatabase;
import dev.crmsync.reliability.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attack, with the database that a process has by default. */
class SqliteDoorIT extends Door {

    private static final int MIB = 1 << 20;
    private static final Duration HELD = Duration.ofSeconds(10);

    @Override
    TestDatabase openDatabase(Path folder) {
        return new SqliteDatabase(folder.resolve("inbox.db"));
    }

    @Test
    void unsignedArrays() throws Exception {
        withstands(Attacks.arrays(200, Post::unsigned));
    }

    @Test
    void arraysWithForgedSignatures() throws Exception {
        withstands(Attacks.arrays(200, Post::forged));
    }

    @Test
    void costlyNumbersWithAForgedSignature() throws Exception {
        withstands(Attacks.costlyNumbers(200));
    }

    @Test
    void largeBodiesThatAreHalfSent() throws Exception {
        withstands(Attacks.halfSent(1_000, MIB, MIB / 2, HELD));
    }

    @Test
    void tinyBodiesThatAreHalfSent() throws Exception {
        withstands(Attacks.halfSent(1_000, 20, 10, HELD));
    }

    @Test
    void postsToTheConsoleThatAreHalfSent() throws Exception {
        withstands(Attacks.halfSentToConsole(300, 2 * MIB, HELD));
    }

    @Test
    void idleConnections() throws Exception {
        withstands(Attacks.idle(2_000, HELD));
    }

    @Test
    void bodiesThatComeByTheByte() throws Exception {
        String head = "POST /webhooks/plain HTTP/1.1\r\nHost: localhost\r\nPlain-Request-Signature: " + "0".repeat(64)
                + "\r\nContent-Length: 1048576\r\n\r\n";
        withstands(Attacks.dripping(1_000, head, " ", HELD));
    }

    @Test
    void headersThatComeByTheByte() throws Exception {
        withstands(Attacks.dripping(1_000, "POST /webhooks/pivotal HTTP/1.1\r\nX-Slow: ", "x", HELD));
    }

    @Test
    void bodiesInChunksOfOneByte() throws Exception {
        String body = "1\r\n[\r\n".repeat(150_000);
        withstands(Attacks.bytes(
                200,
                "POST /webhooks/emporix/customer.created HTTP/1.1\r\nHost: localhost\r\nemporix-event-signature: "
                        + Scheme.EMPORIX_HTTP.forged().get("emporix-event-signature")
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body + "0\r\n\r\n",
                HELD));
    }

    @Test
    void aHeaderOfAMebibyte() throws Exception {
        withstands(Attacks.bytes(
                200, "POST /webhooks/pivotal HTTP/1.1\r\nX-Large: " + "x".repeat(MIB) + "\r\n\r\n", HELD));
    }

    @Test
    void thousandsOfHeaders() throws Exception {
        withstands(
                Attacks.bytes(200, "POST /webhooks/pivotal HTTP/1.1\r\n" + "a: b\r\n".repeat(100_000) + "\r\n", HELD));
    }

    @Test
    void bodiesThatAreAnnouncedAndNeverCome() throws Exception {
        withstands(Attacks.bytes(
                1_000,
                "POST /webhooks/plain HTTP/1.1\r\nHost: localhost\r\nPlain-Request-Signature: " + "0".repeat(64)
                        + "\r\nExpect: 100-continue\r\nContent-Length: 1048576\r\n\r\n",
                HELD));
    }

    @Test
    void pipelinedRequestsWhoseAnswersNobodyReads() throws Exception {
        withstands(Attacks.unread(50, 2_000, HELD));
    }

    @Test
    void compressedBodies() throws Exception {
        withstands(Attacks.compressed(200));
    }

    @Test
    void connectionsThatAreClosedAtOnce() throws Exception {
        withstands(Attacks.flood(20, 500));
    }

    @Test
    void authenticBombsBecomeDeadLettersWithAReason() throws Exception {
        long dead = deadLetters();
        withstands(new AuthenticBodies("bomb", 40, Bodies::manyArrays));
        comeToAnEnd();
        assertThat(deadLetters()).isEqualTo(dead + 40);
    }

    static Stream<Arguments> shapes() {
        Map<String, IntFunction<String>> shapes = Map.of(
                "members", Bodies::manyMembers,
                "depth", Bodies::deepArrays,
                "string", Bodies::longString,
                "digits", Bodies::longNumber,
                "numbers", Bodies::costlyNumbers);
        return shapes.entrySet().stream().map(shape -> Arguments.of(shape.getKey(), shape.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void authenticBodiesOfAnyShapeComeToAnEnd(String name, IntFunction<String> shape) throws Exception {
        withstands(new AuthenticBodies(name, 40, shape));
        comeToAnEnd();
    }

    private void comeToAnEnd() {
        await().atMost(Duration.ofSeconds(60)).until(() -> database().pending() == 0);
    }

    private long deadLetters() throws Exception {
        return database().count("select count(*) from dead_letter where length(message) > 0");
    }
}
