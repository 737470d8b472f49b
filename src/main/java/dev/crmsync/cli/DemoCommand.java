package dev.crmsync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder until the demonstration is wired. */
@Command(name = "demo", description = "Show the way of webhooks into Salesforce.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return 0;
    }
}
