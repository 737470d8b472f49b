package dev.crmsync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The settings with signing secrets that the route files ask for: those named by the property {@code secrets} of a
 * verifier bean. So a source that an engineer adds is checked at start, and one that is taken out is not asked for.
 */
final class DeclaredSecrets {

    private static final String VERIFIERS = "dev.crmsync.webhook.";

    private DeclaredSecrets() {}

    /**
     * Finds them.
     *
     * @param includePattern as in {@code camel.main.routesIncludePattern}; only {@code file:} locations are looked at
     * @return without duplicates, in the order of the files
     */
    static List<Declared> in(String includePattern) {
        return routeFiles(includePattern)
                .flatMap(file -> declaredIn(file).stream())
                .distinct()
                .toList();
    }

    /** The files that are there. */
    static Stream<Path> routeFiles(String includePattern) {
        return Stream.of(includePattern.split(","))
                .map(String::trim)
                .filter(location -> location.startsWith("file:"))
                .flatMap(location -> files(Path.of(location.substring("file:".length()))));
    }

    private static Stream<Path> files(Path pattern) {
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

    private static List<Declared> declaredIn(Path file) {
        List<Declared> found = new ArrayList<>();
        try {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            if (yaml instanceof List<?> items) {
                items.forEach(item -> addBeans(item, found));
            }
        } catch (YamlEngineException malformed) {
            // Camel reports it with file and line when it loads the route
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void addBeans(Object item, List<Declared> found) {
        if (item instanceof Map<?, ?> map && map.get("beans") instanceof List<?> beans) {
            for (Object bean : beans) {
                if (bean instanceof Map<?, ?> definition
                        && String.valueOf(definition.get("type")).startsWith(VERIFIERS)
                        && definition.get("properties") instanceof Map<?, ?> properties
                        && properties.get("secrets") instanceof String setting) {
                    found.add(new Declared(setting, String.valueOf(properties.get("source"))));
                }
            }
        }
    }

    /** A setting, and the source whose secrets it holds. */
    record Declared(String setting, String source) {}
}
