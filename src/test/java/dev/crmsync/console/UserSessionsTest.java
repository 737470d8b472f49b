package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.SettableClock;
import dev.crmsync.inbox.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long people stay signed in. */
class UserSessionsTest {

    private static final Account ANN = new Account(new User("ann", Role.OPERATOR), "her password");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-05-26T12:00:00Z");
    private Database database;
    private UserSessions sessions;
    private Optional<User> known = Optional.of(ANN.user());

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("inbox.db"), null, null);
        sessions = new UserSessions(database, account -> known, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSessionLastsWhileItIsUsedButNotForEver() {
        Token token = sessions.begin(ANN);
        for (int i = 0; i < 35; i++) {
            clock.advance(Duration.ofMinutes(20));
            assertThat(sessions.find(token)).isPresent();
        }
        clock.advance(Duration.ofMinutes(21));
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void aSessionThatRestsEnds() {
        Token token = sessions.begin(ANN);
        clock.advance(Duration.ofMinutes(31));

        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void aSessionHasTheRightsThatItsAccountHasNow() {
        Token token = sessions.begin(ANN);
        known = Optional.of(new User("ann", Role.VIEWER));
        assertThat(sessions.find(token).map(UserSession::user)).contains(new User("ann", Role.VIEWER));

        known = Optional.empty();
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void whatWasRevealedInASessionIsRevealedInNoOther() {
        Token one = sessions.begin(ANN);
        Token other = sessions.begin(ANN);
        sessions.reveal(sessions.find(one).orElseThrow(), 17);
        sessions.reveal(sessions.find(one).orElseThrow(), 4711);

        assertThat(sessions.find(one).orElseThrow().revealed()).containsExactlyInAnyOrder(17L, 4711L);
        assertThat(sessions.find(other).orElseThrow().revealed()).isEmpty();
    }

    @Test
    void theDatabaseHoldsNoToken() {
        Token token = sessions.begin(ANN);

        List<String> ids =
                database.reading(session -> session.query("select id from console_session", row -> row.getString(1)));
        assertThat(ids).singleElement().isNotEqualTo(token.value());
        assertThat(sessions.find(new Token(token.derive("session")))).isEmpty();
    }
}
