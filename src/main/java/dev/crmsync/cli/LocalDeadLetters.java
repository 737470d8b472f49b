package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.deadletter.Cursor;
import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.EventJson;
import dev.crmsync.deadletter.PendingEvents;
import dev.crmsync.deadletter.ReplayJson;
import dev.crmsync.deadletter.ReplayRequest;
import dev.crmsync.deadletter.ReplayRunner;
import dev.crmsync.event.Event;
import dev.crmsync.inbox.Arrivals;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.DatabaseClock;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.Interventions;
import dev.crmsync.worker.Workers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The dead letters of the configured database, whether the application runs beside this command or not. */
final class LocalDeadLetters implements DeadLettersApi {

    private static final int CONNECTIONS = 2;

    private final Database database;
    private final DatabaseClock clock;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private ReplayRunner runner;

    LocalDeadLetters(Settings.DatabaseSettings where) {
        database = Database.open(where.url(), where.username(), where.password(), CONNECTIONS);
        clock = DatabaseClock.start(database, Clock.systemUTC());
        inbox = new Inbox(database, where.cipher(), clock, new Arrivals());
        deadLetters = new DeadLetters(database, inbox, LocalDeadLetters::noEdits, clock);
    }

    /** @throws SettingsException when the settings do not say where the database is */
    static LocalDeadLetters open() {
        SettingsReader reader = new SettingsReader(new LocalSettings()::get);
        Settings.DatabaseSettings where = Settings.readDatabase(reader);
        reader.throwIfAny();
        return new LocalDeadLetters(where);
    }

    /** There are no routes here that could tell what a payload is about. */
    private static Optional<String> noEdits(Event event, String payload) {
        return Optional.of("A payload is edited in the console, beside the running routes.");
    }

    @Override
    public JsonNode page(EventFilter filter, String before, int limit) {
        Cursor cursor = before == null ? null : Cursor.of(before);
        return EventJson.page(deadLetters.history().page(filter, cursor, limit));
    }

    @Override
    public JsonNode event(long id) {
        return deadLetters
                .find(id)
                .map(EventJson::details)
                .orElseThrow(() -> new IllegalArgumentException("There is no such event: " + id));
    }

    @Override
    public int discard(List<Long> ids, String reason) {
        return deadLetters.decisions().discard(ids, who(), reason).size();
    }

    @Override
    public void end(long id, String as, String reason) {
        event(id);
        PendingEvents pending = deadLetters.pending();
        requireDone(as.equals("dead") ? pending.bury(id, who(), reason) : pending.discard(id, who(), reason));
    }

    @Override
    public String resetOrder(long id, String reason) {
        event(id);
        Interventions.Reset reset = deadLetters.pending().resetOrder(id, who(), reason);
        requireDone(reset.result());
        return PendingEvents.forgotten(reset);
    }

    @Override
    public JsonNode preview(long id) {
        throw new IllegalStateException("A preview needs the running routes: ask a console, with --url");
    }

    private static void requireDone(Interventions.Result result) {
        if (result != Interventions.Result.DONE) {
            throw new IllegalStateException(PendingEvents.whyNot(result));
        }
    }

    @Override
    public JsonNode count(ReplayRequest request) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("matched", deadLetters.jobs().matching(request))
                .put("isExact", true);
    }

    @Override
    public JsonNode replay(ReplayRequest request) {
        return ReplayJson.job(deadLetters.jobs().create(request));
    }

    @Override
    public JsonNode replay(long id) {
        return ReplayJson.job(deadLetters.jobs().find(id).orElseThrow());
    }

    @Override
    public void carryOutReplays() {
        runner = ReplayRunner.start(database, inbox.replays(), clock, () -> true, Workers.unmeasured());
    }

    @Override
    public String who() {
        return System.getProperty("user.name", "unknown") + " (command line)";
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.close();
        }
        clock.close();
        database.close();
    }
}
