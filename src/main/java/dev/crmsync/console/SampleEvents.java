package dev.crmsync.console;

import java.util.List;

/** Sample webhooks, signed and posted to the real endpoint. */
public interface SampleEvents {

    /** Source and event type, such as {@code pivotal/customer.created}. */
    List<String> names();

    /** A fresh body of that name, JSON text. */
    String body(String name);

    /**
     * Signs and posts a body; its event is marked as test.
     *
     * @return the HTTP status of the webhook endpoint
     */
    int send(String name, String body);
}
