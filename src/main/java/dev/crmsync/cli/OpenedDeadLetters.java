package dev.crmsync.cli;

import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.inbox.Arrivals;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.PayloadCipher;
import java.time.Clock;

/** The dead letters of the configured database, whether the application runs beside this command or not. */
final class OpenedDeadLetters implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    private final Database database;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final Clock clock = Clock.systemUTC();

    private OpenedDeadLetters(Settings.DatabaseSettings where) {
        database = Database.open(where.url(), where.username(), where.password(), CONNECTIONS);
        inbox = new Inbox(database, PayloadCipher.of(where.encryptionKeys()), clock, new Arrivals());
        deadLetters = new DeadLetters(database, inbox, clock);
    }

    /** @throws SettingsException when the settings do not say where the database is */
    static OpenedDeadLetters open() {
        SettingsReader reader = new SettingsReader(new LocalSettings()::get);
        Settings.DatabaseSettings where = Settings.readDatabase(reader);
        reader.throwIfAny();
        return new OpenedDeadLetters(where);
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    Database database() {
        return database;
    }

    Inbox inbox() {
        return inbox;
    }

    Clock clock() {
        return clock;
    }

    /** Who gives the command. */
    static String who() {
        return System.getProperty("user.name", "unknown") + " (command line)";
    }

    @Override
    public void close() {
        database.close();
    }
}
