package dev.crmsync.reliability;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** The SQLite file of a process. */
public final class SqliteDatabase implements TestDatabase {

    private final Path file;

    /** @param file which the application makes */
    public SqliteDatabase(Path file) {
        this.file = file;
    }

    @Override
    public String url() {
        return "jdbc:sqlite:" + file + "?busy_timeout=10000";
    }

    @Override
    public void holdingEvents(Step step) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            step.run();
        }
    }

    /** SQLite does not tell who waits; whoever writes does while the lock is held. */
    @Override
    public boolean isHeldUp() {
        return true;
    }

    @Override
    public void close() {
        // The file goes with its folder.
    }
}
