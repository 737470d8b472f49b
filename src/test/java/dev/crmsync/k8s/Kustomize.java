package dev.crmsync.k8s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renders folders below {@code k8s/} as a person would, with {@code kubectl kustomize}. */
final class Kustomize {

    /** Older ones read neither directories in {@code resources} nor {@code patches} with a path. */
    private static final int OLDEST_KUSTOMIZE = 5;

    private static final Pattern VERSION = Pattern.compile("Kustomize Version: v(\\d+)\\.");
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private Kustomize() {}

    /** The rendered objects; skips the test where there is no kubectl that can do it. */
    static Manifests render(String folder) {
        assumeTrue(isThere(), "skipped: needs kubectl with Kustomize " + OLDEST_KUSTOMIZE + " or newer on the PATH");
        return RENDERED.computeIfAbsent(
                folder,
                any -> Manifests.parse(
                        run("kubectl", "kustomize", Path.of("k8s", folder).toString())));
    }

    /** The same with a component on, from an overlay around that folder. */
    static Manifests render(String folder, String component) {
        try {
            Path overlay = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "overlay");
            Path kustomization = overlay.resolve("kustomization.yaml");
            Files.writeString(
                    kustomization,
                    "resources: [../../k8s/" + folder + "]\ncomponents: [../../k8s/components/" + component + "]\n");
            try {
                return render("../" + overlay);
            } finally {
                Files.delete(kustomization);
                Files.delete(overlay);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere() {
        try {
            Matcher version = VERSION.matcher(run("kubectl", "version", "--client"));
            return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_KUSTOMIZE;
        } catch (UncheckedIOException absent) {
            return false;
        }
    }

    private static String run(String... command) {
        try {
            Path errors = Files.createTempFile("kubectl", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            String problem = Files.readString(errors);
            Files.delete(errors);
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + problem);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
