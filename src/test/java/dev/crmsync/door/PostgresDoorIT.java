package dev.crmsync.door;

import dev.crmsync.reliability.PostgresDatabase;
import dev.crmsync.reliability.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The attacks that reach furthest, with the database of production. */
class PostgresDoorIT extends Door {

    private static final int MIB = 1 << 20;
    private static final Duration HELD = Duration.ofSeconds(10);

    @Override
    TestDatabase openDatabase(Path folder) throws IOException {
        return new PostgresDatabase(folder.resolve("postgresql"));
    }

    @Test
    void arraysWithForgedSignatures() throws Exception {
        withstands(Attacks.arrays(200, Post::forged));
    }

    @Test
    void largeBodiesThatAreHalfSent() throws Exception {
        withstands(Attacks.halfSent(1_000, MIB, MIB / 2, HELD));
    }

    @Test
    void idleConnections() throws Exception {
        withstands(Attacks.idle(2_000, HELD));
    }

    @Test
    void authenticBombs() throws Exception {
        withstands(new AuthenticBodies("bomb", 40, Bodies::manyArrays));
    }
}
