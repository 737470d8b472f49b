package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.SettableClock;
import dev.crmsync.inbox.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long guessers wait. */
class SignInFailuresTest {

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-05-26T12:00:00Z");
    private Database database;
    private SignInFailures failures;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("inbox.db"), null, null);
        failures = new SignInFailures(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theWaitDoublesFromTheFifthFailureOnUpToAMinute() {
        for (int i = 1; i < 5; i++) {
            failures.add("pair");
            assertThat(failures.wait("pair")).isZero();
        }
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            failures.add("pair");
            assertThat(failures.wait("pair")).hasSeconds(seconds);
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(failures.wait("pair")).isZero();
        }
        assertThat(failures.wait("another pair")).isZero();
    }

    @Test
    void partOfASecondIsSaidAsAWholeOne() {
        fail(6);
        clock.advance(Duration.ofMillis(1_999));

        assertThat(failures.wait("pair")).hasSeconds(1);
    }

    @Test
    void whoSucceedsStartsAnew() {
        fail(9);
        failures.forget("pair");
        fail(4);

        assertThat(failures.wait("pair")).isZero();
    }

    @Test
    void failuresAreForgottenAfterAQuarterOfAnHourWithoutAnother() {
        fail(9);
        clock.advance(Duration.ofMinutes(15));
        fail(1);

        assertThat(failures.wait("pair")).isZero();
    }

    @Test
    void theDatabaseHoldsNoName() {
        failures.add("pair ann@127.0.0.1");

        List<String> counted = database.reading(
                session -> session.query("select counted from sign_in_failure", row -> row.getString(1)));
        assertThat(counted).containsExactly(Token.sha256("pair ann@127.0.0.1"));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            failures.add("pair");
        }
    }
}
