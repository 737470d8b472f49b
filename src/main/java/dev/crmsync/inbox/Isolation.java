package dev.crmsync.inbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets claims of all sources be in flight together in this process, or one of them with nothing beside it. */
final class Isolation {

    private static final int EVERYTHING = Integer.MAX_VALUE;

    private final Semaphore permits = new Semaphore(EVERYTHING, true);

    /** Waits for as long as something is isolated or waits to be. Each call needs a {@link #leave()}. */
    void join() throws InterruptedException {
        permits.acquire();
    }

    /** Takes along one more, where the caller has joined and not left. It needs a {@link #leave()} of its own. */
    void joinToo() {
        if (!permits.tryAcquire()) {
            throw new IllegalStateException("Only who has joined can take another along");
        }
    }

    void leave() {
        permits.release();
    }

    /**
     * Waits until nothing else is in flight; nothing joins meanwhile.
     *
     * @return false when that took too long; else {@link #end()} must follow
     */
    boolean begin(Duration patience) throws InterruptedException {
        return permits.tryAcquire(EVERYTHING, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end() {
        permits.release(EVERYTHING);
    }
}
