package dev.crmsync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Finds them, without duplicates, in the order of the files. */
    static List<Declared> in(List<Path> routeFiles) {
        return routeFiles.stream()
                .flatMap(file -> declaredIn(file).stream())
                .distinct()
                .toList();
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
                    found.add(new Declared(
                            setting, String.valueOf(properties.get("source")), names(properties.get("ownSecretFor"))));
                }
            }
        }
    }

    private static List<String> names(Object list) {
        return list instanceof String text ? List.of(text.strip().split("\\s*,\\s*")) : List.of();
    }

    /**
     * A setting, and the source whose secrets it holds.
     *
     * @param ownSecretFor event types that each need secrets which no other type has, in {@code <setting>.<type>}
     */
    record Declared(String setting, String source, List<String> ownSecretFor) {}
}
