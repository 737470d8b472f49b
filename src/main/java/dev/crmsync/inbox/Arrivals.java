package dev.crmsync.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells listeners in this process that a source may have something to claim, right after the commit. A hint only: what
 * other processes store is found by polling.
 */
public final class Arrivals {

    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

    /**
     * Listens to one source.
     *
     * @param listener called on the writer's thread: must return at once and throw nothing
     * @return ends the listening
     */
    public Runnable listen(String source, Runnable listener) {
        List<Runnable> ofSource = listeners.computeIfAbsent(source, any -> new CopyOnWriteArrayList<>());
        ofSource.add(listener);
        return () -> ofSource.remove(listener);
    }

    void signal(String source) {
        listeners.getOrDefault(source, List.of()).forEach(Runnable::run);
    }

    void signalAll() {
        listeners.keySet().forEach(this::signal);
    }
}
