package dev.crmsync.cli;

import dev.crmsync.cli.ModelRun.Trouble;
import dev.crmsync.inbox.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The same as {@link ModelTest}, with two applications that share a database in PostgreSQL, and fewer histories. */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class ModelOnPostgresTest {

    private static final int TRIES = 4;
    private static final int AT_A_TIME = Integer.getInteger("reliability.histories", 500) / 4 / TRIES;

    private static final AtomicInteger TRY = new AtomicInteger();

    private static Path data;
    private static PostgresServer server;
    private static ModelRun run;

    @BeforeContainer
    static void start() throws Exception {
        data = Files.createTempDirectory("crm-sync-model");
        server = PostgresServer.start();
        run = ModelRun.start(
                data,
                2,
                Map.of(
                        "crm.database.url", server.newDatabase(),
                        "crm.database.username", PostgresServer.USER,
                        "crm.database.password", PostgresServer.PASSWORD));
    }

    @AfterContainer
    static void stop() throws Exception {
        run.close();
        server.close();
        Files.delete(data);
    }

    @Property(tries = TRIES)
    void recordsEndAsIfEveryChangeHadBeenAppliedInOrder(@ForAll long seed) throws Exception {
        run.check(AT_A_TIME, seed, TRY.incrementAndGet() % TRIES == 2 ? Trouble.CRASH : Trouble.NONE);
    }
}
