package dev.crmsync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a subject go on whose order was spoilt. */
@Command(
        name = "reset-order",
        description = "Forget which event of a subject was the newest, and whether it was deleted: its next event is"
                + " applied, however old it is.",
        mixinStandardHelpOptions = true)
final class DeadLettersResetOrder implements Callable<Integer> {

    @Parameters(paramLabel = "<id>", description = "The number of any event of the subject.")
    private long id;

    @Option(names = "--reason", required = true, description = "Why; kept in the audit.")
    private String reason;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        try (DeadLettersApi deadLetters = console.open()) {
            deadLetters.resetOrder(id, reason);
            spec.commandLine().getOut().println("The order of the subject of event " + id + " is forgotten.");
            return 0;
        }
    }
}
