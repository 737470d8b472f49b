package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose work is done when there is more than can be done at once. */
class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> begun = new ArrayList<>();
    private final Map<String, Promise<Void>> work = new HashMap<>();

    @Test
    void oneOriginHasOneTurnAtATime() {
        take("a", 3);
        assertThat(begun).containsExactly("a0");

        finish("a0");
        assertThat(begun).containsExactly("a0", "a1");
    }

    @Test
    void aNewcomerWaitsForOneTurnOfEachOther() {
        take("a", 5);
        take("b", 5);
        take("c", 5);
        take("newcomer", 1);
        assertThat(begun).containsExactly("a0", "b0");

        finish("a0");
        finish("b0");
        finish("c0");
        assertThat(begun).containsExactly("a0", "b0", "c0", "newcomer0", "a1");
    }

    @Test
    void aKnownBrowserIsNext() {
        take("a", 5);
        take("b", 5);
        take("c", 5);
        take(Origin.device("known"), "known");

        finish("a0");
        assertThat(begun).containsExactly("a0", "b0", "known");
    }

    @Test
    void oneOriginCannotMakeAllOthersWaitForEver() {
        take("a", 11);

        assertThatThrownBy(() -> take("a", 1))
                .isInstanceOf(ConsoleException.class)
                .hasMessageContaining("Too many");
        take("b", 1);
        assertThat(begun).containsExactly("a0", "b0");
    }

    @Test
    void halfOfTheRoomIsForThoseOfWhomNothingWaits() {
        for (int i = 0; i < 50; i++) {
            take("origin " + i, 10);
        }
        take("last of the first half", 2);

        assertThatThrownBy(() -> take("last of the first half", 1)).isInstanceOf(ConsoleException.class);
        take("newcomer", 1);
    }

    @Test
    void whatFailsEndsItsTurnToo() {
        take("a", 2);
        work.get("a0").fail("broken");

        assertThat(begun).containsExactly("a0", "a1");
    }

    private void take(String origin, int times) {
        for (int i = 0; i < times; i++) {
            take(Origin.address(origin), origin + i);
        }
    }

    private void take(Origin origin, String name) {
        Promise<Void> promise = Promise.promise();
        work.put(name, promise);
        turns.take(origin, () -> {
            begun.add(name);
            return promise.future();
        });
    }

    private void finish(String name) {
        work.get(name).complete();
    }
}
