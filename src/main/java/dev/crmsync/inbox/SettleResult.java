package dev.crmsync.inbox;

/** What became of a settlement. */
public enum SettleResult {
    /** It is recorded and the subject is free. */
    RECORDED,
    /**
     * Nothing is recorded, as the subject is not held under that fence: it was given up, taken by another holder, or settled
     * already (also by a try whose answer was lost with the connection).
     */
    LOST
}
