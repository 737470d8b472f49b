package dev.crmsync.inbox;

import java.time.Instant;

/**
 * Holds delivery back; accepting goes on.
 *
 * @param scope {@code all}, {@code source:<name>}, or {@code object:<name>}
 * @param reason why, for a person
 * @param by who paused: a person, or the part of the product that did
 * @param until when it ends by itself, or null for when a person ends it
 */
public record Pause(String scope, String reason, String by, Instant since, Instant until) {

    /** The scope that holds back everything. */
    public static final String ALL = "all";

    /** Who paused, when it was no person. */
    public static final String CIRCUIT = "circuit";

    public Pause {
        if (scope == null || !(scope.equals(ALL) || scope.matches("(source|object):\\S+"))) {
            throw new IllegalArgumentException(
                    "A pause's scope must be 'all', 'source:<name>' or 'object:<name>', was: " + scope);
        }
        if (reason == null || by == null || since == null) {
            throw new IllegalArgumentException("A pause needs a reason, who pauses and since when, was: " + scope);
        }
    }
}
