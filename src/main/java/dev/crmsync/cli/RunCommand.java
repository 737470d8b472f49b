package dev.crmsync.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the application until it is told to stop. */
@Command(name = "run", description = "Run the application (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        try (Application application = new Application(Map.of())) {
            return application.run();
        }
    }
}
