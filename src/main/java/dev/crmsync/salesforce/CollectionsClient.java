package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** The two calls to Salesforce that a batch needs. Answers arrive once, on any thread, with either value null. */
interface CollectionsClient {

    /**
     * Upserts up to {@value BatchLimits#MAX_ROWS} records of one object.
     *
     * @param mayStill asked right before each time the call is made; when false it is not, and fails as {@link
     *     Failure#LEASE_LOST}
     * @param answer as many results as records, in their order; or the failure of the whole call
     */
    void upsert(
            String object,
            String keyField,
            List<ObjectNode> records,
            BooleanSupplier mayStill,
            BiConsumer<List<RowResult>, Failure> answer);

    /**
     * Tells which of the keys have a record.
     *
     * @param answer the keys found; or the failure of the whole call
     */
    void existingKeys(String object, String keyField, Collection<String> keys, BiConsumer<Set<String>, Failure> answer);
}
