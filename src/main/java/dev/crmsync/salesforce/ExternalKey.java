package dev.crmsync.salesforce;

/** One record, named by an external id field and its value. */
record ExternalKey(String field, String value) {}
