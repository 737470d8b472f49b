package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whoever guesses passwords is slowed down, and nobody else is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleGuessingTest {

    private static final String ATTACKER = "127.0.0.2";
    private static final String OPERATOR = "127.0.0.1";
    private static final String NO_COOKIE = "none=1";

    private static final List<String> MANY =
            IntStream.range(0, 60).mapToObj(i -> "user" + i).toList();

    private TestConsole console;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        List<String> users = new ArrayList<>(List.of("ann", "ben", "cem", "dan", "eva", "fay"));
        MANY.forEach(users::add);
        console = TestConsole.start(
                data, users.stream().map(name -> name + ":operator").toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @Test
    void guessesFromElsewhereLockNobodyOut() throws Exception {
        for (int address = 2; address < 8; address++) {
            guessUntilSlowedDown("127.0.0." + address, "ann");
        }

        assertThat(signIn(OPERATOR, "ann").status()).isEqualTo(303);
    }

    @Test
    void guessesAtManyNamesSlowDownNoOtherNameFromTheSameAddress() throws Exception {
        for (String name : MANY) {
            guess(ATTACKER, name, NO_COOKIE);
        }

        assertThat(signIn(ATTACKER, "ben").status()).isEqualTo(303);
    }

    @Test
    void whoGuessedMustWaitAndIsToldHowLong() throws Exception {
        RawHttp.Answer refused = guessUntilSlowedDown(ATTACKER, "cem");

        assertThat(refused.body()).contains("Too many failed attempts: try again in ");
        assertThat(refused.headers()).anyMatch(header -> header.matches("(?i)retry-after: [1-9]\\d?"));
    }

    @Test
    void theRightPasswordGetsInAfterTheWaitWhichEarlierAttemptsDoNotExtend() throws Exception {
        guessUntilSlowedDown(ATTACKER, "dan");

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> signIn(ATTACKER, "dan").status() == 303);
        assertThat(guess(ATTACKER, "dan", NO_COOKIE).status()).isEqualTo(401);
    }

    @Test
    void aBrowserThatSignedInBeforeIsNotSlowedDownByGuessesFromItsAddress() throws Exception {
        String device = TestConsole.cookie(signIn(OPERATOR, "eva"), "crm-device");
        guessUntilSlowedDown(OPERATOR, "eva");

        assertThat(console.signIn(OPERATOR, "eva", TestConsole.PASSWORD, device).status())
                .isEqualTo(303);
    }

    @Test
    void aMadeUpBrowserOrThatOfSomebodyElseIsNotBelieved() throws Exception {
        String foreign = TestConsole.cookie(signIn(OPERATOR, "ann"), "crm-device");
        List<String> devices = List.of(foreign, foreign + "x", "crm-device=x", "crm-device=.", "crm-device=a.b");
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            answers.add(guess(OPERATOR, "fay", devices.get(i % devices.size())).status());
        }

        assertThat(answers).startsWith(401, 401, 401, 401, 401).contains(429);
    }

    @Test
    void whileOthersFloodThePasswordChecksANewcomerGetsHisTurn() throws Exception {
        AtomicBoolean flooding = new AtomicBoolean(true);
        ExecutorService attackers = Executors.newFixedThreadPool(24);
        List<Future<?>> floods = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String from = "127.0.1." + (1 + i % 6);
            floods.add(attackers.submit(() -> {
                while (flooding.get()) {
                    guess(from, UUID.randomUUID().toString(), NO_COOKIE);
                }
                return null;
            }));
        }
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(signIn(OPERATOR, "ann").status()).isEqualTo(303);
            }
        } finally {
            flooding.set(false);
            for (Future<?> flood : floods) {
                flood.get();
            }
            attackers.shutdown();
        }
    }

    private RawHttp.Answer signIn(String from, String name) throws IOException {
        return console.signIn(from, name, TestConsole.PASSWORD, NO_COOKIE);
    }

    private RawHttp.Answer guess(String from, String name, String cookie) throws IOException {
        return console.signIn(from, name, "wrong", cookie);
    }

    /** The first refusal without a check. Each guess before makes the next wait longer, however slow this machine is. */
    private RawHttp.Answer guessUntilSlowedDown(String from, String name) {
        return await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> guess(from, name, NO_COOKIE), answer -> answer.status() == 429);
    }
}
