package dev.crmsync.cli;

import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayJob;
import dev.crmsync.deadletter.ReplayJobs;
import dev.crmsync.deadletter.ReplayRequest;
import dev.crmsync.deadletter.ReplayRunner;
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
        ReplayRequest request = new ReplayRequest(
                name, reason, OpenedDeadLetters.who(), all ? filter.filter() : EventFilter.ANY, ids, rate);
        try (OpenedDeadLetters opened = OpenedDeadLetters.open()) {
            ReplayJobs jobs = opened.deadLetters().jobs();
            if (dryRun) {
                out.println(jobs.matching(request) + " events would be replayed.");
                return 0;
            }
            ReplayJob job = jobs.create(request);
            out.println("Replay job " + job.id() + ": " + job.matched() + " events.");
            if (!noWait) {
                report(carryOut(opened, job), out);
            }
        }
        return 0;
    }

    private static ReplayJob carryOut(OpenedDeadLetters opened, ReplayJob job) throws InterruptedException {
        ReplayRunner runner =
                ReplayRunner.start(opened.database(), opened.inbox().replays(), opened.clock(), () -> true);
        try {
            ReplayJob now = job;
            while (now.state() == ReplayJob.State.RUNNING) {
                Thread.sleep(LOOK_MILLIS);
                now = opened.deadLetters().jobs().find(job.id()).orElseThrow();
            }
            return now;
        } finally {
            runner.close();
        }
    }

    private static void report(ReplayJob job, PrintWriter out) {
        out.println(job.state().label() + ": " + job.requeued() + " pending again, " + job.skipped()
                + " skipped since they had changed, " + job.remaining() + " left as they were.");
    }
}
