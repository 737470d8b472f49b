package dev.crmsync.model;

import dev.crmsync.model.Change.Way;
import dev.crmsync.model.EmporixChanges.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes up histories whose true order can be known from what is sent. */
public final class Histories {

    private static final int MOST_CHANGES = 12;
    private static final int MOST_REPEATS = 3;

    /** Long enough that no change is dated ahead, and not so long that a sender would have given up. */
    private static final Duration AGO = Duration.ofHours(20);

    private Histories() {}

    /**
     * One of any kind.
     *
     * @param id part of the ids of everything in it
     * @param now the time at which it will be sent
     */
    public static History any(Random random, String id, Instant now) {
        Timeline timeline = new Timeline(random, now.minus(AGO).truncatedTo(ChronoUnit.SECONDS));
        int count = 1 + random.nextInt(MOST_CHANGES);
        return switch (random.nextInt(8)) {
            case 0, 1 -> {
                new PivotalChanges(random, timeline, id).happen(count);
                yield arriving(random, timeline.changes(), false);
            }
            case 2, 3 -> {
                new PlainChanges(random, timeline, id).happen(count);
                yield arriving(random, timeline.changes(), false);
            }
            case 4 -> {
                // nobody signs a time: only versions survive another order of arrival
                boolean versions = random.nextBoolean();
                Scope scope = versions ? Scope.VERSIONED_STATES : Scope.ALL;
                new EmporixChanges(random, timeline, id, Way.EMPORIX_HTTP, scope).happen(count);
                yield arriving(random, timeline.changes(), !versions);
            }
            default -> {
                new EmporixChanges(random, timeline, id, Way.EMPORIX_SVIX, Scope.ALL).happen(count);
                yield arriving(random, timeline.changes(), false);
            }
        };
    }

    private static History arriving(Random random, List<Change> changes, boolean inOrder) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(1, changes.size()).boxed().toList());
        int disorder = inOrder ? 0 : random.nextInt(3);
        if (disorder == 1) {
            Collections.shuffle(numbers, random);
        } else if (disorder == 2) {
            overtake(numbers, random);
        }
        for (int repeat = random.nextInt(MOST_REPEATS + 1); repeat > 0; repeat--) {
            int first = random.nextInt(numbers.size());
            int from = inOrder ? first + 1 : 0;
            numbers.add(from + random.nextInt(numbers.size() + 1 - from), numbers.get(first));
        }
        return new History(changes, numbers);
    }

    /** One or two webhooks come late, as when a sender tries them again. */
    private static void overtake(List<Integer> numbers, Random random) {
        for (int late = 1 + random.nextInt(2); late > 0; late--) {
            Integer number = numbers.remove(random.nextInt(numbers.size()));
            numbers.add(random.nextInt(numbers.size() + 1), number);
        }
    }
}
