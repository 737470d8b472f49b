package dev.crmsync.inbox;

import dev.crmsync.file.OwnerOnly;
import dev.crmsync.worker.Worker;
import dev.crmsync.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of all processes on one SQLite file the one delivers that has locked a file beside it, and it takes over whatever any other
 * had claimed. The operating system ends the lock with the process. A process that finds it locked accepts only, and looks
 * again each second.
 */
final class FileOwnership implements Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(FileOwnership.class);
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final Path database;
    private final Path file;
    private final String process;
    private final Owners owners;
    private final Worker worker;
    private FileChannel channel;
    private FileLock lock;
    private boolean waited;
    private boolean closed;
    private volatile boolean held;

    private FileOwnership(Path database, String process, Owners owners, Workers workers) {
        this.database = database;
        this.file = database.resolveSibling(database.getFileName() + "-owner");
        this.process = process;
        this.owners = owners;
        this.worker = workers.named("inbox-owner");
    }

    /**
     * Takes it, now or when it is free.
     *
     * @param database the SQLite file, which exists
     * @throws UncheckedIOException when there can be no lock
     */
    static FileOwnership start(Path database, String process, Owners owners, Workers workers) {
        FileOwnership ownership = new FileOwnership(database, process, owners, workers);
        ownership.waited = !ownership.lock();
        if (ownership.waited) {
            LOG.warn(
                    "Another process delivers from {}: this one only accepts, until that has ended. If it should not run, stop"
                            + " it: it has locked {}",
                    database,
                    ownership.file);
        }
        ownership.own();
        ownership.worker.scheduleWithFixedDelay(
                ownership::own, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return ownership;
    }

    @Override
    public Optional<String> owner() {
        return held ? Optional.of(process) : Optional.empty();
    }

    private synchronized void own() {
        if (held || !lock()) {
            return;
        }
        try {
            owners.takeOver(session -> session.query("select name from owner", row -> row.getString(1)));
            owners.register(process);
            held = true;
            if (waited) {
                LOG.info("{} is free: this process delivers now", file);
            }
            owners.announce();
        } catch (InboxUnavailableException e) {
            LOG.warn("Nothing is delivered from {} yet: {}", database, e.getMessage());
        }
    }

    /**
     * The file stays open when it is locked by another: closing one would end all locks of this process on it
     * (<a href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/nio/channels/FileLock.html">FileLock</a>).
     */
    private synchronized boolean lock() {
        if (lock != null || closed) {
            return lock != null;
        }
        try {
            if (channel == null) {
                channel = FileChannel.open(OwnerOnly.file(file), StandardOpenOption.WRITE);
            }
            lock = channel.tryLock();
        } catch (OverlappingFileLockException lockedByThisProcess) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot lock " + file + ", which keeps a second process from delivering from " + database
                            + ": put the database on a local disk, into a folder that this process may write to",
                    e);
        }
        return lock != null;
    }

    @Override
    public void close() {
        worker.shutdownNow();
        release();
    }

    private synchronized void release() {
        closed = true;
        boolean wasHeld = held;
        held = false;
        try {
            if (wasHeld) {
                owners.takeOver(transaction -> List.of(process));
            }
        } catch (InboxUnavailableException e) {
            LOG.debug("The next owner finds that this one has ended", e);
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("The lock ends with the process", e);
        }
    }
}
