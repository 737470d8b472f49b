package dev.crmsync.cli;

import java.util.List;
import java.util.Map;

/** What runs the application as a process: a Java machine with the jar, or a container with the image. */
interface PodRuntime {

    /** The folder of the operator's mounts, as the process sees it. */
    String mounts();

    /**
     * The command that runs the application in the foreground and passes signals on to it.
     *
     * @param environment of the application
     * @param settings by their names, such as {@code crm.console.port}
     * @param arguments the application's command, none for {@code run}
     */
    ProcessBuilder command(Map<String, String> environment, Map<String, String> settings, List<String> arguments);

    /** Ends what its command leaves when it is killed. */
    default void clear() {}
}
