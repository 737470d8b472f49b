package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as a pod's container, and what it is made of: {@code mvn -Pimage verify}. */
class ImageIT extends PodBehaviour {

    private static final Path TAR = Path.of("target/crm-sync-image.tar");
    private static final Path CONTENT = Path.of("target/image");
    /** The first Java version that writes class data in the same order each time. */
    private static final int REPEATABLE = 19;

    private static String image;

    @BeforeAll
    static void load() {
        if (ShellCommand.succeeds("podman", "info")) {
            String loaded = ShellCommand.run("podman", "load", "--input", TAR.toString());
            image = loaded.substring(loaded.lastIndexOf("Loaded image: ") + "Loaded image: ".length())
                    .trim();
        }
    }

    @AfterAll
    static void remove() {
        if (image != null) {
            ShellCommand.run("podman", "rmi", image);
        }
    }

    @Override
    PodRuntime runtime(Path folder) throws IOException {
        assumeTrue(image != null, "No podman, in which the image could run: apt-get install podman");
        return new ImageRuntime(image, Files.createDirectories(folder.resolve("etc-camel")));
    }

    @Test
    void theSameSourcesMakeTheSameFiles(@TempDir Path again) throws Exception {
        String home = System.getProperty("image.java.home");
        assumeTrue(
                javaVersion() >= REPEATABLE,
                "Java " + javaVersion() + " writes class data in another order each time: -Dimage.java.home=<newer>");

        ShellCommand.run("src/image/prepare.sh", home, again.toString());

        for (String folder : List.of("opt", "app")) {
            assertThat(files(again.resolve(folder))).isNotEmpty().isEqualTo(files(CONTENT.resolve(folder)));
            for (Path file : files(again.resolve(folder))) {
                assertThat(Files.mismatch(
                                again.resolve(folder).resolve(file),
                                CONTENT.resolve(folder).resolve(file)))
                        .as("%s/%s", folder, file)
                        .isEqualTo(-1);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static int javaVersion() throws IOException {
        return Files.readAllLines(CONTENT.resolve("opt/java/release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }
}
