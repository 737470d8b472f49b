package dev.crmsync.salesforce;

import dev.crmsync.record.Judgement;
import java.util.Locale;

/**
 * What became of one upsert.
 *
 * @param outcome what happened to the record
 * @param id the record's 18-character id, or null where none is known
 * @param judgement which fields the event could still write, or null for what belongs to no event
 */
public record UpsertResult(Outcome outcome, String id, Judgement judgement) {

    public UpsertResult(Outcome outcome, String id) {
        this(outcome, id, null);
    }

    /** The same for one of the events that share the row. */
    UpsertResult judged(Judgement its) {
        return new UpsertResult(outcome.isWritten() && its.isSuperseded() ? Outcome.STALE : outcome, id, its);
    }

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
