package dev.crmsync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The packaged jar as a pod's process. */
class PodIT extends PodBehaviour {

    @Override
    PodRuntime runtime(Path folder) throws IOException {
        // As the image: the defaults lie in the working directory, here without any route.
        Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
        return new JarRuntime(folder);
    }
}
