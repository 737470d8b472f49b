package dev.crmsync.inbox;

/** What became of a settlement. */
public enum SettleResult {
    /** It is recorded and the subject is free. */
    RECORDED,
    /** Nothing is recorded: the lease had ended and was given up or taken by another holder. */
    LOST
}
