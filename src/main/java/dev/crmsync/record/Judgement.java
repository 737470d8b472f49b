package dev.crmsync.record;

import java.util.Set;

/**
 * What a statement may still write.
 *
 * @param won the fields about which it is the newest to speak
 * @param ifAbsent those of them that only a new record needs: placeholders for what nobody has spoken about
 * @param lost the others
 * @param deleted true when the record's deletion, rather than single newer events, is why
 * @param next the record's state once that is written
 * @param unwritten the record's state should Salesforce have no such record: what is known even so
 * @param recalled events, by {@link Place#arrival()}, which lost before and may win now: they must be delivered again
 */
public record Judgement(
        Set<String> won,
        Set<String> ifAbsent,
        Set<String> lost,
        boolean deleted,
        RecordState next,
        RecordState unwritten,
        Set<Long> recalled) {

    public Judgement {
        won = Set.copyOf(won);
        ifAbsent = Set.copyOf(ifAbsent);
        lost = Set.copyOf(lost);
        recalled = Set.copyOf(recalled);
    }

    /** Everything may be written and nothing is remembered: for what belongs to no event. */
    public static Judgement unordered(Set<String> fields, Set<String> placeholders, RecordState state) {
        return new Judgement(fields, placeholders, Set.of(), false, state, state, Set.of());
    }

    /** True when there is nothing to write. */
    public boolean isSuperseded() {
        return won.isEmpty() && !lost.isEmpty();
    }

    /** Why nothing is left, for a person. */
    public String reason() {
        return deleted
                ? "the record was deleted, and only a creation after that brings it back"
                : "newer events have spoken about all its fields";
    }
}
