package dev.crmsync.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a call for some items and, where it is refused as a whole, smaller ones, until those at fault are alone. Two
 * parts that fail for one reason are not divided further: no single item is to blame. For one run.
 *
 * @param <T> what a call carries several of
 */
final class Bisection<T> {

    private final BiConsumer<List<T>, Consumer<Failure>> call;
    private final Function<List<T>, Halves<T>> divide;
    private final List<Refused<T>> refused = new ArrayList<>(0);

    /** Items that were refused alone, or together with no hope to tell them apart. */
    record Refused<T>(List<T> items, Failure failure) {}

    /** Two parts of a list, neither empty. */
    record Halves<T>(List<T> one, List<T> other) {

        static <T> Halves<T> of(List<T> whole) {
            int middle = whole.size() / 2;
            return new Halves<>(whole.subList(0, middle), whole.subList(middle, whole.size()));
        }
    }

    /**
     * @param call makes one call and tells whether it failed as a whole; null when it was accepted
     * @param divide parts a list of two or more
     */
    Bisection(BiConsumer<List<T>, Consumer<Failure>> call, Function<List<T>, Halves<T>> divide) {
        this.call = call;
        this.divide = divide;
    }

    /** @param done receives what was not accepted, once */
    void run(List<T> items, Consumer<List<Refused<T>>> done) {
        call.accept(items, failure -> settle(items, failure, () -> done.accept(refused)));
    }

    private void settle(List<T> items, Failure failure, Runnable done) {
        if (failure == null) {
            done.run();
        } else if (items.size() == 1 || !failure.isWorthDividing()) {
            refused.add(new Refused<>(items, failure));
            done.run();
        } else {
            divide(items, done);
        }
    }

    private void divide(List<T> items, Runnable done) {
        Halves<T> halves = divide.apply(items);
        call.accept(
                halves.one,
                first -> call.accept(halves.other, second -> {
                    if (first != null && first.isSharedWith(second)) {
                        refused.add(new Refused<>(items, first));
                        done.run();
                    } else {
                        settle(halves.one, first, () -> settle(halves.other, second, done));
                    }
                }));
    }
}
