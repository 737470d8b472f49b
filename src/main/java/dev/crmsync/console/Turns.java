package dev.crmsync.console;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets costly work be done in turns: little at once, one piece at a time for each origin, known ones first. Whoever asks
 * for much waits behind himself, not before others.
 */
final class Turns {

    private static final int AT_ONCE = 2;
    private static final int MOST_OF_ONE = 10;

    /** From half of it on there is only room for those of whom nothing waits yet. */
    private static final int MOST_OF_ALL = 1_000;

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Whose turn is furthest away comes last. */
    private final Map<Origin, Deque<Supplier<Future<?>>>> waiting = new LinkedHashMap<>();

    private final Set<Origin> working = new HashSet<>();
    private int count;

    /**
     * Begins the work when its turn comes.
     *
     * @param work begins it, without blocking; not done when it returns
     * @throws ConsoleException when too much waits already
     */
    synchronized void take(Origin origin, Supplier<Future<?>> work) {
        Deque<Supplier<Future<?>>> own = waiting.getOrDefault(origin, new ArrayDeque<>());
        if (own.size() >= MOST_OF_ONE || !origin.isKnown() && count >= (own.isEmpty() ? 1 : 0.5) * MOST_OF_ALL) {
            throw new ConsoleException(429, "Too many are signing in at this moment: try again.", RETRY);
        }
        own.add(work);
        count++;
        waiting.putIfAbsent(origin, own);
        beginNext();
    }

    private void beginNext() {
        Optional<Origin> next = Optional.empty();
        while (working.size() < AT_ONCE && (next = next()).isPresent()) {
            begin(next.get());
        }
    }

    private Optional<Origin> next() {
        return waiting.keySet().stream()
                .filter(origin -> !working.contains(origin))
                .min(Comparator.comparing(origin -> !origin.isKnown()));
    }

    private void begin(Origin origin) {
        Deque<Supplier<Future<?>>> own = waiting.get(origin);
        Supplier<Future<?>> work = own.remove();
        count--;
        if (own.isEmpty()) {
            waiting.remove(origin);
        }
        working.add(origin);
        work.get().onComplete(done -> finished(origin));
    }

    private synchronized void finished(Origin origin) {
        working.remove(origin);
        Deque<Supplier<Future<?>>> rest = waiting.remove(origin);
        if (rest != null) {
            waiting.put(origin, rest);
        }
        beginNext();
    }
}
