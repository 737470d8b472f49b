package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.observe.Printable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that reads dead letters and shows what it found, to people or to programs. */
abstract class DeadLettersReport implements Callable<Integer> {

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    abstract JsonNode find(DeadLettersApi deadLetters);

    abstract void print(JsonNode found, PrintWriter out);

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (DeadLettersApi deadLetters = console.open()) {
            JsonNode found = find(deadLetters);
            if (json) {
                out.println(Printable.escaped(found.toPrettyString()));
            } else {
                print(found, out);
            }
        }
        return 0;
    }
}
