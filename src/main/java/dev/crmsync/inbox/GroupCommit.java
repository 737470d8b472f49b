package dev.crmsync.inbox;

import dev.crmsync.worker.Worker;
import dev.crmsync.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Writers that commit everything waiting at that moment in one transaction each. While one group commits the next gathers, so
 * groups grow with the load and a lone item leaves at once.
 *
 * @param <I> what is written
 * @param <O> what became of it
 */
final class GroupCommit<I, O> implements AutoCloseable {

    private static final long IDLE_MILLIS = 250;
    private static final long STOP_MILLIS = 15_000;

    private record Waiting<I, O>(I item, CompletableFuture<O> result) {}

    private final BlockingQueue<Waiting<I, O>> queue;
    private final GroupLimits limits;
    private final ToLongFunction<I> weight;
    private final Function<List<I>, List<O>> commit;
    private final List<Worker> writers;
    private volatile boolean closed;
    private volatile boolean ended;

    /** As below, with one writer: all groups are in order. */
    GroupCommit(
            Workers workers,
            String name,
            GroupLimits limits,
            ToLongFunction<I> weight,
            Function<List<I>, List<O>> commit) {
        this(workers, name, 1, limits, weight, commit);
    }

    /**
     * @param writers how many groups may be committed at the same time, 1 or more
     * @param weight an item's part of {@link GroupLimits#groupWeight()}
     * @param commit returns one result for each item, in order, or throws for all of them; it is called again with each
     *     alone when the database refuses one
     */
    GroupCommit(
            Workers workers,
            String name,
            int writers,
            GroupLimits limits,
            ToLongFunction<I> weight,
            Function<List<I>, List<O>> commit) {
        this.queue = new ArrayBlockingQueue<>(limits.capacity());
        this.limits = limits;
        this.weight = weight;
        this.commit = commit;
        this.writers = Stream.generate(() -> workers.named(name)).limit(writers).toList();
        this.writers.forEach(writer -> writer.keepDoing(new Writer()));
    }

    /** The result completes on the writer's thread, so what follows it must be short. */
    CompletableFuture<O> submit(I item) {
        CompletableFuture<O> result = new CompletableFuture<>();
        if (closed) {
            result.completeExceptionally(stopping());
        } else if (!queue.offer(new Waiting<>(item, result))) {
            result.completeExceptionally(new InboxUnavailableException(
                    "The inbox is busy: " + limits.capacity() + " wait to be written already"));
        } else if (ended) {
            refuseTheRest();
        }
        return result;
    }

    int waiting() {
        return queue.size();
    }

    private final class Writer implements Runnable {

        /** Was taken from the queue, but made its group too heavy. */
        private Waiting<I, O> leftOver;

        @Override
        public void run() {
            try {
                while (!closed || !queue.isEmpty() || leftOver != null) {
                    writeNextGroup();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void writeNextGroup() throws InterruptedException {
            List<Waiting<I, O>> group = new ArrayList<>();
            try {
                gather(group);
                if (!group.isEmpty()) {
                    write(group);
                }
            } catch (RuntimeException | Error e) {
                group.forEach(waiting -> waiting.result().completeExceptionally(e));
                throw e;
            }
        }

        private void gather(List<Waiting<I, O>> group) throws InterruptedException {
            long groupWeight = 0;
            Waiting<I, O> next = leftOver != null ? leftOver : queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            leftOver = null;
            while (next != null) {
                groupWeight += weight.applyAsLong(next.item());
                if (!group.isEmpty() && groupWeight > limits.groupWeight()) {
                    leftOver = next;
                    break;
                }
                // Whoever gave up waiting was told so already and will send again.
                if (!next.result().isDone()) {
                    group.add(next);
                }
                next = group.size() < limits.groupSize() ? queue.poll() : null;
            }
        }
    }

    private void write(List<Waiting<I, O>> group) {
        try {
            List<O> results = commit.apply(group.stream().map(Waiting::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result().complete(results.get(i));
            }
        } catch (RefusedDataException e) {
            if (group.size() == 1) {
                group.get(0).result().completeExceptionally(e);
            } else {
                group.forEach(waiting -> write(List.of(waiting)));
            }
        } catch (RuntimeException | Error e) {
            group.forEach(waiting -> waiting.result().completeExceptionally(e));
        }
    }

    private void refuseTheRest() {
        for (Waiting<I, O> waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.result().completeExceptionally(stopping());
        }
    }

    private static InboxUnavailableException stopping() {
        return new InboxUnavailableException("The inbox is stopping");
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        writers.forEach(Worker::shutdown);
        for (Worker writer : writers) {
            try {
                writer.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            writer.shutdownNow();
        }
        ended = true;
        refuseTheRest();
    }
}
