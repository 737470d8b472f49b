package dev.crmsync.deadletter;

/**
 * What a replay would meet, event by event, by the order of each event's own subject and by retention. Neither the mapping nor
 * the ledger of records is asked: which fields an event would still write, only its preview tells.
 *
 * @param matched events that would be looked at
 * @param isExact false when there are more than were counted: then all figures are of the newest of them
 * @param overtaken of these, how many are older than something that was applied to their subject since, or than its deletion:
 *     they write only what nothing newer has spoken about
 * @param withoutPayload of these, how many cannot be replayed, for retention has removed their payload
 */
public record ReplayForecast(long matched, boolean isExact, long overtaken, long withoutPayload) {

    /** Events that nothing newer of their subject has overtaken. */
    public long current() {
        return matched - overtaken - withoutPayload;
    }
}
