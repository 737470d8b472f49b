package dev.crmsync.deadletter;

/**
 * What the order guard and retention would make of a replay, event by event; the mapping is not asked.
 *
 * @param matched events that would be looked at
 * @param isExact false when there are more than were counted: then all figures are of the newest of them
 * @param superseded of these, how many would end as superseded, for something newer was applied since
 * @param withoutPayload of these, how many cannot be replayed, for retention has removed their payload
 */
public record ReplayForecast(long matched, boolean isExact, long superseded, long withoutPayload) {

    /** Events that the mapping would get. */
    public long mapped() {
        return matched - superseded - withoutPayload;
    }
}
