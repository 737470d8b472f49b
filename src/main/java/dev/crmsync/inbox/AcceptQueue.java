package dev.crmsync.inbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Accepts events from many threads at once: each caller blocks until its event is on stable storage, and all that wait
 * at one moment share one commit. An event whose caller was told "unavailable" may still get stored; the sender's next
 * try is then a duplicate.
 */
public final class AcceptQueue implements AutoCloseable {

    /** How long a caller waits, unless told otherwise: well below the senders' own time-outs. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(4);

    private final GroupCommit<Received, Acceptance> commits;
    private final Duration wait;

    public AcceptQueue(Inbox inbox) {
        this(inbox, GroupLimits.DEFAULT, DEFAULT_WAIT);
    }

    /** @param wait how long a caller waits at most before it is told {@link InboxUnavailableException} */
    public AcceptQueue(Inbox inbox, GroupLimits limits, Duration wait) {
        this.wait = wait;
        this.commits = new GroupCommit<>(
                "inbox-accept", limits, received -> received.event().payload().length(), inbox::accept);
    }

    /**
     * Stores an event durably.
     *
     * @return true when it is new, false for a duplicate
     * @throws InboxUnavailableException when that was not confirmed in time
     * @throws UnstorableEventException when the inbox can never store this event as it is
     */
    public boolean accept(Received received) {
        CompletableFuture<Acceptance> result = commits.submit(received);
        Acceptance acceptance = await(result);
        if (acceptance.kind() == Acceptance.Kind.REFUSED) {
            throw acceptance.refusal();
        }
        return acceptance.kind() == Acceptance.Kind.NEW;
    }

    private Acceptance await(CompletableFuture<Acceptance> result) {
        try {
            return result.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(false);
            throw new InboxUnavailableException("The inbox did not store the event within " + wait.toMillis() + " ms");
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while the inbox stored the event", e);
        } catch (ExecutionException e) {
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
