package dev.crmsync.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends dead letters that shall not be delivered. */
@Command(
        name = "discard",
        description = "End dead letters for good; they stay in the history.",
        mixinStandardHelpOptions = true)
final class DeadLettersDiscard implements Callable<Integer> {

    @Parameters(paramLabel = "<id>", arity = "1..*", description = "The numbers that list shows.")
    private List<Long> ids;

    @Option(names = "--reason", required = true, description = "Why; kept with the event and in the audit.")
    private String reason;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        try (DeadLettersApi deadLetters = console.open()) {
            int discarded = deadLetters.discard(ids, reason);
            int others = ids.size() - discarded;
            spec.commandLine()
                    .getOut()
                    .println(discarded + " discarded"
                            + (others == 0 ? "." : ", " + others + " left alone: no dead letters."));
            return others == 0 ? 0 : 1;
        }
    }
}
