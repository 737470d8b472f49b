package dev.crmsync.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a holder records when it gives a subject back.
 *
 * @param applied how far the subject is applied now
 * @param adopted the claim's own
 * @param recalled events, by their inbox numbers, that ended before and must be delivered again
 * @param retryAt when to try what stays pending; null when nothing does
 */
public record Settlement(
        long subjectId,
        long fence,
        List<Outcome> outcomes,
        AppliedKeys applied,
        AppliedKeys adopted,
        Set<Long> recalled,
        Instant retryAt) {

    public Settlement {
        outcomes = List.copyOf(outcomes);
        recalled = Set.copyOf(recalled);
        if (applied == null) {
            throw new IllegalArgumentException("A settlement needs the applied keys of subject " + subjectId);
        }
        if (retryAt == null
                && outcomes.stream().anyMatch(outcome -> !outcome.state().isEnd())) {
            throw new IllegalArgumentException("A pending event of subject " + subjectId + " needs a time to retry");
        }
    }

    /**
     * Settles a claim.
     *
     * @throws IllegalArgumentException when an outcome is of another claim, or when an event stays pending without a
     *     time to retry
     */
    public static Settlement of(SubjectClaim claim, List<Outcome> outcomes, AppliedKeys applied, Instant retryAt) {
        Set<Long> claimed = claim.events().stream().map(ClaimedEvent::id).collect(Collectors.toSet());
        Set<Long> ended = outcomes.stream().map(Outcome::eventId).collect(Collectors.toSet());
        if (!claimed.containsAll(ended) || ended.size() != outcomes.size()) {
            throw new IllegalArgumentException(
                    "Outcomes must each be of one event of the claim, were of: " + ended + ", claimed: " + claimed);
        }
        if (retryAt == null && !claim.complete()) {
            throw new IllegalArgumentException(
                    "What waits beyond the claim of subject " + claim.subjectId() + " needs a time to be tried");
        }
        if (retryAt == null && ended.size() < claimed.size()) {
            throw new IllegalArgumentException("Events without outcome need a time to retry: " + ended.size() + " of "
                    + claimed.size() + " ended");
        }
        return new Settlement(claim.subjectId(), claim.fence(), outcomes, applied, claim.adopted(), Set.of(), retryAt);
    }

    /** The same, which makes events pending again that ended before. */
    Settlement recalling(Set<Long> events) {
        return new Settlement(subjectId, fence, outcomes, applied, adopted, events, retryAt);
    }

    /** Gives a subject back untouched, to be tried at that time; no attempt is charged. */
    public static Settlement release(SubjectClaim claim, Instant retryAt) {
        return of(claim, List.of(), claim.applied(), retryAt);
    }
}
