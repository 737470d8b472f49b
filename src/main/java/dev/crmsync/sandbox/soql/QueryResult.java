package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.SObjectRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a query found.
 *
 * @param totalSize how many records matched
 * @param columns the selected values in their order; empty when only the count was asked for
 * @param countAlias name of the count, when it is to be answered as a record
 */
public record QueryResult(
        int totalSize, List<SObjectRecord> records, List<Path> columns, Optional<String> countAlias) {}
