package dev.crmsync.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Natural batching for one object and key field: a single upsert leaves at once when nothing else is on its way; while
 * calls are in flight the next batch fills.
 */
final class Batcher {

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    /** About as long as a call takes. */
    private static final long WRITTEN_ELSEWHERE_MILLIS = 100;

    private final Batchers all;
    private final UpsertQueue queue;
    private final CallSize size;
    private final UpsertCall call;
    private final ReentrantLock lock;
    private int callsInFlight;
    private int batchesUnderWay;
    private boolean lingerOver;
    private boolean lingerScheduled;

    Batcher(Batchers all, UpsertQueue queue, CallSize size, UpsertCall call, ReentrantLock lock) {
        this.all = all;
        this.queue = queue;
        this.size = size;
        this.call = call;
        this.lock = lock;
    }

    void submit(PendingUpsert pending) {
        lock.lock();
        try {
            queue.add(pending);
            scheduleLinger();
        } finally {
            lock.unlock();
        }
        pending.turn().park();
        leave();
    }

    boolean isUnderWay(String key) {
        return queue.isUnderWay(key);
    }

    Stream<ExternalKey> parentsOf(String key) {
        return queue.parentsOf(key);
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what may leave now. */
    void leave() {
        List<PendingUpsert> expired = new ArrayList<>(0);
        List<Row> rows;
        do {
            rows = take(expired);
            if (!rows.isEmpty()) {
                List<Row> batch = rows;
                all.executor().execute(() -> send(batch));
            }
        } while (!rows.isEmpty());
        if (!expired.isEmpty()) {
            all.executor().execute(() -> expired.forEach(pending -> pending.fail(new LeaseLostException())));
        }
    }

    private void send(List<Row> rows) {
        Once answered = new Once(this::answered);
        Once landed = new Once(() -> landed(rows, answered));
        try {
            call.send(rows, new UpsertCall.Returns(this::separate, this::putBack, answered, landed));
        } catch (Throwable e) { // an error too: else these events would wait, and hold their leases, for ever
            LOG.error("A batch of {} records could not be sent", rows.size(), e);
            Exception failure = new IllegalStateException("The batch could not be sent: " + e, e);
            rows.forEach(row -> row.parts().forEach(part -> part.fail(failure)));
            landed.run();
        }
    }

    /** However often it is called. */
    private record Once(Runnable action, AtomicBoolean isDone) implements Runnable {

        Once(Runnable action) {
            this(action, new AtomicBoolean());
        }

        @Override
        public void run() {
            if (isDone.compareAndSet(false, true)) {
                action.run();
            }
        }
    }

    private List<Row> take(List<PendingUpsert> expired) {
        lock.lock();
        try {
            if (!mayLeave()) {
                return List.of();
            }
            List<Row> rows = queue.take(all.now(), all::isUnderWay, expired);
            if (!rows.isEmpty()) {
                callsInFlight++;
                batchesUnderWay++;
            }
            if (queue.size() == 0) {
                lingerOver = false;
            }
            return rows;
        } finally {
            lock.unlock();
        }
    }

    /** A full batch takes any free call; a smaller one goes only when it would otherwise be waiting for nothing. */
    private boolean mayLeave() {
        if (queue.size() >= size.rows()) {
            return callsInFlight < all.limits().callsInFlight();
        }
        return batchesUnderWay == 0 && (lingerOver || all.mayLeaveEarly());
    }

    private void separate(List<PendingUpsert> parts) {
        lock.lock();
        try {
            queue.addSeparated(parts);
        } finally {
            lock.unlock();
        }
    }

    /** Another process is writing these at the moment. */
    private void putBack(List<PendingUpsert> parts) {
        all.scheduler()
                .schedule(
                        () -> {
                            lock.lock();
                            try {
                                queue.addAgain(parts);
                                scheduleLinger();
                            } finally {
                                lock.unlock();
                            }
                            leave();
                        },
                        WRITTEN_ELSEWHERE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** The next full batch may go while the ledger still records this one. */
    private void answered() {
        lock.lock();
        try {
            callsInFlight--;
        } finally {
            lock.unlock();
        }
        leave();
    }

    private void landed(List<Row> rows, Runnable answered) {
        answered.run();
        lock.lock();
        try {
            queue.landed(rows);
            batchesUnderWay--;
        } finally {
            lock.unlock();
        }
        all.leave();
    }

    private void scheduleLinger() {
        if (!lingerScheduled) {
            lingerScheduled = true;
            all.scheduler().schedule(this::lingered, all.linger().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void lingered() {
        lock.lock();
        try {
            lingerScheduled = false;
            lingerOver = queue.size() > 0;
        } finally {
            lock.unlock();
        }
        leave();
    }
}
