package dev.crmsync.record;

/**
 * How an event stands to the records it speaks about; an exchange carries it to its upserts.
 *
 * @param place its place among all events that speak about a record
 * @param earlier what was applied to its subject before there was a ledger
 */
public record Standing(Place place, Earlier earlier) {

    /** The exchange property; absent for what belongs to no event. */
    public static final String PROPERTY = "standing";
}
