package dev.crmsync.salesforce;

import java.util.Locale;

/**
 * What became of one upsert.
 *
 * @param outcome what happened to the record
 * @param id the record's 18-character id, or null where none is known
 */
public record UpsertResult(Outcome outcome, String id) {

    /** What happened to the record. */
    public enum Outcome {
        CREATED,
        UPDATED,
        /** Nothing was written, since only an existing record was to be changed and there is none. */
        ABSENT,
        /** Nothing was written, since Salesforce holds something newer. */
        STALE,
        /** Nothing was deleted, since Salesforce has deleted the record already. */
        GONE;

        boolean isWritten() {
            return this == CREATED || this == UPDATED;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
