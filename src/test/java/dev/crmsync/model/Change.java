package dev.crmsync.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * One change at a source, and the webhook that tells of it.
 *
 * @param number its place among the changes of its history, from 1; all its texts hold {@code v<number>}
 * @param at when it happened
 * @param way how its webhook is sent
 * @param type the event type
 * @param body what is sent, but for what differs from attempt to attempt
 * @param refused whether it has a value that makes it a dead letter, for good
 * @param says what it says of records
 */
public record Change(
        int number, Instant at, Way way, String type, ObjectNode body, boolean refused, List<RecordChange> says) {

    /** The source, and how it delivers. */
    public enum Way {
        PIVOTAL,
        PLAIN,
        EMPORIX_SVIX,
        EMPORIX_HTTP
    }

    public Change {
        says = List.copyOf(says);
    }

    @Override
    public String toString() {
        return number + " " + at + " " + way + " " + type + (refused ? " (refused) " : " ") + body;
    }
}
