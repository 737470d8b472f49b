package dev.crmsync.sandbox.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.file.OwnerOnly;
import dev.crmsync.sandbox.org.OrgStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An append-only file with one line per transaction. A line that a kill cut short is as if its transaction had never
 * been; whoever sent it got no answer. At start the file is read and rewritten with one line per record.
 *
 * <p>Lines reach the operating system before the transaction is answered, so they survive the process but not a power
 * cut: this is a sandbox.
 */
public final class JournalFile implements OrgStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel lockChannel;
    private final FileChannel channel;

    private JournalFile(FileChannel lockChannel, FileChannel channel) {
        this.lockChannel = lockChannel;
        this.channel = channel;
    }

    /**
     * Opens the file in that directory, which is created when it does not exist.
     *
     * @throws IllegalStateException when another sandbox uses the directory
     */
    public static JournalFile open(Path directory, JournalState state) {
        try {
            OwnerOnly.folder(directory);
            FileChannel lockChannel = lock(directory);
            Path file = directory.resolve("salesforce.jsonl");
            read(file, state);
            compact(file, state);
            return new JournalFile(lockChannel, FileChannel.open(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + directory + " for the sandbox's records", e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel lockChannel =
                FileChannel.open(OwnerOnly.file(directory.resolve("salesforce.lock")), StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = lockChannel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            lockChannel.close();
            throw new IllegalStateException(
                    "Directory " + directory + " is in use by another sandbox: stop it or choose another directory");
        }
        return lockChannel;
    }

    private static void read(Path file, JournalState state) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        OwnerOnly.file(file);
        // Lenient decoding: a kill may have cut the last line inside a character.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                String next = reader.readLine();
                apply(file, line, next == null, state);
                line = next;
            }
        }
    }

    private static void apply(Path file, String line, boolean last, JournalState state) throws IOException {
        try {
            JsonNode changes = JSON.readTree(line);
            changes.forEach(state::apply);
        } catch (JsonProcessingException e) {
            if (!last) {
                throw new IOException(file + " is damaged before its end: delete it to start afresh", e);
            }
        }
    }

    private static void compact(Path file, JournalState state) throws IOException {
        Path fresh = file.resolveSibling("salesforce.jsonl.new");
        try (FileChannel out = FileChannel.open(
                OwnerOnly.file(fresh), StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            state.forEachLine(
                    line -> write(out, JsonNodeFactory.instance.arrayNode().add(line)));
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void append(List<StoredChange> changes) {
        ArrayNode line = JsonNodeFactory.instance.arrayNode(changes.size());
        changes.forEach(change -> line.add(JournalLine.of(change)));
        write(channel, line);
    }

    @Override
    public void clear() {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clear the sandbox's records", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the sandbox's records", e);
        }
    }

    private static void write(FileChannel channel, JsonNode line) {
        try {
            byte[] json = JSON.writeValueAsBytes(line);
            ByteBuffer bytes = ByteBuffer.allocate(json.length + 1);
            bytes.put(json).put("\n".getBytes(StandardCharsets.UTF_8)).flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the sandbox's records", e);
        }
    }
}
