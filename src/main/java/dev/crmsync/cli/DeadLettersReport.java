package dev.crmsync.cli;

import dev.crmsync.deadletter.DeadLetters;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * A command that reads dead letters and shows what it found, to people or to programs.
 *
 * @param <T> what it finds
 */
abstract class DeadLettersReport<T> implements Callable<Integer> {

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    abstract T find(DeadLetters deadLetters);

    abstract String json(T found);

    abstract void print(T found, PrintWriter out);

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (OpenedDeadLetters opened = OpenedDeadLetters.open()) {
            T found = find(opened.deadLetters());
            if (json) {
                out.println(json(found));
            } else {
                print(found, out);
            }
        }
        return 0;
    }
}
