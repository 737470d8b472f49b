package dev.crmsync.cli;

import java.nio.charset.StandardCharsets;

/** Bodies of Pivotal events, each with its own customer. */
final class PivotalEvent {

    /** Part of every body, and of nothing else. */
    static final String PERSONAL = "Quentin Abelsdotter";

    private PivotalEvent() {}

    static byte[] of(String id) {
        return of(id, "customer.created");
    }

    static byte[] of(String id, String type) {
        return """
                {"id": "evt_%1$s", "type": "%2$s", "created_at": "2026-05-04T09:15:00.000Z", "org_id": "org_1",
                 "livemode": true, "data": {"object": {"id": "cus_%1$s", "name": "%3$s"}}}""".formatted(id, type, PERSONAL).getBytes(StandardCharsets.UTF_8);
    }

    /** The external key of that event's Account. */
    static String key(String id) {
        return "org_1:cus_" + id;
    }
}
