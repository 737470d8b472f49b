package dev.crmsync.cli;

import dev.crmsync.cli.ModelRun.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever the order in which word of them arrives, however often, and whatever Salesforce does meanwhile: the records
 * end as if the changes had been applied one by one in order, and never go back on the way.
 *
 * <p>{@code -Dreliability.histories} says how many in all; they go through one application, many at a time.
 */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class ModelTest {

    private static final int TRIES = 10;
    private static final int AT_A_TIME = Integer.getInteger("reliability.histories", 500) / TRIES;

    private static final AtomicInteger TRY = new AtomicInteger();

    private static Path data;
    private static ModelRun run;

    @BeforeContainer
    static void start() throws Exception {
        data = Files.createTempDirectory("crm-sync-model");
        run = ModelRun.start(data, 1, Map.of());
    }

    @AfterContainer
    static void stop() throws IOException {
        run.close();
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = TRIES)
    void recordsEndAsIfEveryChangeHadBeenAppliedInOrder(@ForAll long seed) throws Exception {
        run.check(AT_A_TIME, seed, trouble(TRY.incrementAndGet()));
    }

    private static Trouble trouble(int number) {
        return switch (number % TRIES) {
            case 3, 8 -> Trouble.LATE_COMMITS;
            case 5 -> Trouble.CRASH;
            default -> Trouble.NONE;
        };
    }
}
