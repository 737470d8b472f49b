package dev.crmsync.sandbox.rest;

/**
 * Where a request leads.
 *
 * @param object API name as the URL gives it; empty when it gives none
 * @param key external id value or record id as the URL gives it; empty when it gives none
 */
record Route(Operation operation, String object, String key, Handler handler) {}
