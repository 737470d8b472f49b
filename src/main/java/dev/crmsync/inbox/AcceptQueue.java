package dev.crmsync.inbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Accepts events from many senders at once: all that wait at one moment share one commit. An event whose sender was told
 * "unavailable" may still get stored; the sender's next try is then a duplicate.
 */
public final class AcceptQueue implements AutoCloseable {

    /** How long an event waits, unless told otherwise: well below the senders' own time-outs. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(4);

    private final GroupCommit<Received, Acceptance> commits;
    private final Duration wait;

    public AcceptQueue(Inbox inbox) {
        this(inbox, GroupLimits.DEFAULT, DEFAULT_WAIT);
    }

    /** @param wait how long an event waits at most before its sender is told {@link InboxUnavailableException} */
    public AcceptQueue(Inbox inbox, GroupLimits limits, Duration wait) {
        this.wait = wait;
        this.commits = new GroupCommit<>(
                inbox.workers(),
                "inbox-accept",
                inbox.writersAtOnce(),
                limits,
                received -> received.event().payload().length(),
                inbox::accept);
    }

    /**
     * Stores an event durably.
     *
     * @return what became of it, once it is on stable storage. It fails with {@link InboxUnavailableException} when that
     *     was not confirmed in time. What follows runs on the thread of the commits, so it must be short
     */
    public CompletableFuture<Acceptance> submit(Received received) {
        return commits.submit(received).orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Stores an event durably, and holds the caller's thread meanwhile.
     *
     * @return true when it is new, false for a duplicate
     * @throws InboxUnavailableException when that was not confirmed in time
     * @throws UnstorableEventException when the inbox can never store this event as it is
     */
    public boolean accept(Received received) {
        CompletableFuture<Acceptance> result = submit(received);
        try {
            result.get();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while the inbox stored the event", e);
        } catch (ExecutionException e) {
            // told by isNew
        }
        return isNew(result);
    }

    /**
     * What the outcome of a {@linkplain #submit submitted} event means.
     *
     * @return true when it is new, false for a duplicate
     * @throws InboxUnavailableException when it was not stored in time
     * @throws UnstorableEventException when the inbox can never store this event as it is
     */
    boolean isNew(CompletableFuture<Acceptance> completed) {
        try {
            Acceptance acceptance = completed.join();
            if (acceptance.kind() == Acceptance.Kind.REFUSED) {
                throw acceptance.refusal();
            }
            return acceptance.kind() == Acceptance.Kind.NEW;
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new InboxUnavailableException(
                        "The inbox did not store the event within " + wait.toMillis() + " ms");
            }
            throw new InboxUnavailableException(
                    "The inbox did not store the event: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** How many events wait to be stored. */
    public int waiting() {
        return commits.waiting();
    }

    /** Stores what waits, then refuses everything. */
    @Override
    public void close() {
        commits.close();
    }
}
