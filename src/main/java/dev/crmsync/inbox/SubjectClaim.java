package dev.crmsync.inbox;

import dev.crmsync.record.Standing;
import java.time.Instant;
import java.util.List;

/**
 * A lease on one subject, with what waits for it. Nobody else gets the subject until the claim is settled, released or
 * its lease has ended.
 *
 * @param fence grows with every claim of the subject: a holder with an older one records nothing
 * @param leaseUntil when others may claim the subject, unless the lease is renewed
 * @param adopted how far a process that keeps no ledger of records had applied it
 * @param deliveredBefore true once any event of the subject was delivered
 * @param handling the same for all that were claimed together
 * @param complete true when nothing else was waiting for the subject
 * @param events at least one, in the order to apply them
 */
public record SubjectClaim(
        long subjectId,
        long fence,
        String source,
        String tenant,
        String subject,
        Instant leaseUntil,
        AppliedKeys applied,
        AppliedKeys adopted,
        boolean deliveredBefore,
        Handling handling,
        boolean complete,
        List<ClaimedEvent> events) {

    public SubjectClaim {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A claim needs an event, had none for: " + subject);
        }
    }

    /** How one of its events stands to the records it speaks about. */
    Standing standingOf(ClaimedEvent claimed) {
        return StandingOf.event(claimed.event(), claimed.id(), subjectId, adopted);
    }

    /** What its events hold of the heap while they are delivered, in bytes. */
    long parsedBytes() {
        return events.stream().mapToLong(ClaimedEvent::parsedBytes).sum();
    }
}
