package dev.crmsync.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Everything operators do with dead letters, from a terminal. */
@Command(
        name = "dead-letters",
        description =
                "List, show, replay and discard dead letters, end pending events, reset the order of a subject and its records: at a console with --url, else in the configured database, whether the application runs or not.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersList.class,
            DeadLettersShow.class,
            DeadLettersReplay.class,
            DeadLettersDiscard.class,
            DeadLettersEnd.class,
            DeadLettersResetOrder.class,
        })
final class DeadLettersCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do: list, show, replay, discard, end or reset-order");
    }
}
