package dev.crmsync.record;

/**
 * Names one Salesforce record by an external id.
 *
 * @param object the API name, such as {@code Contact}
 * @param keyField the external id field, such as {@code Plain_Customer_Key__c}
 * @param key its value
 */
public record RecordKey(String object, String keyField, String key) {}
