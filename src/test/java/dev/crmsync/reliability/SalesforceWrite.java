package dev.crmsync.reliability;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One committed change of one record, from the sandbox's journal.
 *
 * @param call number of the request; writes of one request share it
 * @param operation {@code create}, {@code update} or {@code delete}
 * @param version the version of the newest event in it
 */
record SalesforceWrite(long call, String id, String key, String operation, int version) {

    static SalesforceWrite of(JsonNode write) {
        return new SalesforceWrite(
                write.path("call").asLong(),
                write.path("id").asText(),
                write.path("key").asText(),
                write.path("operation").asText(),
                SentEvent.versionOf(write.path("fields").path("Name").asText()));
    }
}
