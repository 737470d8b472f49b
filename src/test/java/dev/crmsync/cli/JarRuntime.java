package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged jar with the Java machine of the test, its mounts below a folder. */
record JarRuntime(Path folder) implements PodRuntime {

    private static final Path JAR = Path.of("target/crm-sync.jar").toAbsolutePath();
    /** The first that warns of what Netty uses, unless told not to. */
    private static final int WARNING_OF_UNSAFE = 24;

    @Override
    public String mounts() {
        return folder.resolve("etc-camel").toString();
    }

    @Override
    public ProcessBuilder command(
            Map<String, String> environment, Map<String, String> settings, List<String> arguments) {
        assertThat(JAR).as("run mvn package first").exists();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= WARNING_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        return builder;
    }
}
