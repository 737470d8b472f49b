package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {

    @TempDir
    Path folder;

    @Test
    void aFileHoldsUsersWithRolesAndHashes() throws Exception {
        Users users = Users.read(file("# people\nann:operator:" + hash("secret") + "\nben:viewer:" + hash("other")));

        assertThat(users.authenticate("ann", "secret").map(Account::user)).contains(new User("ann", Role.OPERATOR));
        assertThat(users.authenticate("ben", "other").map(Account::user)).contains(new User("ben", Role.VIEWER));
        assertThat(users.authenticate("ann", "other")).isEmpty();
        assertThat(users.authenticate("eve", "secret")).isEmpty();
        assertThat(users.authenticate("ann", "secret" + "x".repeat(80))).isEmpty();
    }

    @Test
    void anAccountEndsWithItsPassword() throws Exception {
        Account before = Users.read(file("ann:operator:" + hash("secret")))
                .authenticate("ann", "secret")
                .orElseThrow();

        assertThat(Users.read(file("ann:viewer:" + hash("changed"))).current(before))
                .isEmpty();
        assertThat(Users.none().current(before)).isEmpty();
    }

    @Test
    void aMalformedLineIsNamedWithoutItsHash() throws Exception {
        Path file = file("ann:operator:plain-password");

        assertThatThrownBy(() -> Users.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Line 1")
                .hasMessageNotContaining("plain-password");
    }

    @Test
    void aStrangerWaitsAsLongAsAUser() throws Exception {
        Users users =
                Users.read(file("ann:operator:" + BCrypt.withDefaults().hashToString(10, "secret".toCharArray())));

        assertThat(quickest(users, "eve")).isGreaterThan(quickest(users, "ann").dividedBy(4));
    }

    /** Of several, so that no pause of this machine counts. */
    private static Duration quickest(Users users, String name) {
        return Stream.generate(() -> timeOf(users, name))
                .limit(5)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Duration timeOf(Users users, String name) {
        long began = System.nanoTime();
        assertThat(users.authenticate(name, "wrong")).isEmpty();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("users"), text);
    }

    private static String hash(String password) {
        return BCrypt.withDefaults().hashToString(4, password.toCharArray());
    }
}
