package dev.crmsync.event;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The turns of one subject's events that are delivered together. What waits for Salesforce leaves only while none of
 * them moves, so that the events of one record always travel in one write. If the answer to that write is lost, the next
 * attempt carries the same events again, and never an older state alone over a newer one that may have been written.
 */
public final class Turns {

    private final Lease lease;
    private final Traffic traffic;
    private final AtomicInteger moving = new AtomicInteger();
    private Turn last;

    /**
     * Turns that are being given out until {@link #complete()}.
     *
     * @param lease holds the subject for the delivery
     * @param traffic counts the events
     */
    public Turns(Lease lease, Traffic traffic) {
        this.lease = lease;
        this.traffic = traffic;
        started();
    }

    /** The turn of the next event, which moves from now on. */
    public Turn next() {
        last = new Turn(this, lease, last);
        return last;
    }

    /** All events of the delivery have their turn. */
    public void complete() {
        rested();
    }

    boolean areStill() {
        return moving.get() == 0;
    }

    void started() {
        moving.incrementAndGet();
        traffic.started();
    }

    void rested() {
        moving.decrementAndGet();
        traffic.rested();
    }
}
