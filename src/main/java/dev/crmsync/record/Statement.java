package dev.crmsync.record;

import java.util.Set;

/**
 * What an event says of a record.
 *
 * @param place the event's place
 * @param kind what it does to the record as a whole
 * @param fields the fields it gives a value, null included; relations by their names
 * @param placeholders those of them that it only fills in because a new record needs them: any other value beats them
 * @param earlier what was applied to the event's subject before there was a ledger
 */
public record Statement(Place place, Kind kind, Set<String> fields, Set<String> placeholders, Earlier earlier) {

    /** What an event does to a record as a whole. */
    public enum Kind {
        /** Says how some of its fields are now. */
        STATE,
        /** Begins a life of the record: what its deletion ended may go on. */
        CREATION,
        /** Ends its life, and so speaks about all fields. */
        DELETION
    }

    public Statement {
        fields = Set.copyOf(fields);
        placeholders = Set.copyOf(placeholders);
    }
}
