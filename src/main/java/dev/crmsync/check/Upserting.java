package dev.crmsync.check;

import java.util.List;

/**
 * One {@code upsert:} step of a route, with the mappings whose result can be in the body or variable that it sends.
 *
 * @param object the object it writes
 * @param key the external id field it names, or null
 * @param onlyExisting whether it never creates a record
 * @param mappings jq texts; empty when the route itself does not make what is sent
 * @param unread other things that can be sent, such as {@code simple}
 */
record Upserting(
        String file,
        String route,
        String object,
        String key,
        boolean onlyExisting,
        List<String> mappings,
        List<String> unread) {}
