package dev.crmsync.event;

import java.time.Duration;

/**
 * Holds delivery back as a whole, or for one object, when an operator wants that or when Salesforce is sick. Accepting
 * webhooks goes on regardless.
 */
public interface DeliveryControl {

    /** The scope of everything. */
    String ALL = "all";

    /** For when nothing holds back. */
    DeliveryControl FREE = new DeliveryControl() {
        @Override
        public boolean isPaused(String scope) {
            return false;
        }

        @Override
        public void pause(String scope, String reason, Duration duration) {
            throw new UnsupportedOperationException("Cannot pause " + scope);
        }
    };

    /** The scope of one Salesforce object. */
    static String object(String name) {
        return "object:" + name;
    }

    boolean isPaused(String scope);

    /**
     * Pauses a scope for all replicas, unless an operator has paused it already.
     *
     * @param reason what an operator should read
     * @param duration after which it ends by itself
     */
    void pause(String scope, String reason, Duration duration);
}
