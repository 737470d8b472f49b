package dev.crmsync.salesforce;

import dev.crmsync.event.DeliveryControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pauses delivery when going on would only do harm, and lets the next event after the pause be the probe: if that fails
 * too, the next pause is twice as long.
 *
 * <ul>
 *   <li>Quota used up: everything, for a quarter of an hour at least, since it comes back over 24 hours.
 *   <li>Too many requests at a time, or too many that take long: everything, for as long as {@code Retry-After} says, or
 *       seconds.
 *   <li>Login refused, or the API closed to us: everything.
 *   <li>A field or permission missing on an object: that object.
 *   <li>No answer, or an answer that Salesforce cannot work now, several times in a row: everything.
 * </ul>
 */
final class Circuit {

    private static final int OUTAGES_IN_A_ROW = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(15);

    private final DeliveryControl control;
    private final RetryAfter retryAfter;
    private final Clock clock;
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

    Circuit(DeliveryControl control, RetryAfter retryAfter, Clock clock) {
        this.control = control;
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    /** Why this object must not be written now, or null when it may; what Salesforce said where that is the reason. */
    Exception openFor(String object) {
        if (control.isPaused(DeliveryControl.ALL)) {
            return new DeliveryPausedException();
        }
        String scope = DeliveryControl.object(object);
        if (!control.isPaused(scope)) {
            return null;
        }
        Trouble trouble = troubles.get(scope);
        return trouble != null && clock.instant().isBefore(trouble.until)
                ? SalesforceFailureException.of(trouble.failure)
                : new ObjectPausedException(object);
    }

    /** A call was answered and no row spoke of trouble. */
    void succeeded(String object) {
        troubles.remove(DeliveryControl.ALL);
        troubles.remove(DeliveryControl.object(object));
    }

    void failed(String object, Failure failure) {
        switch (failure.failureClass()) {
            case LIMIT -> pause(DeliveryControl.ALL, object, failure, isQuota(failure) ? LIMIT_PAUSE : FIRST_PAUSE, 1);
            case CONFIGURATION ->
                pause(
                        failure.concernsObject() ? DeliveryControl.object(object) : DeliveryControl.ALL,
                        object,
                        failure,
                        FIRST_PAUSE,
                        1);
            case UNAVAILABLE -> pause(DeliveryControl.ALL, object, failure, FIRST_PAUSE, OUTAGES_IN_A_ROW);
            default -> {
                // concerns single records
            }
        }
    }

    /** The daily quota, as opposed to a rate that is too high for the moment. */
    private static boolean isQuota(Failure failure) {
        return failure.code().equals("REQUEST_LIMIT_EXCEEDED")
                && !failure.message().contains("Concurrent");
    }

    /** Calls that fail together, as those in flight when an outage begins, count once. */
    private void pause(String scope, String object, Failure failure, Duration shortest, int tolerated) {
        Trouble trouble = troubles.compute(scope, (key, before) -> {
            Instant now = clock.instant();
            if (before != null && now.isBefore(before.until)) {
                return before;
            }
            int failures = before == null ? 1 : before.failures + 1;
            return new Trouble(
                    failure, failures, now.plus(length(failures - tolerated, shortest)), failures >= tolerated);
        });
        if (trouble.pauses && !control.isPaused(scope)) {
            Duration duration = Duration.between(clock.instant(), trouble.until);
            control.pause(scope, reason(object, failure), longer(duration, retryAfter.remaining()));
        }
    }

    private static Duration length(int repeated, Duration shortest) {
        if (repeated < 0) {
            return Duration.ZERO;
        }
        Duration longest = shortest.compareTo(LONGEST_PAUSE) > 0 ? shortest : LONGEST_PAUSE;
        Duration doubled = shortest.multipliedBy(1L << Math.min(repeated, 10));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String reason(String object, Failure failure) {
        return switch (failure.failureClass()) {
            case LIMIT ->
                isQuota(failure)
                        ? "Salesforce's API limit is used up (" + failure.summary() + ")"
                        : "Salesforce takes no more calls for the moment (" + failure.summary() + ")";
            case UNAVAILABLE -> "Salesforce does not answer (" + failure.summary() + ")";
            default ->
                "Salesforce's set-up refuses us while we write " + object + " (" + failure.explanation()
                        + "): check login, permission set and deployed fields";
        };
    }

    private record Trouble(Failure failure, int failures, Instant until, boolean pauses) {}
}
