package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A file of routes.
 *
 * @param name as findings say it
 * @param root empty when the file is no YAML
 * @param unreadable why not
 */
public record RouteFile(String name, Optional<Node> root, Optional<Finding> unreadable) {

    /** @throws IOException when it cannot be read; that it is no YAML is a finding */
    public static RouteFile read(Path path) throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            return read(path.toString(), content);
        }
    }

    /** As {@link #read(Path)}, from what is open. */
    public static RouteFile read(String name, InputStream content) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try {
            Optional<Node> root = new Compose(settings).composeInputStream(content);
            return root.filter(node -> new YamlNode(node).isList()).isPresent()
                    ? new RouteFile(name, root, Optional.empty())
                    : unreadable(
                            name, root.map(node -> new YamlNode(node).line()).orElse(1), """
                            it is no list of routes: each begins with "- route:", at the start of its line""");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            return unreadable(name, line, "it is no YAML: " + context + e.getProblem());
        } catch (YamlEngineException e) {
            return unreadable(name, 1, "it is no YAML: " + e.getMessage());
        }
    }

    List<YamlNode> items() {
        return root.map(node -> new YamlNode(node).items()).orElse(List.of());
    }

    private static RouteFile unreadable(String name, int line, String why) {
        return new RouteFile(name, Optional.empty(), Optional.of(new Place(name, line, "").error(why)));
    }
}
