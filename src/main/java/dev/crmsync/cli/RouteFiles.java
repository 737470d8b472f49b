package dev.crmsync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** The files that the application's routes are in. */
final class RouteFiles {

    /** Where they are when no setting says otherwise. */
    static final String DEFAULT = "file:routes/*.camel.yaml";

    private static final String FILE = "file:";

    private RouteFiles() {}

    /** Finds those that are there, in the order of their names; without any, the reader notes it as a problem. */
    static List<Path> find(SettingsReader settings) {
        String pattern = pattern(settings);
        List<Path> files = Stream.of(pattern.split(","))
                .map(String::trim)
                .filter(location -> location.startsWith(FILE))
                .flatMap(location -> matching(Path.of(location.substring(FILE.length()))))
                .toList();
        if (pattern.startsWith(FILE) && files.isEmpty()) {
            settings.problem("No route files are at " + pattern + ": set camel.main.routesIncludePattern, or "
                    + SettingsReader.environmentVariable("camel.main.routes-include-pattern"));
        }
        return files;
    }

    /** As Camel finds it: the environment variable, whose name has underscores between its words, comes first. */
    private static String pattern(SettingsReader settings) {
        return settings.optional("camel.main.routes-include-pattern")
                .or(() -> settings.optional("camel.main.routesIncludePattern"))
                .orElse(DEFAULT);
    }

    private static Stream<Path> matching(Path pattern) {
        Path folder = pattern.toAbsolutePath().getParent();
        PathMatcher name = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getFileName());
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name.matches(file.getFileName())).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
