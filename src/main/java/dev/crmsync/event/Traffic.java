package dev.crmsync.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the events that are on their way through a route at this moment, those that wait for Salesforce excepted.
 * When none is, nothing more can join a waiting batch soon, and it may leave.
 */
public final class Traffic {

    private final AtomicInteger moving = new AtomicInteger();
    private final List<Runnable> stillnessListeners = new CopyOnWriteArrayList<>();

    /** Runs {@code listener} on the thread that brings the last moving event to rest; it must not block. */
    public void whenStill(Runnable listener) {
        stillnessListeners.add(listener);
    }

    public boolean isStill() {
        return moving.get() == 0;
    }

    void started() {
        moving.incrementAndGet();
    }

    void rested() {
        if (moving.decrementAndGet() == 0) {
            stillnessListeners.forEach(Runnable::run);
        }
    }
}
