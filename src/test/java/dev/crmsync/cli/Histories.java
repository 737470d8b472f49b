package dev.crmsync.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random histories, their webhooks shuffled and some of them sent several times. */
final class Histories {

    private static final int MOST_CHANGES = 8;
    private static final int MOST_REPEATS = 3;

    private Histories() {}

    static Arbitrary<History> any() {
        return Arbitraries.of(History.Source.class)
                .flatMap(source -> Combinators.combine(
                                changes(source).list().ofMinSize(1).ofMaxSize(MOST_CHANGES), Arbitraries.longs())
                        .as((changes, seed) ->
                                new History(source, changes, arrivals(changes.size(), new Random(seed)))));
    }

    private static Arbitrary<History.Change> changes(History.Source source) {
        return switch (source) {
            case PIVOTAL ->
                Arbitraries.frequency(Tuple.of(9, History.Change.UPDATE), Tuple.of(1, History.Change.REFUSED));
            case PLAIN -> Arbitraries.frequency(Tuple.of(4, History.Change.UPDATE), Tuple.of(1, History.Change.DELETE));
            case EMPORIX -> Arbitraries.just(History.Change.UPDATE);
        };
    }

    /** In half of the cases nearly in order, as senders mostly do. */
    private static List<Integer> arrivals(int changes, Random random) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(1, changes).boxed().toList());
        if (random.nextBoolean()) {
            Collections.shuffle(numbers, random);
        }
        for (int repeat = random.nextInt(MOST_REPEATS + 1); repeat > 0; repeat--) {
            numbers.add(random.nextInt(numbers.size() + 1), 1 + random.nextInt(changes));
        }
        return numbers;
    }
}
