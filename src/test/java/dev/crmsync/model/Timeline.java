package dev.crmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The changes of a history as they happen, each later than the one before, some by only a few milliseconds. */
final class Timeline {

    /** The unit of the time in Svix's message ids. */
    private static final int UNIT_MILLIS = 4;

    private final Random random;
    private final List<Change> changes = new ArrayList<>();
    private Instant now;

    /** @param start with whole seconds */
    Timeline(Random random, Instant start) {
        this.random = random;
        this.now = start;
    }

    /** Goes on to the next change's time. */
    Instant next() {
        int units = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1 + random.nextInt(1_500);
        now = now.plus(Duration.ofMillis((long) units * UNIT_MILLIS));
        return now;
    }

    /** The number that the next change will have. */
    int nextNumber() {
        return changes.size() + 1;
    }

    void add(Change change) {
        changes.add(change);
    }

    List<Change> changes() {
        return changes;
    }

    /** The time as Salesforce keeps it. */
    static String shown(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond()).toString();
    }
}
