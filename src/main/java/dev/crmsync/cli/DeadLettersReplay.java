package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a replay job and carries it to its end, together with any application that runs. */
@Command(
        name = "replay",
        description = "Make events pending again: those given by id, or with --all those that match the filter.",
        mixinStandardHelpOptions = true)
final class DeadLettersReplay implements Callable<Integer> {

    private static final long LOOK_MILLIS = 500;

    @Parameters(paramLabel = "<id>", arity = "0..*", description = "The numbers that list shows.")
    private List<Long> ids = List.of();

    @Option(names = "--all", description = "All that match the filter.")
    private boolean all;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Option(names = "--reason", required = true, description = "Why; kept in the audit.")
    private String reason;

    @Option(names = "--name", description = "A name for the job, such as the incident.")
    private String name = "command line";

    @Option(names = "--rate", description = "Events per second; default ${DEFAULT-VALUE}.")
    private int rate = ReplayRequest.DEFAULT_RATE;

    @Option(names = "--dry-run", description = "Only count what would be replayed.")
    private boolean dryRun;

    @Option(names = "--no-wait", description = "Leave the work to the running application.")
    private boolean noWait;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (all == !ids.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Give either ids or --all with a filter, not both");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (DeadLettersApi deadLetters = console.open()) {
            ReplayRequest request = new ReplayRequest(
                    name, reason, deadLetters.who(), all ? filter.filter() : EventFilter.ANY, ids, rate);
            if (dryRun) {
                JsonNode count = deadLetters.count(request);
                String atLeast = count.path("isExact").asBoolean() ? "" : "At least ";
                out.println(atLeast + count.path("matched").asLong() + " events would be replayed.");
                return 0;
            }
            JsonNode job = deadLetters.replay(request);
            out.println("Replay job " + job.path("id").asLong() + ": "
                    + job.path("matched").asLong() + " events.");
            if (!noWait) {
                report(carryOut(deadLetters, job), out);
            }
        }
        return 0;
    }

    private static JsonNode carryOut(DeadLettersApi deadLetters, JsonNode job) throws InterruptedException {
        deadLetters.carryOutReplays();
        JsonNode now = job;
        while (now.path("state").asText().equals("running")) {
            Thread.sleep(LOOK_MILLIS);
            now = deadLetters.replay(job.path("id").asLong());
        }
        return now;
    }

    private static void report(JsonNode job, PrintWriter out) {
        out.println(job.path("state").asText() + ": " + job.path("requeued").asLong() + " pending again, "
                + job.path("skipped").asLong() + " skipped since they had changed, "
                + job.path("remaining").asLong() + " left as they were.");
    }
}
