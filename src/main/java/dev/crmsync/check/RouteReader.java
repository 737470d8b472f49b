package dev.crmsync.check;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds the upserts in a file of routes. */
final class RouteReader {

    private final String file;
    private final List<Upserting> found = new ArrayList<>();

    private RouteReader(String file) {
        this.file = file;
    }

    /**
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is no YAML
     */
    static List<Upserting> read(Path path) throws IOException {
        RouteReader reader = new RouteReader(path.toString());
        LoadSettings settings = LoadSettings.builder().setLabel(path.toString()).build();
        try (Reader text = Files.newBufferedReader(path)) {
            if (new Load(settings).loadFromReader(text) instanceof List<?> entries) {
                entries.forEach(reader::entry);
            }
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(path + " is no YAML: " + e.getMessage(), e);
        }
        return reader.found;
    }

    private void entry(Object entry) {
        Map<?, ?> top = Yaml.map(entry);
        if (top.containsKey("routeTemplate")) {
            Map<?, ?> template = Yaml.map(top.get("routeTemplate"));
            route(Yaml.text(template.get("id"), "(no id)"), Yaml.map(template.get("route")), template);
        } else if (top.containsKey("route")) {
            Map<?, ?> route = Yaml.map(top.get("route"));
            route(Yaml.text(route.get("id"), "(no id)"), route, Map.of());
        } else if (top.containsKey("from")) {
            route(Yaml.text(Yaml.map(top.get("from")).get("id"), "(no id)"), top, Map.of());
        }
    }

    private void route(String id, Map<?, ?> route, Map<?, ?> outer) {
        Map<?, ?> from = Yaml.map(route.containsKey("from") ? route.get("from") : outer.get("from"));
        new RouteWalk(file, id, found).steps(from.get("steps"), new MessageState());
    }
}
