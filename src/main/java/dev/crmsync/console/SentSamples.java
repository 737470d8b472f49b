package dev.crmsync.console;

import dev.crmsync.deadletter.AuditEntry;
import java.util.List;

/** Sends samples, and writes down who did. */
final class SentSamples {

    private final ConsoleData data;

    SentSamples(ConsoleData data) {
        this.data = data;
    }

    List<String> names() {
        return data.samples().names();
    }

    /** A fresh body of that name, JSON text. */
    String body(String name) {
        return data.samples().body(known(name));
    }

    /** @return the status of the webhook endpoint */
    int send(String name, String body, String who) {
        int status = data.samples().send(known(name), body);
        data.deadLetters().audit().record(new AuditEntry(null, who, "send sample", null, name + " -> " + status, 1));
        return status;
    }

    private String known(String name) {
        if (name == null || !names().contains(name)) {
            throw new ConsoleException(400, "There is no sample of that name.");
        }
        return name;
    }
}
