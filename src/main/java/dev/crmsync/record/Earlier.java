package dev.crmsync.record;

/**
 * How far a subject had been applied as a whole, before the ledger knew its records or by a process that keeps none.
 *
 * @param applied the newest event applied of those that compare with this one, or null
 * @param deletion the subject's deletion, or null
 */
public record Earlier(Place applied, Place deletion) {

    public static final Earlier NOTHING = new Earlier(null, null);
}
