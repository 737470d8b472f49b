package dev.crmsync.salesforce;

/**
 * What became of a row: a result, a failure, or neither when its events are to be tried one by one.
 *
 * @param result null unless the row came to its end
 * @param failure null unless it failed
 */
record RowAnswer(UpsertResult result, Exception failure) {

    static final RowAnswer SEPARATE = new RowAnswer(null, null);

    private static final String DELETED = "ENTITY_IS_DELETED";

    static RowAnswer of(UpsertResult result) {
        return new RowAnswer(result, null);
    }

    static RowAnswer of(Exception failure) {
        return new RowAnswer(null, failure);
    }

    boolean isWritten() {
        return result != null && result.outcome().isWritten();
    }

    /** True when it is settled that nothing was written, and nothing will be. */
    boolean isUnwritten() {
        return result != null && !isWritten()
                || failure instanceof SalesforceFailureException refused
                        && refused.errorCode().equals(DELETED);
    }

    /** True when nobody knows whether it was written. */
    boolean isUnsure() {
        return failure instanceof SalesforceFailureException refused
                && refused.getFailure().leavesOpen();
    }
}
