package dev.crmsync.inbox;

/**
 * How a claim is to be delivered, by how often in a row its subject was claimed and not settled: a process that ends during
 * a delivery settles nothing, and neither does one that lost its lease.
 */
public enum Handling {
    /** Together with whatever else is in flight. */
    NORMAL,
    /** With nothing but the claims that came with it in flight in this process. */
    ISOLATED,
    /** One event, with nothing else in flight in this process; {@link Inbox#tryAlone} comes first. */
    ALONE,
    /** One event that was tried alone and not settled either: not to be tried again. */
    GIVE_UP;

    /** After so many claims in a row that were not settled, an event is tried alone. */
    static final int CLAIMS = 3;

    /** So many subjects are isolated together before: few enough to try each alone when that ends the process. */
    static final int ISOLATED_TOGETHER = 64;

    /** @param unsettled claims of the subject in a row that were not settled */
    static Handling after(int unsettled) {
        return unsettled >= CLAIMS ? ALONE : unsettled == CLAIMS - 1 ? ISOLATED : NORMAL;
    }
}
