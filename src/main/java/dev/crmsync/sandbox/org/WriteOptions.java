package dev.crmsync.sandbox.org;

/**
 * What a request says about all its rows.
 *
 * @param caller who makes it
 * @param call its number
 * @param api its kind, such as {@code upsert-collection}
 * @param allowDuplicates whether duplicate rules that only warn are passed over
 * @param updateOnly whether an upsert must not create
 * @param rowFaults errors to be raised instead of writing a row
 */
public record WriteOptions(
        Caller caller, long call, String api, boolean allowDuplicates, boolean updateOnly, RowFaults rowFaults) {}
