package dev.crmsync.event;

import java.time.Instant;

/**
 * The place of one event among the events of its subject that are delivered together. A later event may share a write
 * with an earlier one, but may never be written before it; and nothing may be written once the lease on the subject has
 * ended, since another replica may have taken over.
 *
 * <p>Life: created (moving), any number of {@link #park()} and {@link #resume()}, {@link #finish()}.
 */
public final class Turn {

    private final Lease lease;
    private final Turn previous;
    private final Traffic traffic;
    private boolean moving = true;
    private volatile boolean finished;

    /**
     * @param lease holds the subject for the delivery
     * @param previous the event of the subject that comes just before, or null for the first
     * @param traffic counts this event from now on
     */
    public Turn(Lease lease, Turn previous, Traffic traffic) {
        this.lease = lease;
        this.previous = previous;
        this.traffic = traffic;
        traffic.started();
    }

    /** The nearest earlier event of the subject that has not finished, or null. */
    public Turn unfinishedPrevious() {
        Turn earlier = previous;
        while (earlier != null && earlier.finished) {
            earlier = earlier.previous;
        }
        return earlier;
    }

    public boolean holdsLeaseAt(Instant now) {
        return lease.isHeldAt(now);
    }

    /** The event now waits for Salesforce. */
    public void park() {
        rest();
    }

    /** The event goes on along its route. */
    public void resume() {
        synchronized (this) {
            if (moving || finished) {
                return;
            }
            moving = true;
        }
        traffic.started();
    }

    /** The event has reached the end of its route, whatever the outcome. */
    public void finish() {
        finished = true;
        rest();
    }

    private void rest() {
        synchronized (this) {
            if (!moving) {
                return;
            }
            moving = false;
        }
        traffic.rested();
    }
}
