package dev.crmsync.deadletter;

import dev.crmsync.event.EditRule;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.inbox.Waiting;
import java.time.Clock;
import java.util.Optional;

/** All that operators do with events: look, decide, replay. */
public final class DeadLetters {

    private static final String WAITING = "select " + Waiting.COLUMNS
            + " from event e join subject s on s.id = e.subject_id where e.id = ? and e.state = 'pending'";

    private static final String FIND = """
            select error_class, error_code, field, message, route_id, remedy, failed_at, fingerprint
              from dead_letter where event_id = ?
            """;

    private final Database database;
    private final Inbox inbox;
    private final History history;
    private final FailureGroups groups;
    private final Decisions decisions;
    private final PendingEvents pending;
    private final Clock clock;
    private final ReplayJobs jobs;
    private final Audit audit;

    /** @param edits which payloads events may take */
    public DeadLetters(Database database, Inbox inbox, EditRule edits, Clock clock) {
        this.database = database;
        this.inbox = inbox;
        this.clock = clock;
        history = new History(database, clock);
        groups = new FailureGroups(database, clock);
        decisions = new Decisions(database, inbox.replays(), edits, clock);
        pending = new PendingEvents(database, inbox.interventions(), clock);
        jobs = new ReplayJobs(database, clock);
        audit = new Audit(database, clock);
    }

    /** All that is known of the event with the inbox's own number. */
    public Optional<EventDetails> find(long id) {
        return inbox.events().find(id).map(this::details);
    }

    private EventDetails details(StoredEvent stored) {
        DeadLetter deadLetter =
                database.reading(session -> session.query(FIND, History::deadLetter, stored.id())).stream()
                        .findFirst()
                        .orElse(null);
        Waiting waiting = database
                .reading(session -> session.query(WAITING, row -> Waiting.read(row, clock.instant()), stored.id()))
                .stream()
                .findFirst()
                .orElse(null);
        return new EventDetails(
                stored,
                waiting,
                deadLetter,
                inbox.events().failures(stored.id()),
                inbox.events().originalPayload(stored).orElse(null));
    }

    public History history() {
        return history;
    }

    public FailureGroups groups() {
        return groups;
    }

    public Decisions decisions() {
        return decisions;
    }

    public PendingEvents pending() {
        return pending;
    }

    public ReplayJobs jobs() {
        return jobs;
    }

    public Audit audit() {
        return audit;
    }
}
