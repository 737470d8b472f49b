package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What strangers can make the console read, hold and wait for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleDoorTest {

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final String HERE = "127.0.0.1";
    private static final int LARGE = 2 << 20;
    private static final String BASIC =
            "Authorization: Basic " + Base64.getEncoder().encodeToString(("ann:" + TestConsole.PASSWORD).getBytes());

    private TestConsole console;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        console = TestConsole.start(data, "ann:operator", "vera:viewer");
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @ParameterizedTest
    @CsvSource({"/events/discard, 303", "/nowhere, 303", "/logout, 303", "/api/events/discard, 401", "/api/x, 401"})
    void aStrangerIsAnsweredWithoutHisBodyBeingReadAndHungUpOn(String path, int status) throws Exception {
        try (RawHttp stranger = console.connect()) {
            stranger.send(TestConsole.head(path, LARGE, "X-Half: sent").replace("Connection: close\r\n", "") + "half=");

            RawHttp.Answer answer = stranger.answer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers()).contains("connection: close");
        }
    }

    @Test
    void aStrangersBodyIsNotTaken() throws Exception {
        try (RawHttp stranger = console.connect()) {
            stranger.send(TestConsole.head("/events/discard", 1 << 30, "X-Much: more"));

            assertThat(stranger.sendUntilRefused(new byte[1 << 16], 1 << 30)).isLessThan(16 << 20);
        }
    }

    @Test
    void aFormOfAnotherSiteIsRefusedBeforeItIsRead() throws Exception {
        try (RawHttp stranger = console.connect()) {
            stranger.send(TestConsole.head("/login", 100, "Sec-Fetch-Site: cross-site") + "name=");

            assertThat(stranger.answer().status()).isEqualTo(403);
        }
    }

    @Test
    void theSignInFormTakesNoMoreThanAFewKibibytes() throws Exception {
        try (RawHttp stranger = console.connect()) {
            stranger.send(TestConsole.head("/login", 5_000, "X-Half: sent") + "name=");

            assertThat(stranger.answer().status()).isEqualTo(413);
        }
        try (RawHttp stranger = console.connect()) {
            stranger.send(TestConsole.head("/login", 0, "X-Chunks: many")
                            .replace("Content-Length: 0", "Transfer-Encoding: chunked")
                    + "1388\r\nname=" + "x".repeat(4_995) + "\r\n");

            assertThat(stranger.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void aMalformedFormIsTheSendersFault() throws Exception {
        for (String form : List.of("name=%zz&password=x", "x".repeat(2_000), "a=b&".repeat(1_000))) {
            assertThat(console.post(HERE, "/login", form, "X-Form: odd").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aSignInFormThatDoesNotComeOnIsGivenUp() throws Exception {
        try (RawHttp stranger = console.connect()) {
            stranger.send(TestConsole.head("/login", 100, "X-Half: sent") + "name=");

            assertThat(stranger.answer().status()).isEqualTo(408);
        }
    }

    @Test
    void whoHangsUpInTheMiddleOfAFormIsNoFaultOfTheConsole() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            try (RawHttp stranger = console.connect()) {
                stranger.send(TestConsole.head("/login", 100, "Expect: 100-continue") + "name=");
                assertThat(stranger.statusLine()).contains("100 Continue");
            }
            assertThat(console.get("/login", "X-After: that").status()).isEqualTo(200);
            assertThat(log.text()).doesNotContain("The console failed");
        }
    }

    @Test
    void aViewersFormIsRefusedBeforeItIsRead() throws Exception {
        String session = signedIn("vera");
        try (RawHttp viewer = console.connect()) {
            viewer.send(TestConsole.head("/events/discard", LARGE, "Cookie: " + session) + "reason=");

            assertThat(viewer.answer().status()).isEqualTo(403);
        }
    }

    @Test
    void anOperatorsLargeFormIsReadAndOneTooLargeIsNot() throws Exception {
        String session = signedIn("ann");
        Matcher csrf = CSRF.matcher(console.get("/", "Cookie: " + session).body());
        assertThat(csrf.find()).isTrue();
        String form = "csrf=" + csrf.group(1) + "&scope=object:Contact&reason=large&filler=" + "x".repeat(LARGE - 200);

        assertThat(console.post(HERE, "/pauses", form, "Cookie: " + session).status())
                .isEqualTo(303);
        try (RawHttp operator = console.connect()) {
            operator.send(TestConsole.head("/pauses", LARGE + 1, "Cookie: " + session) + "csrf=");
            assertThat(operator.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void aProgramThatWaitsToBeAskedForItsBodyIsAsked() throws Exception {
        String body = "{\"scope\":\"object:Contact\",\"reason\":\"large\"}";
        try (RawHttp program = console.connect()) {
            program.send(TestConsole.head("/api/pauses", body.length(), BASIC + "\r\nExpect: 100-continue")
                    .replace("application/x-www-form-urlencoded", "application/json"));
            assertThat(program.statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            program.send(body);

            program.statusLine();
            assertThat(program.statusLine()).isEqualTo("\nHTTP/1.1 201 Created");
        }
    }

    @Test
    void onlySoManyHeadersAreTaken() throws Exception {
        String many = "X-Header: x\r\n".repeat(100) + "X-Last: x";
        assertThat(console.get("/login", many).status()).isEqualTo(431);
    }

    @Test
    void whoeverOpensManyConnectionsLosesHisOwn() throws Exception {
        List<RawHttp> idle = new ArrayList<>();
        try (RawHttp newcomer = console.connect()) {
            newcomer.send("GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(newcomer.statusLine()).contains("200");
            for (int i = 0; i < 600; i++) {
                idle.add(console.connect("127.0.0.2"));
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(idle.get(0).isOpen()).isFalse());

            assertThat(idle.get(599).isOpen()).isTrue();
            assertThat(newcomer.isOpen()).isTrue();
        } finally {
            for (RawHttp connection : idle) {
                connection.close();
            }
        }
    }

    private String signedIn(String name) throws IOException {
        RawHttp.Answer answer = console.signIn(HERE, name, TestConsole.PASSWORD, "none=1");
        assertThat(answer.status()).isEqualTo(303);
        return TestConsole.cookie(answer, "crm-session");
    }
}
