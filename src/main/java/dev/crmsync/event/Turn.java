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

    private final Turns together;
    private final Lease lease;
    private final Turn previous;
    private boolean moving = true;
    private volatile boolean finished;

    Turn(Turns together, Lease lease, Turn previous) {
        this.together = together;
        this.lease = lease;
        this.previous = previous;
        together.started();
    }

    /** The turn of an event that is delivered by itself, under a lease that never ends. */
    public static Turn alone() {
        Turns turns = new Turns(Lease.UNLIMITED, new Traffic());
        Turn turn = turns.next();
        turns.complete();
        return turn;
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

    /** False while events of the same delivery are still on their way, maybe to the same record. */
    public boolean mayLeave() {
        return together.areStill();
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
        together.started();
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
        together.rested();
    }
}
