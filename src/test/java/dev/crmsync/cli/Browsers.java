package dev.crmsync.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the system's Chromium. */
final class Browsers {

    private Browsers() {}

    /** What {@code CRM_CHROMIUM} names, else {@code chromium} on the path. */
    static Optional<Path> chromium() {
        String named = System.getenv("CRM_CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
