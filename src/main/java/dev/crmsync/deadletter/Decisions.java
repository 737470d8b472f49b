package dev.crmsync.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.event.EditRule;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Replays;
import dev.crmsync.inbox.StoredEvent;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What a person decides about single events: each decision and its audit entry are one transaction. */
public final class Decisions {

    private static final JsonMapper JSON = new JsonMapper();

    private final Database database;
    private final Replays replays;
    private final EditRule edits;
    private final Clock clock;

    Decisions(Database database, Replays replays, EditRule edits, Clock clock) {
        this.database = database;
        this.replays = replays;
        this.edits = edits;
        this.clock = clock;
    }

    /** Makes one ended event pending again; false when it is pending or discarded, or has no payload any more. */
    public boolean replay(long id, String who, String reason) {
        boolean replayed = database.inTransaction(session -> {
            boolean requeued = !replays.requeue(session, List.of(id)).isEmpty();
            if (requeued) {
                Audit.write(session, clock, new AuditEntry(null, who, "replay", reason, "event " + id, 1));
            }
            return requeued;
        });
        replays.announce();
        return replayed;
    }

    /**
     * Makes one ended event pending again with another payload; the one received is kept.
     *
     * @param payload a JSON object
     * @return false when it is pending or discarded, or has no payload any more
     * @throws IllegalArgumentException when the payload is no JSON object, or one that the event may not take
     */
    public boolean replayEdited(StoredEvent event, String payload, String who, String reason) {
        String compact = compact(payload);
        if (event.hasPayload()) {
            edits.refusal(event.event(), compact).ifPresent(refusal -> {
                throw new IllegalArgumentException(refusal);
            });
        }
        boolean replayed = database.inTransaction(session -> {
            boolean requeued = replays.requeue(session, event.event().id(), event.id(), compact);
            if (requeued) {
                Audit.write(
                        session, clock, new AuditEntry(null, who, "edit and replay", reason, "event " + event.id(), 1));
            }
            return requeued;
        });
        replays.announce();
        return replayed;
    }

    private static String compact(String payload) {
        try {
            var json = JSON.readTree(payload);
            if (json != null && json.isObject()) {
                return json.toString();
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("The payload is no JSON: " + malformed.getOriginalMessage());
        }
        throw new IllegalArgumentException("The payload must be a JSON object");
    }

    /**
     * Ends dead letters for good.
     *
     * @return those that were dead letters until now
     */
    public Set<Long> discard(List<Long> ids, String who, String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("Discarding needs a reason");
        }
        return database.inTransaction(session -> {
            Set<Long> discarded = replays.discard(session, ids, reason);
            for (long id : discarded) {
                Audit.write(session, clock, new AuditEntry(null, who, "discard", reason, "event " + id, 1));
            }
            return discarded;
        });
    }
}
