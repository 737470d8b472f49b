package dev.crmsync.inbox;

/**
 * The bounds of a group commit.
 *
 * @param groupSize most items in one transaction, 1 or more
 * @param groupWeight most bytes of payload in one transaction; exceeded only by a single item that is larger
 * @param capacity most items that wait; over it, callers are refused at once
 */
public record GroupLimits(int groupSize, long groupWeight, int capacity) {

    /** 200 items or 2 MiB a transaction, so that none takes long; 2,000 waiting. */
    public static final GroupLimits DEFAULT = new GroupLimits(200, 2L << 20, 2_000);

    public GroupLimits {
        if (groupSize < 1 || groupWeight < 1 || capacity < 1) {
            throw new IllegalArgumentException("Limits of a group commit must be positive, were: " + groupSize
                    + " items, " + groupWeight + " bytes, " + capacity + " waiting");
        }
    }
}
