package dev.crmsync.salesforce;

/** What the collections resource says of one row: a result, or a failure. */
record RowResult(UpsertResult result, Failure failure) {

    static RowResult ok(UpsertResult result) {
        return new RowResult(result, null);
    }

    static RowResult refused(Failure failure) {
        return new RowResult(null, failure);
    }
}
