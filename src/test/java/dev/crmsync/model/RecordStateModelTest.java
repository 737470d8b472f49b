package dev.crmsync.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.record.Judgement;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The rule of order alone, without a database and a Salesforce, on many more histories than the whole way can take. */
class RecordStateModelTest {

    private static final int HISTORIES = 20 * Integer.getInteger("reliability.histories", 500);
    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

    @Test
    void everyRecordEndsAsIfEveryChangeHadBeenAppliedInOrder() {
        assertThat(wrong(RecordState::judge).stream().limit(3))
                .as("the shortest of the histories that did not")
                .isEmpty();
    }

    @Test
    void theModelNoticesWhenOrderIsNotGuarded() {
        assertThat(wrong((state, statement) -> Judgement.unordered(statement.fields(), state)))
                .hasSizeGreaterThan(HISTORIES / 4);
    }

    @Test
    void theModelNoticesWhenOnlyWholeEventsAreOrdered() {
        assertThat(wrong(RecordStateModelTest::asWhole)).hasSizeGreaterThan(HISTORIES / 10);
    }

    /** An event that lost any field loses all. */
    private static Judgement asWhole(RecordState state, Statement statement) {
        Judgement judgement = state.judge(statement);
        return judgement.lost().isEmpty()
                ? judgement
                : new Judgement(Set.of(), Set.of(), statement.fields(), judgement.deleted(), state, state, Set.of());
    }

    /** The histories that do not end as in order, the shortest first. */
    private static List<String> wrong(BiFunction<RecordState, Statement, Judgement> guard) {
        List<String> wrong = new ArrayList<>();
        for (long seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            History history = Histories.any(random, "m", NOW);
            Map<String, Map<String, String>> records = Simulation.run(history, random, guard);
            var faults = Oracle.of(history.changes()).allFaults(records);
            if (!faults.isEmpty()) {
                wrong.add(faults + " after" + history);
            }
        }
        wrong.sort(Comparator.comparingInt(String::length));
        return wrong;
    }
}
