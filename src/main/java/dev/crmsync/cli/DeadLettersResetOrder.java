package dev.crmsync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a subject and its records go on whose order was spoilt. */
@Command(
        name = "reset-order",
        description =
                "Forget which events were the newest, and deletions: of the subject of an event, and of each field of the"
                        + " records that this event has sent. What is delivered next about them is written, however old it is; the"
                        + " stale-write rules in Salesforce still apply.",
        mixinStandardHelpOptions = true)
final class DeadLettersResetOrder implements Callable<Integer> {

    @Parameters(
            paramLabel = "<id>",
            description =
                    "The number of an event that has written the records, such as the one that put them out of order.")
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
            String forgotten = deadLetters.resetOrder(id, reason);
            spec.commandLine().getOut().println(TextTable.printable(forgotten));
            return 0;
        }
    }
}
