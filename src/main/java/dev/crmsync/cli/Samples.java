package dev.crmsync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Sample bodies by source and event type, as the sources send them, with made-up people. */
final class Samples {

    private static final String FOLDER = "/samples/";

    private Samples() {}

    /** The sample body, or empty when there is none. */
    static Optional<byte[]> find(String source, String eventType) {
        try (InputStream in = Samples.class.getResourceAsStream(FOLDER + source + "/" + eventType + ".json")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event types with a sample, as {@code source/event-type}. */
    static List<String> names() {
        try (InputStream in = Samples.class.getResourceAsStream(FOLDER + "index.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
