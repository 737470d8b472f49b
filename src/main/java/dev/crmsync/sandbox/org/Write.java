package dev.crmsync.sandbox.org;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * One record-level change that was committed.
 *
 * @param sequence counts up by one with every write of the org, starting at 1
 * @param call number of the request that made it; writes of one request share it
 * @param object API name of the object
 * @param keyField the external id field that an upsert named, else null
 * @param key its value, else null
 * @param operation what happened to the record
 * @param api which kind of request made it, such as {@code upsert-collection}
 * @param fields what the client wrote, with the values that were stored; a null value was cleared
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Write(
        long sequence,
        long call,
        Instant time,
        String object,
        String id,
        String keyField,
        String key,
        Operation operation,
        String api,
        String caller,
        Map<String, Object> fields) {

    /** What happened to the record. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }
}
