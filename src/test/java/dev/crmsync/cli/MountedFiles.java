package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a pod below a folder instead of the root: sources as single files, as sub-path mounts are; ConfigMaps and
 * Secrets as links to links, as the kubelet makes them.
 */
final class MountedFiles {

    private static final String ROOT = "/etc/camel";

    private final Path root;
    private final String seenAs;

    /**
     * @param root the folder
     * @param seenAs its path as the process sees it
     */
    MountedFiles(Path root, String seenAs) {
        this.root = root;
        this.seenAs = seenAs;
    }

    void sources(Path routes) throws IOException {
        JsonNode sources = integration().at("/spec/sources");
        Path folder = Files.createDirectories(root.resolve("sources"));
        for (JsonNode source : sources) {
            Files.copy(
                    routes.resolve(source.path("contentKey").asText()),
                    folder.resolve(source.path("name").asText()));
        }
    }

    void configMap(String name, Map<String, String> files) throws IOException {
        mount(root.resolve("conf.d/_configmaps").resolve(name), files);
    }

    void secret(String name, Map<String, String> files) throws IOException {
        mount(root.resolve("conf.d/_secrets").resolve(name), files);
    }

    static void mount(Path folder, Map<String, String> files) throws IOException {
        Path version = Files.createDirectories(folder.resolve("..2026_01_01_00_00_00.1"));
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(version.resolve(file.getKey()), file.getValue());
            Files.createSymbolicLink(folder.resolve(file.getKey()), Path.of("..data", file.getKey()));
        }
    }

    /** Changes the files of a mounted folder as the kubelet does: all at once, by the link that they go through. */
    static void swap(Path folder, Map<String, String> files) throws IOException {
        Path version = Files.createDirectory(folder.resolve(".." + System.nanoTime()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(version.resolve(file.getKey()), file.getValue());
        }
        Path fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
        Files.move(
                fresh, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The variables that the Integration sets, with the path of this folder. */
    Map<String, String> environment() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : integration().at("/spec/traits/environment/vars")) {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1].replace(ROOT, seenAs));
        }
        return environment;
    }

    private static JsonNode integration() throws IOException {
        return new YAMLMapper().readTree(Path.of("k8s/base/integration.yaml").toFile());
    }
}
