package dev.crmsync.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The image in a container of Podman, restricted as the pods of {@code k8s/plain} are, but for the network, which it
 * shares with the test: a read-only root, a user of no name, no capability, 2 processors, 768 MiB.
 */
final class ImageRuntime implements PodRuntime {

    /** Neither root nor the image's own. */
    private static final String ANY_USER = "12345:0";

    private final String image;
    private final Path mounts;
    private final List<String> containers = new ArrayList<>();

    /**
     * @param image its name
     * @param mounts the folder that becomes {@code /etc/camel}
     */
    ImageRuntime(String image, Path mounts) {
        this.image = image;
        this.mounts = mounts;
    }

    @Override
    public String mounts() {
        return "/etc/camel";
    }

    @Override
    public ProcessBuilder command(
            Map<String, String> environment, Map<String, String> settings, List<String> arguments) {
        String container = "crm-sync-" + UUID.randomUUID();
        containers.add(container);
        List<String> command = new ArrayList<>(List.of("podman", "run", "--rm", "--name", container));
        command.addAll(List.of("--network", "host", "--user", ANY_USER, "--cpus", "2", "--memory", "768m"));
        command.addAll(List.of("--cap-drop", "all", "--security-opt", "no-new-privileges"));
        command.addAll(List.of("--read-only", "--tmpfs", "/tmp:size=64m", "--volume", mounts + ":/etc/camel:ro"));
        Map<String, String> variables = new HashMap<>(environment);
        settings.forEach((name, value) -> variables.put(SettingsReader.environmentVariable(name), value));
        variables.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        command.add(image);
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    @Override
    public void clear() {
        List<String> command = new ArrayList<>(List.of("podman", "rm", "--force", "--ignore"));
        command.addAll(containers);
        ShellCommand.run(command.toArray(String[]::new));
    }
}
