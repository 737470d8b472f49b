package dev.crmsync.cli;

import dev.crmsync.inbox.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A database that is being opened, and migrated, while other parts of the start go on. */
final class Opening implements AutoCloseable {

    private final CompletableFuture<Database> database;

    private Opening(CompletableFuture<Database> database) {
        this.database = database;
    }

    static Opening of(Supplier<Database> open) {
        CompletableFuture<Database> database = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        database.complete(open.get());
                    } catch (RuntimeException | Error e) {
                        database.completeExceptionally(e);
                    }
                },
                "database-opening");
        thread.setDaemon(true);
        thread.start();
        return new Opening(database);
    }

    /** The database once it is open; throws what opening it has thrown. */
    Database await() {
        try {
            return database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Closes what has been opened; waits for it, since a migration should not be cut off. */
    @Override
    public void close() {
        try {
            database.join().close();
        } catch (CompletionException e) {
            // it was never open, which await() has told
        }
    }
}
