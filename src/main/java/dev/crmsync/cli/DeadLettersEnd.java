package dev.crmsync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends an event that waits. */
@Command(
        name = "end",
        description = "End a pending event: as a dead letter, which can be replayed, or for good.",
        mixinStandardHelpOptions = true)
final class DeadLettersEnd implements Callable<Integer> {

    private enum End {
        dead,
        discarded
    }

    @Parameters(paramLabel = "<id>", description = "The number that list --state pending shows.")
    private long id;

    @Option(names = "--as", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
    private End as;

    @Option(names = "--reason", required = true, description = "Why; kept with the event and in the audit.")
    private String reason;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        try (DeadLettersApi deadLetters = console.open()) {
            deadLetters.end(id, as.name(), reason);
            spec.commandLine().getOut().println("Event " + id + " ended as " + as + ".");
            return 0;
        }
    }
}
