package dev.crmsync.door;

import dev.crmsync.reliability.SqliteDatabase;
import dev.crmsync.reliability.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A few of the attacks, for every build: {@code mvn -Pdoor verify} carries out all of them. */
class DoorIT extends Door {

    private static final int MIB = 1 << 20;
    private static final Duration HELD = Duration.ofSeconds(2);

    @Override
    TestDatabase openDatabase(Path folder) {
        return new SqliteDatabase(folder.resolve("inbox.db"));
    }

    @Test
    void arraysWithForgedSignatures() throws Exception {
        withstands(Attacks.arrays(40, Post::forged));
    }

    @Test
    void largeBodiesThatAreHalfSent() throws Exception {
        withstands(Attacks.halfSent(1_000, MIB, MIB / 2, HELD));
    }

    @Test
    void authenticBombs() throws Exception {
        withstands(new AuthenticBodies("bomb", 12, Bodies::manyArrays));
    }
}
