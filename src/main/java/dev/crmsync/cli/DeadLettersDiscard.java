package dev.crmsync.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        try (OpenedDeadLetters opened = OpenedDeadLetters.open()) {
            Set<Long> discarded = opened.deadLetters().decisions().discard(ids, OpenedDeadLetters.who(), reason);
            spec.commandLine()
                    .getOut()
                    .println(discarded.size() + " discarded, " + (ids.size() - discarded.size())
                            + " left alone: no dead letters.");
            return discarded.size() == ids.size() ? 0 : 1;
        }
    }
}
