package dev.crmsync.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Runs the application until it is told to stop. */
@Command(name = "run", description = "Run the application (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Override
    public Integer call() {
        try (Application application = new Application(Map.of())) {
            return application.run();
        } catch (RuntimeException e) {
            // Into the log, not beside it: what collects the log of a pod reads lines of its form only.
            LOG.error("crm-sync did not start: {}", CrmSync.message(e));
            return CrmSync.FAILED;
        }
    }
}
